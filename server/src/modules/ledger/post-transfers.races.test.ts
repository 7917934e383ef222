import { randomUUID } from 'node:crypto'
import { beforeAll, expect, test } from 'vitest'
import type { House } from '#server/house.ts'
import { newPlayer, openTestHouse } from '#tests/house.ts'
import { auditBooks } from './audit-books.ts'
import { insufficientBalance, requestIdReused } from './contract.ts'
import { postTransfers } from './post-transfers.ts'
import { readWallet } from './read-wallet.ts'
import { requestHash } from './request-hash.ts'

let house: House

beforeAll(async () => {
  house = await openTestHouse({ settings: { DATABASE_CONNECTIONS: '20' } })
})

const pay = (playerId: bigint, amount: bigint, requestId: string = randomUUID()) =>
  house.app.inTransaction(async (tx) => {
    const [outcome] = await postTransfers(tx, [
      {
        playerId,
        requestId,
        requestHash: requestHash('test.pay', amount),
        reason: 'test.pay',
        postings: [{ from: 'player', to: 'operator', asset: 'token', amount }],
        at: house.app.clock.now(),
      },
    ])
    return outcome
  })

test('forty payments at once from a wallet for twenty: twenty are done, twenty refused (lockWallets)', async () => {
  const playerId = await newPlayer(house.app, { token: 200n })

  const outcomes = await Promise.all(Array.from({ length: 40 }, () => pay(playerId, 10n)))

  expect(outcomes.filter((each) => each?.status === 'done')).toHaveLength(20)
  const refused = outcomes.flatMap((each) => (each?.status === 'refused' ? [each.refusal.kind] : []))
  expect(refused).toEqual(Array.from({ length: 20 }, () => insufficientBalance))
  expect((await readWallet(house.app.db, playerId)).token).toBe(0n)
  expect((await house.app.inSnapshot(auditBooks)).differences).toEqual([])
})

test('one request id forty times at once: done once, repeated the rest (lockWallets, then ask)', async () => {
  const playerId = await newPlayer(house.app, { token: 200n })
  const requestId = randomUUID()

  const outcomes = await Promise.all(Array.from({ length: 40 }, () => pay(playerId, 10n, requestId)))

  expect(outcomes.filter((each) => each?.status === 'done')).toHaveLength(1)
  expect(outcomes.filter((each) => each?.status === 'repeated')).toHaveLength(39)
  expect((await readWallet(house.app.db, playerId)).token).toBe(190n)
})

test('another request under a used id is refused and moves nothing', async () => {
  const playerId = await newPlayer(house.app, { token: 200n })
  const requestId = randomUUID()
  await pay(playerId, 10n, requestId)

  expect(await pay(playerId, 20n, requestId)).toMatchObject({ status: 'refused', refusal: { kind: requestIdReused } })
  expect((await readWallet(house.app.db, playerId)).token).toBe(190n)
})

test('the same id of another player is another request', async () => {
  const [first, second] = [await newPlayer(house.app, { token: 50n }), await newPlayer(house.app, { token: 50n })]
  const requestId = randomUUID()

  expect(await pay(first, 10n, requestId)).toMatchObject({ status: 'done' })
  expect(await pay(second, 10n, requestId)).toMatchObject({ status: 'done' })
})

test('transfers that cross wallets in opposite order never wait for each other (wallets are locked by id)', async () => {
  const players = await Promise.all(Array.from({ length: 8 }, () => newPlayer(house.app, { token: 1_000n })))
  const batch = (order: readonly bigint[]) =>
    house.app.inTransaction((tx) =>
      postTransfers(
        tx,
        order.map((playerId) => ({
          playerId,
          requestId: randomUUID(),
          requestHash: requestHash('test.many'),
          reason: 'test.many',
          postings: [{ from: 'player', to: 'operator', asset: 'token', amount: 1n } as const],
          at: house.app.clock.now(),
        })),
      ),
    )

  await Promise.all(Array.from({ length: 40 }, (_, at) => batch(at % 2 === 0 ? players : players.toReversed())))

  for (const playerId of players) expect((await readWallet(house.app.db, playerId)).token).toBe(960n)
})
