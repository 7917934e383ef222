import { sql } from 'kysely'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { House } from '#server/house.ts'
import { newPlayer, openTestHouse } from '#tests/house.ts'
import { auditBooks } from './audit-books.ts'

let house: House
let playerId: bigint

async function openWithPlayer(): Promise<void> {
  house = await openTestHouse()
  playerId = await newPlayer(house.app, { token: 300n, gem: 5n })
}

const run = (text: string) => house.app.inTransaction((tx) => sql.raw(text).execute(tx.sql))
const wallet = async () => {
  const row = await house.app.db.sql
    .selectFrom('ledger_account')
    .select('id')
    .where('player_id', '=', playerId)
    .where('asset', '=', 'token')
    .executeTakeFirstOrThrow()
  return row.id
}
/** Writes past the triggers, as somebody with the keys to the database could. */
const tamper = (text: string) =>
  house.app.inTransaction(async (tx) => {
    await sql.raw(`set local session_replication_role = replica`).execute(tx.sql)
    await sql.raw(text).execute(tx.sql)
  })
const differences = async () => (await house.app.inSnapshot(auditBooks)).differences.map(({ what }) => what)

test('books that nobody touched are right, and every asset adds up to nothing', async () => {
  await openWithPlayer()
  const audit = await house.app.inSnapshot(auditBooks)
  expect(audit.differences).toEqual([])
  expect(audit.trialBalance).toContainEqual({ owner: 'operator', asset: 'token', balance: -300n })
  expect(audit.trialBalance).toContainEqual({ owner: 'wallets', asset: 'token', balance: 300n })
})

describe('the auditor names', () => {
  beforeEach(openWithPlayer)

  test.each([
    [
      'a raised balance',
      (id: bigint) => `update ledger_account set balance = balance + 1 where id = ${id}`,
      ['wallet balance is not the sum of its postings', 'the trial balance is not zero'],
    ],
    [
      'a changed amount',
      (id: bigint) => `update ledger_posting set amount = amount + 1 where to_account = ${id}`,
      [
        'wallet balance is not the sum of its postings',
        'statement does not continue from the entry before',
        'the trial balance is not zero',
      ],
    ],
    [
      'a deleted posting',
      (id: bigint) => `delete from ledger_posting where to_account = ${id}`,
      [
        'wallet balance is not the sum of its postings',
        'wallet has not as many postings as it counted',
        'transfer without postings',
        'the trial balance is not zero',
      ],
    ],
    [
      'a posting to another asset',
      (id: bigint) => `update ledger_posting set from_account = 5 where to_account = ${id}`,
      [
        'posting between accounts that are not there or not of one asset',
        'the trial balance is not zero',
        'the trial balance is not zero',
      ],
    ],
    [
      'a deleted transfer',
      () => `delete from ledger_transfer where id = (select min(id) from ledger_transfer)`,
      ["posting without its transfer, or of another player's"],
    ],
    [
      'a posting under a refused transfer',
      () => `update ledger_transfer set refused = 'x' where id = (select min(id) from ledger_transfer)`,
      ["posting without its transfer, or of another player's"],
    ],
  ] as const)('%s', async (_, tampering, expected) => {
    await tamper(tampering(await wallet()))
    expect((await differences()).toSorted()).toEqual([...expected].toSorted())
  })
})

describe('the database itself refuses', () => {
  beforeAll(openWithPlayer)

  test.each([
    ['rewriting a posting', () => 'update ledger_posting set amount = 1', 'ledger_posting_is_append_only'],
    ['deleting a posting', () => 'delete from ledger_posting', 'ledger_posting_is_append_only'],
    ['emptying the postings', () => 'truncate ledger_posting', 'ledger_posting_is_append_only'],
    ['rewriting a transfer', () => `update ledger_transfer set reason = 'x'`, 'ledger_transfer_is_append_only'],
    ['deleting a transfer', () => 'delete from ledger_transfer', 'ledger_transfer_is_append_only'],
    [
      'a negative wallet',
      (id: bigint) => `update ledger_account set balance = -1 where id = ${id}`,
      'ledger_account_is_never_negative',
    ],
    [
      'a wallet beyond JSON',
      (id: bigint) => `update ledger_account set balance = 9007199254740992 where id = ${id}`,
      'ledger_account_fits_the_wire',
    ],
    [
      'an asset nobody knows',
      () => `insert into ledger_account (player_id, asset) values (1, 'gold')`,
      'ledger_account_knows_the_asset',
    ],
    [
      'a second wallet of one asset',
      () =>
        `insert into ledger_account (player_id, asset) select player_id, asset from ledger_account where player_id is not null limit 1`,
      'ledger_account_one_wallet_per_asset',
    ],
    [
      'a balance in a till',
      () => 'update ledger_account set balance = 1 where id = 1',
      'ledger_account_tills_keep_no_balance',
    ],
    [
      'moving nothing',
      (id: bigint) => `insert into ledger_posting values (1, 1, ${id}, 0, 99, 0)`,
      'ledger_posting_moves_something',
    ],
    [
      'paying another player',
      (id: bigint) => `insert into ledger_posting values (1, ${id}, ${id + 1n}, 1, 99, 0)`,
      'ledger_posting_touches_one_till',
    ],
    [
      'paying from till to till',
      () => 'insert into ledger_posting values (1, 1, 3, 1, 99, 0)',
      'ledger_posting_touches_one_wallet',
    ],
    [
      'a number used twice',
      (id: bigint) => `insert into ledger_posting values (1, 1, ${id}, 1, 1, 1)`,
      'ledger_posting_is_numbered',
    ],
    [
      'a request id used twice',
      () =>
        `insert into ledger_transfer (player_id, request_id, request_hash, reason, occurred_at) select player_id, request_id, request_hash, reason, now() from ledger_transfer limit 1`,
      'ledger_transfer_is_asked_once',
    ],
  ] as const)('%s', async (_, statement, constraint) => {
    await expect(run(statement(await wallet()))).rejects.toMatchObject({ constraint })
  })
})
