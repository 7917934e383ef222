import { randomUUID } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { defaultGacha } from '@casino-club/fairness/gacha.default.ts'
import { drawsForRound } from '@casino-club/fairness/stream.ts'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { gacha } from '#modules/gacha/play-gacha.ts'
import { publishConfig } from '#modules/odds/publish-config.ts'
import { roundPlayed } from '#modules/rounds/events.ts'
import { asAnyGame } from '#modules/rounds/game.ts'
import { insertRounds } from '#modules/rounds/rounds.sql.ts'
import { slot } from '#modules/slot/slot.rules.ts'
import { tell } from '#platform/outbox.ts'
import type { House } from '#server/house.ts'
import { newPlayer, openTestHouse } from '#tests/house.ts'

const play = (house: House, playerId: bigint, game: 'slot' | 'gacha', input: unknown) =>
  house.engine.play({
    playerId,
    rank: 'VIP',
    requestId: randomUUID(),
    game: game === 'slot' ? asAnyGame(slot) : asAnyGame(gacha),
    input,
  })
const spin = (house: House, playerId: bigint) => play(house, playerId, 'slot', { betTokens: 10n })
const status = async (house: House) => (await house.http.inject({ url: '/api/fairness/status' })).json()
const figures = async (house: House) => {
  const { payload } = await house.http.inject({ url: '/metrics', remoteAddress: '127.0.0.1' })
  return payload.split('\n').filter((line) => line.startsWith('casino_odds_'))
}

test('every round is counted once, beside what was to be expected of it', async () => {
  const house = await openTestHouse()
  expect(await status(house)).toMatchObject({
    games: [
      { game: 'slot', is_live: true, state: 'ok', rounds: 0, return_ppm: null, watched_since: null },
      { game: 'gacha', is_live: true, state: 'ok', rounds: 0, return_ppm: null, watched_since: null },
    ],
  })
  const players = await Promise.all([1, 2, 3].map(() => newPlayer(house.app, { token: 100_000n })))
  await Promise.all(
    players.map(async (playerId) => {
      for (let round = 0; round < 40; round++) await spin(house, playerId)
      for (let round = 0; round < 10; round++) await play(house, playerId, 'gacha', { pulls: round === 0 ? 1 : 10 })
    }),
  )
  await house.relay.drain()
  await house.relay.drain()

  const { games } = await status(house)
  expect(games).toMatchObject([
    { game: 'slot', rounds: 120, draws: 120, staked_tokens: 1_200, impossible_rounds: 0, state: 'ok' },
    { game: 'gacha', rounds: 30, draws: 273, impossible_rounds: 0, state: 'ok' },
  ])
  const { rows } = await sql<{ game: string; paid: bigint; pulls: bigint | null }>`
    select game, sum(payout)::bigint as paid, sum(jsonb_array_length(outcome -> 'pulls')) as pulls
      from rounds_round group by game order by game desc`.execute(house.app.db.sql)
  expect(games.map((each: { paid_tokens: number }) => BigInt(each.paid_tokens))).toEqual(rows.map(({ paid }) => paid))
  for (const { kinds, draws } of games) {
    const sum = (of: (kind: { seen: number; expected: number }) => number) =>
      kinds.reduce((total: number, kind: { seen: number; expected: number }) => total + of(kind), 0)
    expect(sum(({ seen }) => seen)).toBe(draws)
    expect(sum(({ expected }) => expected)).toBeCloseTo(draws, 0)
    for (const { seen, lowest, highest } of kinds) expect(seen >= lowest && seen <= highest).toBe(true)
  }
  // Streaks from 0 to 39: most of them at the full bonus, so a little below the long run.
  expect(games[0].return_ppm.expected).toBeGreaterThan(915_000)
  expect(games[0].return_ppm.expected).toBeLessThan(949_761)
})

test('a machine that pays too seldom comes to an alarm, which stays and reaches the metrics', async () => {
  // The seeds are honest, and every number that would be a seven is drawn again.
  const house = await openTestHouse({
    drawsOf: (seeds) => {
      const honest = drawsForRound(seeds)
      return {
        below: (bound) => {
          let value = honest.below(bound)
          while (bound === 100 && value >= 75) value = honest.below(bound)
          return value
        },
      }
    },
  })
  const playerId = await newPlayer(house.app, { token: 100_000n })
  const live = async () => (await status(house)).games[0]
  let rounds = 0
  while ((await live()).state !== 'alarm') {
    expect(rounds).toBeLessThan(1_000)
    for (let round = 0; round < 25; round++, rounds++) await spin(house, playerId)
    await house.relay.drain()
  }
  const alarmed = await live()
  expect(alarmed.evidence).toBeGreaterThanOrEqual(1_000)
  expect(alarmed.state_since).toBe(alarmed.last_round_at)
  const { seen, lowest, highest } = alarmed.kinds.find(({ kind }: { kind: string }) => kind === 'none')
  expect([seen, lowest, highest].every(Number.isInteger)).toBe(true)
  expect(await figures(house)).toContain(`casino_odds_state{game="slot",config="${alarmed.config_id}"} 2`)

  const back = (set: string) =>
    house.app.inTransaction((tx) => sql.raw(`update monitor_game set ${set}`).execute(tx.sql))
  await expect(back(`state = 'ok'`)).rejects.toMatchObject({ constraint: 'monitor_game_alarm_stays' })
  await expect(back('log_evidence = highest_log_evidence + 1')).rejects.toMatchObject({
    constraint: 'monitor_game_highest_is_highest',
  })
})

test('a round that its configuration cannot have led to is an alarm at once', async () => {
  const house = await openTestHouse()
  const playerId = await newPlayer(house.app, { token: 100_000n })
  const honest = await spin(house, playerId)
  const doctored = { ...honest, id: honest.id + 1_000n, payout: honest.payout + 1n, draws: null }
  await house.app.inTransaction(async (tx) => {
    await tx.write([insertRounds([doctored])])
    await tell(tx, [roundPlayed(doctored)])
  })
  await house.relay.drain()
  expect((await status(house)).games[0]).toMatchObject({ rounds: 2, impossible_rounds: 1, state: 'alarm' })
})

test('each configuration is watched by itself; what was is still shown', async () => {
  const house = await openTestHouse()
  const playerId = await newPlayer(house.app, { token: 100_000n })
  await play(house, playerId, 'gacha', { pulls: 10 })
  await house.app.inTransaction((tx) =>
    publishConfig(tx, 'gacha', { ...defaultGacha, version: 'neon-market-2' }, house.app.clock.now()),
  )
  await expect.poll(async () => (await status(house)).games.at(1).rounds, { timeout: 20_000 }).toBe(0)
  await play(house, playerId, 'gacha', { pulls: 1 })
  await house.relay.drain()
  const { games } = await status(house)
  const ofGacha = games.filter(({ game }: { game: string }) => game === 'gacha')
  expect(ofGacha).toMatchObject([
    { is_live: true, draws: 1 },
    { is_live: false, draws: 10 },
  ])
  // Only what is drawn from now.
  const states = (await figures(house)).filter((line) => line.startsWith('casino_odds_state{game="gacha"'))
  expect(states).toEqual([`casino_odds_state{game="gacha",config="${ofGacha[0].config_id}"} 0`])
})

test('every figure that an alert rule looks at is shown', async () => {
  const house = await openTestHouse()
  await spin(house, await newPlayer(house.app, { token: 100n }))
  await house.relay.drain()
  const { payload } = await house.http.inject({ url: '/metrics', remoteAddress: '127.0.0.1' })
  const folder = new URL('../../../../ops/alerts/', import.meta.url)
  const rules = (await readdir(folder)).filter((name) => name.endsWith('.yml') && !name.endsWith('.test.yml'))
  expect(rules).toContain('fairness.yml')
  for (const name of rules) {
    const text = await readFile(new URL(name, folder), 'utf8')
    for (const [metric] of text.matchAll(/\bcasino_\w+/g))
      expect(payload, `${name}: ${metric}`).toMatch(new RegExp(`^${metric}[ {]`, 'm'))
  }
})
