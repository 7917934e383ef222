import { expect, test } from 'vitest'
import { type KnownPlayer, RememberedPlayers } from './remembered-players.ts'
import type { PlayState } from './rounds.rules.ts'

const PLAYER = 7n

/** A player after so many rounds of the slot. */
function after(rounds: number, balance = 100n): KnownPlayer {
  const state = { playerId: PLAYER, game: 'slot', rounds: BigInt(rounds) } as PlayState
  return {
    wallet: { id: 1000n, playerId: PLAYER, asset: 'token', balance, entries: BigInt(rounds) },
    pair: { playerId: PLAYER, pairId: 1n, clientSeed: 'koi', nextNonce: BigInt(rounds), serverSeed: Buffer.alloc(32) },
    states: new Map([['slot', state]]),
    lastId: BigInt(rounds),
    session: undefined,
  }
}
const foundAfter = (rounds: number, balance = 100n) => {
  const count = BigInt(rounds)
  return { balance, entries: count, pairId: 1n, nextNonce: count, rounds: count }
}

let requests = 0
const look = (players: RememberedPlayers, found: number, left: number, { isRepeated = false } = {}) =>
  players.looked(PLAYER, `request ${++requests}`, 'slot', foundAfter(found), isRepeated, after(left))
const goesByMemory = (players: RememberedPlayers) => players.recall(PLAYER, 'a new request') !== undefined

test('whoever was looked at is remembered as they were left', () => {
  const players = new RememberedPlayers(10)
  expect(goesByMemory(players)).toBe(false)
  look(players, 0, 1)
  expect(players.recall(PLAYER, 'a new request')).toEqual(after(1))
  players.played(PLAYER, 'by memory', after(2))
  expect(players.recall(PLAYER, 'a new request')).toEqual(after(2))
})

test('the latest requests are known, and looked for when they come again', () => {
  const players = new RememberedPlayers(10)
  look(players, 0, 1)
  for (const request of ['a', 'b', 'c', 'd', 'e']) players.played(PLAYER, request, after(2))
  const known = ['a', 'b', 'c', 'd', 'e'].filter((request) => players.recall(PLAYER, request) === undefined)
  expect(known).toEqual(['b', 'c', 'd', 'e'])
})

test('after a failure one look that agrees is enough', () => {
  const players = new RememberedPlayers(10)
  look(players, 0, 1)
  players.doubt([PLAYER, 8n])
  expect(goesByMemory(players)).toBe(false)
  look(players, 1, 2)
  expect(goesByMemory(players)).toBe(true)
})

/** How many looks that agree it takes until memory counts again. */
function looksUntilTrusted(players: RememberedPlayers): number {
  for (let looks = 0; looks < 10_000; looks++) {
    if (goesByMemory(players)) return looks
    look(players, 5, 5)
  }
  return Number.POSITIVE_INFINITY
}

test('somebody who was found changed is looked at for eight times as long each time, 4096 looks at most', () => {
  const players = new RememberedPlayers(10)
  look(players, 0, 1)
  const asked = Array.from({ length: 6 }, () => {
    players.doubt([PLAYER])
    look(players, 3, 5)
    return looksUntilTrusted(players)
  })
  expect(asked).toEqual([8, 64, 512, 4096, 4096, 4096])
})

test('a look that disagrees begins the count anew', () => {
  const players = new RememberedPlayers(10)
  look(players, 0, 1)
  players.doubt([PLAYER])
  look(players, 3, 5)
  for (let looks = 0; looks < 7; looks++) look(players, 5, 5)
  look(players, 9, 5)
  expect(looksUntilTrusted(players)).toBe(64)
})

test('many rounds that go well by memory win back the looks that will be asked for', () => {
  const players = new RememberedPlayers(10)
  look(players, 0, 5)
  const spoil = () => {
    players.doubt([PLAYER])
    look(players, 3, 5)
    return looksUntilTrusted(players)
  }
  const playWell = (rounds: number) => {
    for (let at = 0; at < rounds; at++) players.played(PLAYER, 'by memory', after(5))
  }
  expect(spoil()).toBe(8)
  playWell(63)
  expect(spoil()).toBe(64)
  playWell(8 * 64)
  expect(spoil()).toBe(64)
  playWell(8 * 64 + 8 * 8)
  expect(spoil()).toBe(8)
})

test.each(['pairId', 'nextNonce', 'rounds', 'entries', 'balance'] as const)('another %s is a disagreement', (what) => {
  const players = new RememberedPlayers(10)
  look(players, 0, 5)
  players.doubt([PLAYER])
  players.looked(PLAYER, 'r', 'slot', { ...foundAfter(5), [what]: 99n }, false, after(5))
  expect(looksUntilTrusted(players)).toBe(8)
})

test('who is known to have changed is looked at once, and that says nothing about them', () => {
  const players = new RememberedPlayers(10)
  look(players, 0, 5)
  players.forget(PLAYER)
  expect(goesByMemory(players)).toBe(false)
  look(players, 9, 9)
  expect(goesByMemory(players)).toBe(true)

  players.forget(PLAYER)
  players.doubt([PLAYER])
  look(players, 20, 5)
  expect(goesByMemory(players)).toBe(true)
})

test('an old request sent again counts as a disagreement, so that it cannot make batch after batch fail', () => {
  const players = new RememberedPlayers(10)
  look(players, 0, 5)
  players.doubt([PLAYER])
  look(players, 5, 5, { isRepeated: true })
  expect(looksUntilTrusted(players)).toBe(8)
})

test('nobody is remembered beyond the limit: those longest without a look go first; with 0 nobody is', () => {
  const players = new RememberedPlayers(6)
  const see = (playerId: bigint) => players.looked(playerId, 'r', 'slot', foundAfter(0), false, after(1))
  const remembered = () => [1n, 2n, 3n, 4n, 5n, 6n, 7n].filter((id) => players.recall(id, 'new') !== undefined)
  for (const playerId of [1n, 2n, 3n, 4n, 1n]) see(playerId)
  expect(remembered()).toEqual([1n, 2n, 3n, 4n])
  for (const playerId of [5n, 6n, 7n]) see(playerId)
  expect(remembered()).toEqual([1n, 4n, 5n, 6n, 7n])

  const nobody = new RememberedPlayers(0)
  nobody.looked(1n, 'r', 'slot', foundAfter(0), false, after(1))
  expect([nobody.recall(1n, 'new'), nobody.remembers]).toEqual([undefined, false])
})
