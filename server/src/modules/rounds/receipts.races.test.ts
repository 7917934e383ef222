import { randomUUID } from 'node:crypto'
import type { Receipt } from '@casino-club/fairness/receipt.ts'
import { verifyHistory } from '@casino-club/fairness/verify-history.ts'
import { beforeAll, expect, test } from 'vitest'
import { auditHouse } from '#modules/operator/audit-house.ts'
import { rotatePair } from '#modules/seeds/rotate-pair.ts'
import { GAMES, type House } from '#server/house.ts'
import { newPlayer, openTestHouse } from '#tests/house.ts'
import { listReceipts } from './read-receipt.ts'

const [game] = GAMES
let houses: House[]

beforeAll(async () => {
  const first = await openTestHouse()
  houses = [first, await openTestHouse({ connectionString: first.connectionString })]
})

/** All receipts of a player, oldest first, each with its configuration. */
async function allReceipts(house: House, playerId: bigint): Promise<Receipt[]> {
  const found: Receipt[] = []
  let cursor: string | undefined
  do {
    const page = await listReceipts(house.app, GAMES, playerId, { limit: 100, cursor })
    for (const { receipt } of page.receipts) {
      const config = page.configs.find(({ hash }) => hash === receipt.config_hash)?.config
      found.push({ ...receipt, config } as Receipt)
    }
    cursor = page.nextCursor ?? undefined
  } while (cursor !== undefined)
  return found.reverse()
}

test('rotation in the middle of play, from two processes: no nonce lost or used twice, every receipt verifies (lockPairs)', async () => {
  const [first, second] = houses
  if (!first || !second || !game) throw new Error('no house')
  const players = await Promise.all(Array.from({ length: 6 }, () => newPlayer(first.app, { token: 2_000n })))

  await Promise.all(
    players.flatMap((playerId) => [
      ...Array.from({ length: 60 }, (_, at) =>
        (at % 2 ? first : second).engine.play({
          playerId,
          rank: 'STANDARD',
          requestId: randomUUID(),
          game,
          input: { betTokens: 10n },
        }),
      ),
      ...Array.from({ length: 8 }, async (_, at) => {
        await new Promise((later) => setTimeout(later, at * 15))
        await rotatePair((at % 2 ? second : first).app, playerId, at % 3 ? undefined : `word-${at}`)
      }),
    ]),
  )
  for (const playerId of players) await rotatePair(first.app, playerId, undefined)

  for (const playerId of players) {
    const receipts = await allReceipts(first, playerId)
    expect(receipts).toHaveLength(60)
    const pairs = new Map<string, Receipt[]>()
    for (const receipt of receipts) pairs.set(receipt.commitment, [...(pairs.get(receipt.commitment) ?? []), receipt])
    for (const ofPair of pairs.values()) {
      const history = verifyHistory(ofPair)
      expect(history.problems).toEqual([])
      expect(history.verifications.map(({ verdict }) => verdict)).toEqual(ofPair.map(() => 'verified'))
      expect(ofPair[0]?.nonce).toBe(0)
    }
  }
  expect((await auditHouse(first.app)).differences).toEqual([])
})
