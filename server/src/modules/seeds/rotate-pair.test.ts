import { createHash, randomUUID } from 'node:crypto'
import { isClientSeed } from '@casino-club/fairness/stream.ts'
import { sql } from 'kysely'
import { beforeAll, describe, expect, test } from 'vitest'
import type { House } from '#server/house.ts'
import { newPlayer, openTestHouse, signIn } from '#tests/house.ts'

let house: House
let playerId: bigint
let headers: { authorization: string }

beforeAll(async () => {
  house = await openTestHouse()
  playerId = await newPlayer(house.app)
  headers = await signIn(house.app, playerId)
})

const seed = async () => (await house.http.inject({ url: '/api/fairness/seed', headers })).json()
const rotate = async (clientSeed?: unknown) =>
  (
    await house.http.inject({
      method: 'POST',
      url: '/api/fairness/rotate',
      headers,
      payload: clientSeed === undefined ? {} : { client_seed: clientSeed },
    })
  ).json()
const sha256 = (hex: string) => createHash('sha256').update(Buffer.from(hex, 'hex')).digest('hex')

test('looking is committing: the commitment stays, and the seed itself is nowhere to be read', async () => {
  const { current, last_revealed: last } = await seed()
  expect(await seed()).toEqual({ current, last_revealed: last })
  expect(last).toBeNull()
  expect(isClientSeed(current.client_seed)).toBe(true)
  expect(current.next_nonce).toBe(0)
  expect(current).not.toHaveProperty('server_seed')

  const [row] = (
    await sql<{ sealed_seed: Buffer }>`select * from seeds_pair where player_id = ${playerId}`.execute(house.app.db.sql)
  ).rows
  // Sealed: neither the bytes nor their digits are the preimage of the commitment.
  expect(
    createHash('sha256')
      .update(row?.sealed_seed.subarray(28) ?? '')
      .digest('hex'),
  ).not.toBe(current.commitment)
})

describe('rotating', () => {
  test('reveals what was committed to, and goes on with the seed promised before', async () => {
    const { current: before } = await seed()
    const { current, last_revealed: revealed } = await rotate('lucky-koi')

    expect(revealed).toMatchObject({ pair_id: before.pair_id, commitment: before.commitment, rounds: 0 })
    expect(sha256(revealed.server_seed)).toBe(before.commitment)
    // The client seed was chosen when this commitment was already known, so it could not be chosen to suit it.
    expect(current.commitment).toBe(before.next_commitment)
    expect(current).toMatchObject({ client_seed: 'lucky-koi', next_nonce: 0 })
    expect(current.next_commitment).not.toBe(current.commitment)
  })

  test('asked again before a round was played changes nothing', async () => {
    const first = await rotate('asked-again')
    expect(await rotate('asked-again')).toEqual(first)
  })

  test('without a word of one’s own draws a new one', async () => {
    const first = await rotate()
    const second = await rotate()
    expect(second.current.client_seed).not.toBe(first.current.client_seed)
    expect(second.last_revealed.commitment).toBe(first.current.commitment)
  })

  test.each(['', 'two words', '한글', 'a'.repeat(65), 'semi;colon'])('"%s" is no client seed', async (word) => {
    expect(await rotate(word)).toMatchObject({ status: 422, code: 'seeds.client_seed_not_plain' })
  })
})

test('a new player has a commitment before the first round, and one of a house before seeds gets it with the round', async () => {
  const other = await newPlayer(house.app, { token: 100n })
  const theirs = await signIn(house.app, other)
  const reply = await house.http.inject({
    method: 'POST',
    url: '/api/games/slot/spin',
    headers: { ...theirs, 'idempotency-key': randomUUID() },
    payload: { bet_amount: 10 },
  })
  expect(reply.statusCode).toBe(200)
  const { current } = (await house.http.inject({ url: '/api/fairness/seed', headers: theirs })).json()
  expect(current.next_nonce).toBe(1)
})

describe('the database itself refuses', () => {
  const run = (text: string) => house.app.inTransaction((tx) => sql.raw(text).execute(tx.sql))

  test.each([
    [
      'to reveal another seed than was committed to',
      `insert into seeds_revealed values (1, 99, sha256('a'), 'b', 'word', 0, now(), now())`,
      'seeds_revealed_as_committed',
    ],
    ['to change what was revealed', 'update seeds_revealed set rounds = 1', 'seeds_revealed_is_append_only'],
    ['to forget what was revealed', 'delete from seeds_revealed', 'seeds_revealed_is_append_only'],
    ['a word no keyboard agrees on', `update seeds_pair set client_seed = '한글'`, 'seeds_client_seed_is_plain'],
    ['a nonce below nothing', 'update seeds_pair set next_nonce = -1', 'seeds_pair_counts_up'],
  ])('%s', async (_, statement, constraint) => {
    await expect(run(statement)).rejects.toMatchObject({ constraint })
  })
})
