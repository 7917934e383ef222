import { expect, test } from 'vitest'
import { ask, newSiteId, PASSWORD, signUpBody, WEB } from '#tests/at-the-door.ts'
import { handClock, openTestHouse } from '#tests/house.ts'
import { HOUR, later, MINUTE } from '#vocabulary/clock.ts'
import { createInvite } from './create-invite.ts'
import { disableInvite } from './disable-invite.ts'

const clock = handClock()
const house = await openTestHouse({ clock })
const { app } = house

const signUp = (body: unknown, from?: string) =>
  ask(house, 'POST', '/api/auth/signup', { body, ...(from === undefined ? {} : { from }) })
const validate = (code: unknown, options = {}) =>
  ask(house, 'POST', '/api/invite/validate', { body: { code }, ...options })

test('a sign-up makes a player with wallets, a start balance and a session', async () => {
  const { code, id } = await createInvite(app, { campaign: 'spring', maxUses: 3, rank: 'PREMIUM' })
  const reply = await signUp({
    ...signUpBody('Neon_Fox', code),
    nickname: '네온  여우',
    phone_number: '+82 10-1234-5678',
  })
  expect(reply.status).toBe(201)
  expect(reply.body).toEqual({
    access_token: expect.any(String),
    refresh_token: expect.stringMatching(/^[\w-]{43}$/),
    token_type: 'bearer',
    expires_in: 1800,
    user: {
      user_id: expect.any(Number),
      site_id: 'neon_fox',
      nickname: '네온 여우',
      phone_number: '***-****-5678',
      rank: 'PREMIUM',
      role: 'player',
      age_verified: false,
      shown_among_winners: true,
      created_at: clock.now().toISOString(),
      last_login_at: clock.now().toISOString(),
    },
  })
  const token = reply.body.access_token
  expect((await ask(house, 'GET', '/api/wallet', { token })).body).toEqual({ balances: { token: 200, gem: 0 } })
  const me = await ask(house, 'GET', '/api/auth/me', { token })
  expect(me.body).toEqual(reply.body.user)
  expect((await ask(house, 'GET', '/api/users/profile', { token })).text).toBe(me.text)

  const events = await app.db.sql
    .selectFrom('outbox_event')
    .select(['kind', 'payload'])
    .where('player_id', '=', BigInt(reply.body.user.user_id))
    .execute()
  expect(events).toContainEqual({ kind: 'accounts.signed_up', payload: { campaign: 'spring', rank: 'PREMIUM' } })
  expect(await usesOf(id)).toBe(1)
})

test('nothing readable of a password, a telephone number or a token is stored', async () => {
  const { code } = await createInvite(app)
  const { body } = await signUp({
    ...signUpBody(newSiteId(), code),
    phone_number: '010-8765-4321',
    password: 'planted canary 42',
  })
  const { rows: tables } = await app.pool.query<{ name: string }>(
    "select table_name as name from information_schema.tables where table_schema = 'public'",
  )
  expect(tables.length).toBeGreaterThan(10)
  for (const { name } of tables) {
    const { rows } = await app.pool.query<{ row: string }>(`select t::text as row from ${name} t`)
    const text = rows.map(({ row }) => row).join('\n')
    expect(text).not.toContain('canary')
    // Written out, or its bytes; four digits alone come up in somebody's hash one day.
    expect(text).not.toMatch(/8765.?4321|38373635(2d)?34333231/)
    expect(text).not.toContain(body.refresh_token)
    expect(text).not.toContain(Buffer.from(body.refresh_token, 'base64url').toString('hex'))
    expect(text).not.toContain(body.access_token)
  }
})

test('site ids are unique whatever their case, nicknames whatever their case and spaces', async () => {
  const { code, id } = await createInvite(app, { maxUses: 10 })
  const siteId = newSiteId()
  const first = signUpBody(siteId, code)
  expect((await signUp(first)).status).toBe(201)

  const sameId = await signUp({ ...first, site_id: siteId.toUpperCase(), nickname: 'somebody else' })
  expect([sameId.status, sameId.body.code]).toEqual([409, 'accounts.site_id_taken'])
  const sameName = await signUp({ ...first, site_id: newSiteId(), nickname: first.nickname.toUpperCase() })
  expect([sameName.status, sameName.body.code]).toEqual([409, 'accounts.nickname_taken'])
  const spaced = await signUp({ ...first, site_id: newSiteId(), nickname: first.nickname.replaceAll(' ', '') })
  expect([spaced.status, spaced.body.code]).toEqual([409, 'accounts.nickname_taken'])
  expect(await usesOf(id)).toBe(1)
})

test.each([
  [{ nickname: 'f\u3164x' }, 'accounts.nickname_not_allowed', undefined],
  [{ phone_number: '12' }, 'accounts.phone_not_valid', undefined],
  [{ password: 'short' }, 'accounts.password_too_weak', 'too_short'],
  [{ password: 'x9'.repeat(65) }, 'accounts.password_too_weak', 'too_long'],
  [{ password: 'sunshine' }, 'accounts.password_too_weak', 'common'],
  [{ password: 'the_quick_one!', site_id: 'the_quick' }, 'accounts.password_too_weak', 'contains_name'],
  [{ invite_code: '0000-0000-0000-0000' }, 'accounts.invite_invalid', 'unknown'],
])('%j: %s %s', async (change, code, reason) => {
  const { code: inviteCode, id } = await createInvite(app)
  const reply = await signUp({ ...signUpBody(newSiteId(), inviteCode), ...change }, '203.0.113.20')
  expect([reply.status, reply.body.code, reply.body.reason]).toEqual([422, code, reason])
  expect(await usesOf(id)).toBe(0)
})

test.each([
  ['not an object', []],
  ['no body', undefined],
  ['a number for a name', { ...signUpBody('abcd', 'x'), site_id: 7 }],
  ['a list for a password', { ...signUpBody('abcd', 'x'), password: ['a'] }],
  ['an unknown field', { ...signUpBody('abcd', 'x'), rank: 'VIP' }],
  ['a prototype', JSON.parse('{"__proto__": {"rank": "VIP"}}')],
  ['a null character in the id', { ...signUpBody('abcd', 'x'), site_id: 'abc\u0000d' }],
  ['a null character in the nickname', { ...signUpBody(newSiteId(), 'x'), nickname: 'ab\u0000cd' }],
  ['half a surrogate', { ...signUpBody(newSiteId(), 'x'), nickname: 'ab\ud800' }],
  ['a null character in the code', { ...signUpBody(newSiteId(), 'a\u0000b') }],
  ['SQL in the code', { ...signUpBody(newSiteId(), "' or 1=1 --") }],
  ['a huge password', { ...signUpBody(newSiteId(), 'x'), password: 'x'.repeat(5_000) }],
  ['a huge body', { ...signUpBody(newSiteId(), 'x'), password: 'x'.repeat(100_000) }],
])('%s: refused, and not by a fault of ours', async (_, body) => {
  const reply = await signUp(body, '203.0.113.21')
  expect(reply.status).toBeGreaterThanOrEqual(400)
  expect(reply.status).toBeLessThan(500)
})

test('null characters and every script are fine in a password', async () => {
  const { code } = await createInvite(app)
  const siteId = newSiteId()
  const password = 'a\u0000b 한강 ñ 🦊 \ud800'
  expect((await signUp({ ...signUpBody(siteId, code), password })).status).toBe(201)
  const logIn = (text: string) => ask(house, 'POST', '/api/auth/login', { body: { site_id: siteId, password: text } })
  expect((await logIn('a')).status).toBe(401)
  expect((await logIn(password)).status).toBe(200)
})

test('an invitation says whether it lets somebody in, and why not', async () => {
  const open = await createInvite(app, { maxUses: 2, expiresAt: later(clock.now(), HOUR) })
  const valid = {
    is_valid: true,
    error_message: null,
    reason: null,
    code: open.code,
    expires_at: later(clock.now(), HOUR).toISOString(),
    remaining_uses: 2,
  }
  expect((await validate(open.code)).body).toEqual(valid)
  const typed = open.code.toLowerCase().replaceAll('-', ' ')
  expect((await validate(typed)).body).toEqual({ ...valid, code: typed })

  const unlimited = await createInvite(app, { code: '5858', maxUses: null })
  expect((await validate(unlimited.code)).body).toMatchObject({ is_valid: true, remaining_uses: null })
  expect((await createInvite(app, { code: '5858', maxUses: 1 })).id).toBe(unlimited.id)

  const disabled = await createInvite(app)
  await disableInvite(app, disabled.id)
  const usedUp = await createInvite(app)
  await signUp(signUpBody(newSiteId(), usedUp.code))
  clock.turn(HOUR)
  for (const [code, reason, message] of [
    ['no such code', 'unknown', 'There is no such invite code.'],
    [open.code, 'expired', 'This invite code has expired.'],
    [disabled.code, 'disabled', 'This invite code has been withdrawn.'],
    [usedUp.code, 'used_up', 'This invite code has been used up.'],
  ] as const) {
    const { status, body } = await validate(code, { headers: { 'accept-language': 'en' } })
    expect([status, body]).toEqual([
      200,
      expect.objectContaining({ is_valid: false, reason, error_message: message, code }),
    ])
    const reply = await signUp(signUpBody(newSiteId(), code))
    expect([reply.status, reply.body.code, reply.body.reason]).toEqual([422, 'accounts.invite_invalid', reason])
  }
})

test('twenty codes that do not exist, and the address waits ten minutes; others do not', async () => {
  const from = '198.51.100.9'
  const { code } = await createInvite(app)
  for (let guess = 0; guess < 19; guess++) expect((await validate(`guess ${guess}`, { from })).status).toBe(200)
  const last = await signUp(signUpBody(newSiteId(), 'guess 19'), from)
  expect(last.body.code).toBe('accounts.invite_invalid')

  const locked = await validate(code, { from })
  expect([locked.status, locked.body.code, locked.body.retry_after_seconds, locked.headers['retry-after']]).toEqual([
    429,
    'accounts.too_many_guesses',
    600,
    '600',
  ])
  expect((await signUp(signUpBody(newSiteId(), code), from)).body.code).toBe('accounts.too_many_guesses')
  expect((await validate(code, { from: '198.51.100.10' })).body).toMatchObject({ is_valid: true })
  clock.turn(10 * MINUTE)
  expect((await validate(code, { from })).body).toMatchObject({ is_valid: true })
})

test('and so does the IPv6 network that they came from, whatever the address in it', async () => {
  for (let guess = 0; guess < 20; guess++) await validate(`wrong ${guess}`, { from: `2001:db8:9:9::${guess}` })
  expect((await validate('wrong again', { from: '2001:db8:9:9:1::' })).body.code).toBe('accounts.too_many_guesses')
  expect((await validate('wrong again', { from: '2001:db8:9:a::' })).body).toMatchObject({ is_valid: false })
})

test('our web app gets its tokens in cookies that no script can read', async () => {
  const { code } = await createInvite(app)
  const reply = await ask(house, 'POST', '/api/auth/signup', { body: signUpBody(newSiteId(), code), headers: WEB })
  expect(reply.body).toMatchObject({ access_token: null, refresh_token: null })
  expect(Object.keys(reply.cookies).sort()).toEqual(['__Host-access', '__Host-device', '__Host-refresh'])
  for (const line of [reply.headers['set-cookie']].flat()) {
    expect(line).toMatch(/; Path=\//)
    expect(line).toMatch(/; HttpOnly/)
    expect(line).toMatch(/; Secure/)
    expect(line).toMatch(/; SameSite=Strict/)
    expect(line).not.toMatch(/; Domain=/)
  }
  const me = await ask(house, 'GET', '/api/auth/me', { cookies: reply.cookies, headers: WEB })
  expect(me.body).toEqual(reply.body.user)
})

test('the full queue of hashes refuses, with a time to come back', async () => {
  const busy = await openTestHouse({
    connectionString: house.connectionString,
    settings: { PASSWORD_HASHES_AT_ONCE: '1' },
  })
  const { code } = await createInvite(app, { maxUses: null })
  const replies = await Promise.all(
    Array.from({ length: 200 }, () =>
      ask(busy, 'POST', '/api/auth/signup', { body: { ...signUpBody(newSiteId(), code), password: PASSWORD } }),
    ),
  )
  const refused = replies.filter(({ status }) => status === 429)
  expect(refused.length).toBeGreaterThan(0)
  expect(refused.every(({ body }) => body.code === 'credentials.too_busy')).toBe(true)
  expect(replies.filter(({ status }) => status === 201).length).toBe(200 - refused.length)
})

async function usesOf(id: bigint): Promise<number> {
  const { uses } = await app.db.sql
    .selectFrom('accounts_invite')
    .select('uses')
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  return uses
}
