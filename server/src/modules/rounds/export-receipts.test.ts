import { randomUUID } from 'node:crypto'
import { type ExportPage, pagesIn, verifyExport } from '@casino-club/fairness/verify-export.ts'
import { expect, test } from 'vitest'
import { rotatePair } from '#modules/seeds/rotate-pair.ts'
import { GAMES } from '#server/house.ts'
import { newPlayer, openTestHouse, signIn } from '#tests/house.ts'

test('all one’s own receipts, page by page over HTTP, are an export that anyone can verify', async () => {
  const house = await openTestHouse()
  const playerId = await newPlayer(house.app, { token: 100_000n })
  const headers = await signIn(house.app, playerId)
  const play = (round: number) => {
    const [slot, gacha] = GAMES
    const game = round % 4 === 0 ? gacha : slot
    if (!game) throw new Error('no game')
    const input = game === slot ? { betTokens: 10n } : { pulls: round % 8 === 0 ? 10 : 1 }
    return house.engine.play({ playerId, rank: 'VIP', requestId: randomUUID(), game, input })
  }
  for (let round = 0; round < 250; round++) {
    if (round === 90) await rotatePair(house.app, playerId, 'a-word-of-my-own')
    await play(round)
  }
  await rotatePair(house.app, playerId, undefined)

  const pages: ExportPage[] = []
  for (let cursor: string | null = ''; cursor !== null; cursor = pages.at(-1)?.next_cursor ?? null) {
    const url = `/api/fairness/receipts?limit=100${cursor && `&cursor=${encodeURIComponent(cursor)}`}`
    pages.push((await house.http.inject({ url, headers })).json())
  }
  expect(pages.map(({ items }) => items.length)).toEqual([100, 100, 50])
  const found = verifyExport(pagesIn(pages) ?? [])
  expect([found.ok, found.problems, found.verifications.length]).toEqual([true, [], 250])

  // A page left out is noticed: here the oldest, so that the first pair seems to begin in the middle.
  const [newest, middle] = pages
  if (!newest || !middle) throw new Error('no pages')
  expect(verifyExport([newest, { ...middle, next_cursor: null }]).ok).toBe(false)
})
