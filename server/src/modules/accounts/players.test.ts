import { expect, test } from 'vitest'
import { ask, logInAs, newcomer, newSiteId, PASSWORD, signUpBody, WEB } from '#tests/at-the-door.ts'
import { handClock, openTestHouse } from '#tests/house.ts'
import { DAY, MINUTE } from '#vocabulary/clock.ts'
import { createInvite } from './create-invite.ts'

const clock = handClock(new Date('2026-12-31T14:00:00Z')) // 23:00 in Seoul, an hour before the new year
const house = await openTestHouse({ clock, settings: { MAX_CONCURRENT_SESSIONS: '5' } })
const { app } = house

const verify = (token: string, birth_date: string, name = '홍길동') =>
  ask(house, 'POST', '/api/identity/verify', { token, body: { birth_date, name } })

test('others see four fields, oneself sees all', async () => {
  const player = await newcomer(house, { rank: 'VIP' })
  const other = await newcomer(house)
  const url = `/api/users/${player.userId}`
  const own = await ask(house, 'GET', url, { token: player.access })
  expect(own.text).toBe((await ask(house, 'GET', '/api/auth/me', { token: player.access })).text)
  const seen = await ask(house, 'GET', url, { token: other.access })
  expect(seen.body).toEqual({
    user_id: player.userId,
    nickname: player.siteId.replaceAll('_', ' '),
    rank: 'VIP',
    created_at: expect.any(String),
  })
  const nobody = await ask(house, 'GET', '/api/users/999999', { token: other.access })
  expect([nobody.status, nobody.body.code]).toEqual([404, 'accounts.player_not_found'])
  expect((await ask(house, 'GET', '/api/users/-1', { token: other.access })).status).toBe(422)
  expect((await ask(house, 'GET', url)).status).toBe(401)
})

test('of age in the year of the nineteenth birthday, by the calendar in Seoul', async () => {
  const { access } = await newcomer(house)
  const tooYoung = await verify(access, '2008-01-01')
  expect([tooYoung.status, tooYoung.body.code]).toEqual([403, 'accounts.under_age'])
  const { rows } = await app.pool.query(
    'select count(*)::int as kept from accounts_player where birth_year is not null',
  )
  expect(rows).toEqual([{ kept: 0 }])

  expect((await verify(access, '2007-12-31')).body).toEqual({
    age_verified: true,
    verified_at: clock.now().toISOString(),
  })
  expect((await ask(house, 'GET', '/api/auth/me', { token: access })).body).toMatchObject({ age_verified: true })
})

test('one person, one account; one account, one person', async () => {
  const one = await newcomer(house)
  const two = await newcomer(house)
  expect((await verify(one.access, '1990-05-05', '한 사람')).status).toBe(200)
  const taken = await verify(two.access, '1990-05-05', '한 사람')
  expect([taken.status, taken.body.code]).toEqual([409, 'accounts.identity_in_use'])
  const differs = await verify(one.access, '1990-05-06', '한 사람')
  expect([differs.status, differs.body.code]).toEqual([409, 'accounts.identity_differs'])
  expect((await verify(one.access, '1990-05-05', '한 사람')).status).toBe(200)

  const { rows } = await app.pool.query('select row_to_json(p)::text as row from accounts_player p where id = $1', [
    one.userId,
  ])
  expect(rows[0].row).toContain('"birth_year":1990')
  expect(rows[0].row).not.toContain('한 사람')
  expect(rows[0].row).not.toContain('1990-05')
})

test.each(['2001-02-29', '2027-01-01', '1800-01-01', '2000-00-00'])('nobody was born on %s', async (date) => {
  const { access } = await newcomer(house)
  const reply = await verify(access, date)
  expect([reply.status, reply.body.code]).toEqual([422, 'accounts.birth_date_invalid'])
})

test.each([{ birth_date: '2000-2-2', name: 'x' }, { birth_date: 20000202, name: 'x' }, { birth_date: '2000-02-02' }])(
  '%j is refused as it is',
  async (body) => {
    const { access } = await newcomer(house)
    const reply = await ask(house, 'POST', '/api/identity/verify', { token: access, body })
    expect(reply.body.code).toBe('request.invalid')
  },
)

test('a verification is to be renewed after a year', async () => {
  const { siteId, access } = await newcomer(house)
  await verify(access, '1980-01-01', '오래된 회원')
  clock.turn(365 * DAY)
  const { body } = await logInAs(house, siteId)
  expect(body.user).toMatchObject({ age_verified: false })
  expect((await verify(body.access_token, '1980-01-01', '오래된 회원')).body.verified_at).toBe(
    clock.now().toISOString(),
  )
})

test('a change of password ends the other sessions and makes other devices strangers', async () => {
  const { siteId } = await newcomer(house)
  const here = await logInAs(house, siteId, PASSWORD, { headers: WEB })
  const there = await logInAs(house, siteId, PASSWORD, { headers: WEB })
  const phone = await logInAs(house, siteId)
  const change = (body: unknown) =>
    ask(house, 'PATCH', '/api/auth/password', { headers: WEB, cookies: here.cookies, body })

  const wrong = await change({ current_password: 'wrong one', new_password: 'a brand new passphrase' })
  expect([wrong.status, wrong.body.code]).toEqual([422, 'accounts.current_password_wrong'])
  const weak = await change({ current_password: PASSWORD, new_password: `${siteId} it is` })
  expect([weak.status, weak.body.code, weak.body.reason]).toEqual([422, 'accounts.password_too_weak', 'contains_name'])

  expect((await change({ current_password: PASSWORD, new_password: 'a brand new passphrase' })).status).toBe(204)
  expect((await ask(house, 'GET', '/api/auth/me', { headers: WEB, cookies: here.cookies })).status).toBe(200)
  for (const reply of [
    await ask(house, 'GET', '/api/auth/me', { headers: WEB, cookies: there.cookies }),
    await ask(house, 'GET', '/api/auth/me', { token: phone.body.access_token }),
  ])
    expect(reply.body).toMatchObject({ code: 'session.ended', reason: 'password_changed' })
  expect((await logInAs(house, siteId)).status).toBe(401)
  expect((await logInAs(house, siteId, 'a brand new passphrase')).status).toBe(200)

  const { rows } = await app.pool.query('select count(*)::int as devices from credentials_device')
  expect(rows).toEqual([{ devices: 1 }])
})

test('guesses at the current password are counted', async () => {
  const { access } = await newcomer(house)
  const guess = () =>
    ask(house, 'PATCH', '/api/auth/password', {
      token: access,
      body: { current_password: 'wrong one', new_password: 'a brand new passphrase' },
    })
  for (let attempt = 0; attempt < 5; attempt++) expect((await guess()).status).toBe(422)
  const locked = await guess()
  expect([locked.status, locked.body.code, locked.body.retry_after_seconds]).toEqual([
    429,
    'accounts.locked_out',
    (10 * MINUTE) / 1000,
  ])
})

test('in production neither the provider for development nor a chosen invite code is there', async () => {
  const production = await openTestHouse({
    connectionString: house.connectionString,
    settings: {
      NODE_ENV: 'production',
      DEMO: 'false',
      PUBLIC_URL: 'https://club.example',
      JWT_SECRET: app.config.JWT_SECRET,
      PII_KEY: app.config.PII_KEY,
    },
  })
  const { access } = await newcomer(house)
  const reply = await ask(production, 'POST', '/api/identity/verify', {
    token: access,
    body: { birth_date: '1990-01-01', name: 'x' },
  })
  expect(reply.status).toBe(404)

  await createInvite(app, { code: '5858', maxUses: null })
  const validate = (at: typeof house) => ask(at, 'POST', '/api/invite/validate', { body: { code: '5858' } })
  expect((await validate(house)).body).toMatchObject({ is_valid: true })
  expect((await validate(production)).body).toMatchObject({ is_valid: false, reason: 'unknown' })
  const signUp = await ask(production, 'POST', '/api/auth/signup', { body: signUpBody(newSiteId(), '5858') })
  expect(signUp.body).toMatchObject({ code: 'accounts.invite_invalid', reason: 'unknown' })
  await expect(createInvite(production.app, { code: '7777' })).rejects.toThrow('production')
})
