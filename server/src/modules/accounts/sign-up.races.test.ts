import { expect, test } from 'vitest'
import { auditBooks } from '#modules/ledger/audit-books.ts'
import { ask, newSiteId, signUpBody } from '#tests/at-the-door.ts'
import { openTestHouse } from '#tests/house.ts'
import { createInvite } from './create-invite.ts'

const house = await openTestHouse()
const secondProcess = await openTestHouse({ connectionString: house.connectionString })
const { app } = house

test('a hundred sign-ups with an invitation for ten, in two processes: ten (lockInvite)', async () => {
  const { code, id } = await createInvite(app, { maxUses: 10 })
  const replies = await Promise.all(
    Array.from({ length: 100 }, (_, at) =>
      ask(at % 2 ? house : secondProcess, 'POST', '/api/auth/signup', { body: signUpBody(newSiteId(), code) }),
    ),
  )
  const statuses = Map.groupBy(replies, ({ status }) => status)
  expect([...statuses.keys()].sort()).toEqual([201, 422])
  expect(statuses.get(201)).toHaveLength(10)
  expect(new Set(statuses.get(422)?.map(({ body }) => `${body.code} ${body.reason}`))).toEqual(
    new Set(['accounts.invite_invalid used_up']),
  )

  const invite = await app.db.sql.selectFrom('accounts_invite').selectAll().where('id', '=', id).executeTakeFirst()
  expect(invite?.uses).toBe(10)
  const players = await app.db.sql.selectFrom('accounts_player').select('id').where('invite_id', '=', id).execute()
  expect(players).toHaveLength(10)
  const { differences, trialBalance } = await app.inSnapshot(auditBooks)
  expect(differences).toEqual([])
  expect(trialBalance).toContainEqual({ owner: 'accounts', asset: 'token', balance: -2_000n })
})

test('fifty sign-ups under one name: one (the unique constraint)', async () => {
  const { code, id } = await createInvite(app, { maxUses: null })
  const body = signUpBody(newSiteId(), code)
  const replies = await Promise.all(
    Array.from({ length: 50 }, (_, at) =>
      ask(at % 2 ? house : secondProcess, 'POST', '/api/auth/signup', { body, from: `203.0.113.${at}` }),
    ),
  )
  expect(replies.filter(({ status }) => status === 201)).toHaveLength(1)
  expect(replies.filter(({ body }) => body.code === 'accounts.site_id_taken')).toHaveLength(49)
  const invite = await app.db.sql.selectFrom('accounts_invite').selectAll().where('id', '=', id).executeTakeFirst()
  expect(invite?.uses).toBe(1)
})
