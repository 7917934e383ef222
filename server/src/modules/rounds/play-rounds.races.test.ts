import { randomUUID } from 'node:crypto'
import { scriptedDraws } from '@casino-club/fairness/draws.ts'
import { beforeAll, describe, expect, test } from 'vitest'
import { readWallet } from '#modules/ledger/read-wallet.ts'
import { auditHouse } from '#modules/operator/audit-house.ts'
import { slot } from '#modules/slot/slot.rules.ts'
import type { House } from '#server/house.ts'
import { give, handClock, newPlayer, openTestHouse } from '#tests/house.ts'
import { isRefusal } from '#vocabulary/failure.ts'
import { insufficientBalance } from '../ledger/contract.ts'
import { requestIdReused } from './contract.ts'
import { asAnyGame } from './game.ts'

const anySlot = asAnyGame(slot)
const BET = 10n

describe('two processes on one database', () => {
  let houses: House[]

  beforeAll(async () => {
    const first = await openTestHouse()
    houses = [first, await openTestHouse({ connectionString: first.connectionString })]
  })

  const tap = (playerId: bigint, at: number, requestId: string = randomUUID(), betTokens = BET) => {
    const house = houses[at % houses.length]
    if (!house) throw new Error('no house')
    return house.engine.play({ playerId, rank: 'STANDARD', requestId, game: anySlot, input: { betTokens } })
  }
  const app = () => {
    const [first] = houses
    if (!first) throw new Error('no house')
    return first.app
  }

  test('two hundred spins at once on a balance for fifty: as many as the ledger says could be paid (lockPairs)', async () => {
    const playerId = await newPlayer(app(), { token: 50n * BET })

    const taps = await Promise.allSettled(Array.from({ length: 200 }, (_, at) => tap(playerId, at)))

    const played = taps.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []))
    const refused = taps.flatMap((each) => (each.status === 'rejected' ? [each.reason] : []))
    expect(refused.every((reason) => isRefusal(reason, insufficientBalance))).toBe(true)
    const won = played.reduce((sum, round) => sum + round.payout, 0n)
    const { token } = await readWallet(app().db, playerId)
    expect(token).toBe(50n * BET + won - BigInt(played.length) * BET)
    expect(played.length).toBeGreaterThanOrEqual(50)
    // Nobody was refused while there was still enough.
    if (refused.length > 0) expect(token).toBeLessThan(BET + won)
    expect((await auditHouse(app())).differences).toEqual([])
  })

  test('one request id a hundred times at once: one round, a hundred equal answers (any one of the three locks holds this)', async () => {
    const playerId = await newPlayer(app(), { token: 100n * BET })
    const requestId = randomUUID()

    const answers = await Promise.all(Array.from({ length: 100 }, (_, at) => tap(playerId, at, requestId)))

    const [round] = answers
    for (const answer of answers) expect(answer).toEqual(round)
    const { token } = await readWallet(app().db, playerId)
    expect(token).toBe(100n * BET - BET + (round?.payout ?? 0n))
    expect((await auditHouse(app())).differences).toEqual([])
  })

  test('the same id with another bet is refused, whichever came first', async () => {
    const playerId = await newPlayer(app(), { token: 100n * BET })
    const requestId = randomUUID()

    const answers = await Promise.allSettled(
      Array.from({ length: 20 }, (_, at) => tap(playerId, at, requestId, at % 2 === 0 ? BET : 2n * BET)),
    )

    const stakes = new Set(answers.flatMap((each) => (each.status === 'fulfilled' ? [each.value.stake] : [])))
    expect(stakes.size).toBe(1)
    expect(answers.filter((each) => each.status === 'fulfilled')).toHaveLength(10)
    for (const each of answers)
      if (each.status === 'rejected') expect(isRefusal(each.reason, requestIdReused)).toBe(true)
  })

  test('many players, many rounds, both processes: every round once, and the books agree (lockPairs)', async () => {
    const players = await Promise.all(Array.from({ length: 24 }, () => newPlayer(app(), { token: 200n * BET })))
    const requests = players.flatMap((playerId) =>
      Array.from({ length: 20 }, () => ({ playerId, requestId: randomUUID() })),
    )
    // Each request twice, through different processes.
    const answers = await Promise.all(
      [...requests, ...requests].map(({ playerId, requestId }, at) =>
        tap(playerId, at + (at >= requests.length ? 1 : 0), requestId),
      ),
    )

    expect(new Set(answers.map((round) => round.id)).size).toBe(requests.length)
    expect((await auditHouse(app())).differences).toEqual([])
  })
})

test('a refusal stays a refusal: the same id does not succeed once there are tokens', async () => {
  const house = await openTestHouse({ clock: handClock(), drawsOf: () => scriptedDraws([]) })
  const playerId = await newPlayer(house.app, {})
  const play = {
    playerId,
    rank: 'STANDARD',
    requestId: randomUUID(),
    game: anySlot,
    input: { betTokens: BET },
  } as const

  await expect(house.engine.play(play)).rejects.toMatchObject({
    kind: insufficientBalance,
    details: { balance: 0n, needed: BET },
  })
  await give(house.app, playerId, 'token', 100n)

  await expect(house.engine.play(play)).rejects.toMatchObject({
    kind: insufficientBalance,
    details: { balance: 0, needed: 10 },
  })
  expect((await readWallet(house.app.db, playerId)).token).toBe(100n)
})
