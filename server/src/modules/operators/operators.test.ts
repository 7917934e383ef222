import { Secret, TOTP } from 'otpauth'
import { expect, test } from 'vitest'
import { ask, logInAs, newcomer, PASSWORD, WEB } from '#tests/at-the-door.ts'
import { handClock, openTestHouse } from '#tests/house.ts'
import { DAY, HOUR, MINUTE, SECOND } from '#vocabulary/clock.ts'
import { makeBootstrapSecret } from './make-bootstrap-secret.ts'

const clock = handClock()
const house = await openTestHouse({ clock })
const { app } = house

type Fields = { otp?: string; recovery_code?: string; password?: string; site_id?: string }
const logIn = (fields: Fields = {}, from = '203.0.113.30') =>
  ask(house, 'POST', '/api/auth/admin/login', { body: { site_id: 'head_office', password: PASSWORD, ...fields }, from })
const bootstrap = (body: object) => ask(house, 'POST', '/api/auth/admin/bootstrap', { body })
const codeOf = (secret: string, offset = 0) =>
  new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: clock.now().getTime() + offset })

let totpSecret = ''
let recoveryCodes: readonly string[] = []

test('nobody works the desk of a fresh database', async () => {
  const { rows } = await app.pool.query('select count(*)::int as operators from operators_operator')
  expect(rows).toEqual([{ operators: 0 }])
  for (const site_id of ['admin', 'root', 'operator', 'head_office'])
    for (const password of ['admin', 'password', PASSWORD]) {
      const reply = await logIn({ site_id, password }, `10.9.${site_id.length}.${password.length}`)
      expect([reply.status, reply.body.code]).toEqual([401, 'operators.wrong_credentials'])
    }
})

test('the one-time secret makes the first operator, once, within a day; a later one replaces it', async () => {
  const command = { site_id: 'Head_Office', password: PASSWORD }
  const refused = async (secret: string) => {
    const reply = await bootstrap({ ...command, secret })
    expect([reply.status, reply.body.code]).toEqual([403, 'operators.bootstrap_refused'])
  }
  await refused('there is none yet')
  const first = String(await makeBootstrapSecret(app))
  const second = String(await makeBootstrapSecret(app))
  await refused(first)
  await refused('a wrong one')
  clock.turn(DAY)
  await refused(second)

  const secret = String(await makeBootstrapSecret(app))
  const weak = await bootstrap({ ...command, secret, password: 'head_office!' })
  expect([weak.status, weak.body.code, weak.body.reason]).toEqual([422, 'operators.password_too_weak', 'contains_name'])
  const made = await bootstrap({ ...command, secret })
  expect(made.status).toBe(201)
  expect(made.body).toMatchObject({
    operator: { site_id: 'head_office', role: 'operator', is_enrolled: false },
    enrolment: { totp_secret: expect.stringMatching(/^[A-Z2-7]{32}$/) },
  })
  expect(made.body.enrolment.otpauth_uri).toContain('otpauth://totp/Casino%20Club:head_office?')
  await refused(secret)
  expect(await makeBootstrapSecret(app)).toBeNull()
})

test('until the second factor is confirmed, confirming it is all that can be done', async () => {
  const first = await logIn()
  const { status, body } = await logIn()
  expect(status).toBe(200)
  const token = body.access_token
  // The session before has ended, and the secret shown in it counts no more.
  expect((await ask(house, 'GET', '/api/auth/admin/me', { token: first.body.access_token })).status).toBe(401)
  expect(body.enrolment.totp_secret).not.toBe(first.body.enrolment.totp_secret)

  expect((await ask(house, 'GET', '/api/auth/admin/me', { token })).body).toMatchObject({ is_enrolled: false })
  const invites = await ask(house, 'GET', '/api/admin/invites', { token })
  expect([invites.status, invites.body.code]).toEqual([403, 'session.second_factor_needed'])
  expect((await ask(house, 'GET', '/api/auth/me', { token })).body.code).toBe('session.not_allowed')

  const confirm = (otp: string) => ask(house, 'POST', '/api/auth/admin/totp', { token, body: { otp } })
  const wrong = await confirm(codeOf(first.body.enrolment.totp_secret))
  expect([wrong.status, wrong.body.code]).toEqual([422, 'operators.code_wrong'])
  for (const otp of ['12345', '1234567', 'abcdef', '１２３４５６']) expect((await confirm(otp)).status).toBe(422)

  totpSecret = body.enrolment.totp_secret
  const confirmed = await confirm(codeOf(totpSecret))
  expect(confirmed.status).toBe(200)
  recoveryCodes = confirmed.body.recovery_codes
  expect(recoveryCodes).toHaveLength(10)
  expect((await ask(house, 'GET', '/api/admin/invites', { token })).status).toBe(200)
  expect((await ask(house, 'GET', '/api/auth/admin/me', { token })).body).toMatchObject({ is_enrolled: true })
  const again = await confirm(codeOf(totpSecret, 30_000))
  expect([again.status, again.body.code]).toEqual([409, 'operators.already_enrolled'])
})

test('password and code together, and each code once', async () => {
  clock.turn(MINUTE)
  const wrong = await logIn()
  expect([wrong.status, wrong.body.code]).toEqual([401, 'operators.wrong_credentials'])
  const without = (text: string) => text.replace(/"request_id":"[^"]+"/, '')
  for (const fields of [
    { otp: '000000' },
    { password: 'wrong one', otp: codeOf(totpSecret) },
    { site_id: 'no_such_office', otp: codeOf(totpSecret) },
    { recovery_code: 'AAAAAA-AAAAAA-AAAAAA-AAAAAA' },
  ])
    expect(without((await logIn(fields, '203.0.113.31')).text)).toBe(without(wrong.text))

  const code = codeOf(totpSecret)
  const right = await logIn({ otp: code })
  expect(right.status).toBe(200)
  expect(right.body.enrolment).toBeNull()
  expect((await logIn({ otp: code })).status).toBe(401)
  expect((await logIn({ otp: codeOf(totpSecret, -30_000) })).status).toBe(401)
  // One step ahead is still about now; two are not.
  expect((await logIn({ otp: codeOf(totpSecret, 60_000) })).status).toBe(401)
  expect((await logIn({ otp: codeOf(totpSecret, 30_000) })).status).toBe(200)
})

test('a recovery code replaces the authenticator, once', async () => {
  const [code = ''] = recoveryCodes
  expect((await logIn({ recovery_code: code.toLowerCase().replaceAll('-', ' ') })).status).toBe(200)
  expect((await logIn({ recovery_code: code })).status).toBe(401)
  const { rows } = await app.pool.query('select t::text as row from operators_recovery_code t')
  expect(rows.map(({ row }) => row).join()).not.toContain(code.replaceAll('-', ''))
  const sealed = await app.pool.query('select o::text as row from operators_operator o')
  expect(sealed.rows[0].row).not.toContain(totpSecret)
})

test('five wrong ones, and this client waits, at the confirmation too', async () => {
  const from = '203.0.113.32'
  for (let attempt = 0; attempt < 5; attempt++) expect((await logIn({ otp: '000000' }, from)).status).toBe(401)
  clock.turn(MINUTE)
  const locked = await logIn({ otp: codeOf(totpSecret) }, from)
  expect([locked.status, locked.body.code, locked.body.retry_after_seconds]).toEqual([429, 'operators.locked_out', 540])
  const elsewhere = await logIn({ otp: codeOf(totpSecret) })
  expect(elsewhere.status).toBe(200)
  const confirm = await ask(house, 'POST', '/api/auth/admin/totp', {
    token: elsewhere.body.access_token,
    body: { otp: '000000' },
    from,
  })
  expect([confirm.status, confirm.body.code]).toEqual([429, 'operators.locked_out'])
})

test('a session of the desk: half an hour unattended, half a day at most, refreshed apart from players', async () => {
  clock.turn(HOUR)
  let { body } = await logIn({ otp: codeOf(totpSecret) })
  const refresh = (path: string, refresh_token: string) => ask(house, 'POST', path, { body: { refresh_token } })
  const asPlayer = await refresh('/api/auth/refresh', body.refresh_token)
  expect([asPlayer.status, asPlayer.body.code]).toEqual([401, 'session.ended'])
  for (let minutes = 0; minutes < 12 * 60; minutes += 20) {
    const reply = await refresh('/api/auth/admin/refresh', body.refresh_token)
    expect(reply.status).toBe(200)
    body = reply.body
    clock.turn(20 * MINUTE)
  }
  expect((await refresh('/api/auth/admin/refresh', body.refresh_token)).body.reason).toBe('expired')

  const unattended = await logIn({ otp: codeOf(totpSecret) })
  clock.turn(30 * MINUTE - SECOND)
  expect((await refresh('/api/auth/admin/refresh', unattended.body.refresh_token)).status).toBe(200)
  clock.turn(30 * MINUTE)
  expect((await refresh('/api/auth/admin/refresh', 'x')).status).toBe(401)
  const none = await ask(house, 'POST', '/api/auth/admin/refresh')
  expect([none.status, none.body.code]).toEqual([401, 'session.missing'])
})

test('players do not reach the desk, nor operators the games; a logout counts at once', async () => {
  const player = await newcomer(house)
  const operator = await ask(house, 'POST', '/api/auth/admin/login', {
    body: { site_id: 'head_office', password: PASSWORD, otp: codeOf(totpSecret) },
    headers: WEB,
  })
  expect(operator.body).toMatchObject({ access_token: null, refresh_token: null })
  const { cookies } = operator
  for (const [method, url] of [
    ['GET', '/api/admin/invites'],
    ['GET', '/api/auth/admin/me'],
    ['POST', '/api/auth/admin/logout'],
  ] as const)
    expect((await ask(house, method, url, { token: player.access })).body.code).toBe('session.not_allowed')
  for (const url of ['/api/auth/me', '/api/wallet', '/api/rbac/vip'])
    expect((await ask(house, 'GET', url, { cookies, headers: WEB })).body.code).toBe('session.not_allowed')

  const logout = await ask(house, 'POST', '/api/auth/admin/logout', { cookies, headers: WEB })
  expect([logout.status, logout.cookies]).toEqual([204, { '__Host-access': '', '__Host-refresh': '' }])
  expect((await ask(house, 'GET', '/api/auth/admin/me', { cookies, headers: WEB })).body.code).toBe('session.ended')
})

test('an operator draws invitations, lists them and withdraws them', async () => {
  clock.turn(MINUTE)
  const { body } = await logIn({ otp: codeOf(totpSecret) })
  const token = body.access_token
  const draw = (wanted: object) => ask(house, 'POST', '/api/admin/invites', { token, body: wanted })
  const expires_at = new Date(clock.now().getTime() + DAY).toISOString()
  const made = await draw({ campaign: '봄 행사', rank: 'VIP', max_uses: 2, expires_at })
  expect([made.status, made.body]).toEqual([
    201,
    {
      invite_id: expect.any(Number),
      code: expect.stringMatching(/^[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){3}$/),
      campaign: '봄 행사',
      rank: 'VIP',
      max_uses: 2,
      uses: 0,
      expires_at,
      disabled_at: null,
      created_at: clock.now().toISOString(),
    },
  ])
  expect((await draw({})).body).toMatchObject({ rank: 'STANDARD', max_uses: null, expires_at: null, campaign: null })
  const past = await draw({ expires_at: clock.now().toISOString() })
  expect([past.status, past.body.code]).toEqual([422, 'accounts.invite_expiry_passed'])
  for (const wanted of [
    { max_uses: 0 },
    { max_uses: '2' },
    { rank: 'KING' },
    { campaign: 'a\u0000b' },
    { expires_at: 'tomorrow' },
    { code: '5858' },
  ])
    expect((await draw(wanted)).body.code).toBe('request.invalid')

  const all: string[] = []
  for (let cursor: string | null = ''; cursor !== null; ) {
    const url: string = `/api/admin/invites?limit=2${cursor && `&cursor=${cursor}`}`
    const page = (await ask(house, 'GET', url, { token })).body
    all.push(...page.items.map(({ code }) => code))
    cursor = page.next_cursor
  }
  expect(all).toHaveLength(new Set(all).size)
  expect(all).toContain(made.body.code)
  const lost = await ask(house, 'GET', '/api/admin/invites?cursor=nowhere', { token })
  expect([lost.status, lost.body.code]).toEqual([422, 'request.cursor_invalid'])

  const disable = (id: number) => ask(house, 'POST', `/api/admin/invites/${id}/disable`, { token })
  const first = await disable(made.body.invite_id)
  expect(first.body).toMatchObject({ code: made.body.code, disabled_at: clock.now().toISOString() })
  clock.turn(MINUTE)
  expect((await disable(made.body.invite_id)).body).toEqual(first.body)
  const nothing = await disable(999_999)
  expect([nothing.status, nothing.body.code]).toEqual([404, 'accounts.invite_not_found'])
})

test('a player’s password is none of the desk’s', async () => {
  const player = await newcomer(house)
  expect((await logIn({ site_id: player.siteId }, '203.0.113.33')).status).toBe(401)
  expect((await logInAs(house, 'head_office', PASSWORD, { from: '203.0.113.34' })).status).toBe(401)
})
