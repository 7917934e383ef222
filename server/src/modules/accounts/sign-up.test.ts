import { expect, test } from 'vitest'
import { ask, newcomer, newSiteId, PASSWORD, signUpBody } from '#tests/at-the-door.ts'
import { openTestHouse } from '#tests/house.ts'
import { createInvite } from './create-invite.ts'

const house = await openTestHouse()

test('a sign-up makes a player with wallets, a start balance and a session', async () => {
  const { code, id } = await createInvite(house.app, { campaign: 'spring', maxUses: 3, rank: 'PREMIUM' })
  const reply = await ask(house, 'POST', '/api/auth/signup', {
    body: { ...signUpBody('Neon_Fox', code), nickname: '네온  여우', phone_number: '+82 10-1234-5678' },
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
      created_at: expect.any(String),
      last_login_at: expect.any(String),
    },
  })
  const token = reply.body.access_token
  expect((await ask(house, 'GET', '/api/wallet', { token })).body).toEqual({ balances: { token: 200, gem: 0 } })
  const me = await ask(house, 'GET', '/api/auth/me', { token })
  expect(me.body).toEqual(reply.body.user)
  expect((await ask(house, 'GET', '/api/users/profile', { token })).text).toBe(me.text)

  const events = await house.app.db.sql
    .selectFrom('outbox_event')
    .select(['kind', 'payload'])
    .where('player_id', '=', BigInt(reply.body.user.user_id))
    .execute()
  expect(events).toContainEqual({ kind: 'accounts.signed_up', payload: { campaign: 'spring', rank: 'PREMIUM' } })
  const invite = await house.app.db.sql
    .selectFrom('accounts_invite')
    .select('uses')
    .where('id', '=', id)
    .executeTakeFirst()
  expect(invite).toEqual({ uses: 1 })
})

test('nothing readable of a password, a telephone number or a refresh token is stored', async () => {
  const { code } = await createInvite(house.app)
  const { body } = await ask(house, 'POST', '/api/auth/signup', {
    body: { ...signUpBody(newSiteId(), code), phone_number: '010-8765-4321', password: 'planted canary 42' },
  })
  for (const table of ['accounts_player', 'sessions_session', 'sessions_refresh_token', 'outbox_event'] as const) {
    const { rows } = await house.app.pool.query(`select t::text as row from ${table} t`)
    const text = rows.map(({ row }) => row).join('\n')
    expect(text).not.toContain('canary')
    expect(text).not.toContain('8765')
    expect(text).not.toContain(body.refresh_token)
    expect(text).not.toContain(Buffer.from(body.refresh_token, 'base64url').toString('hex'))
  }
})
void newcomer
void PASSWORD
