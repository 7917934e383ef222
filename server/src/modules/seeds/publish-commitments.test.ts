import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { handClock, newPlayer, openTestHouse } from '#tests/house.ts'
import { DAY, HOUR } from '#vocabulary/clock.ts'
import { publishCommitments } from './publish-commitments.ts'
import { readPair } from './read-pair.ts'
import { rotatePair } from './rotate-pair.ts'

test('the public log: both games as published, the commitments of a day, each entry chained to the one before', async () => {
  const clock = handClock()
  const house = await openTestHouse({ clock })
  const playerId = await newPlayer(house.app)
  const { current: first } = await readPair(house.app, playerId)
  clock.turn(HOUR)
  const { current: second } = await rotatePair(house.app, playerId, undefined)
  clock.turn(DAY)
  await publishCommitments(house.app, clock.now())
  await publishCommitments(house.app, clock.now())

  const reply = (await house.http.inject({ url: '/api/fairness/log' })).json()
  const entries = reply.items.toReversed()
  const bodies = entries.map((entry: { body: string }) => JSON.parse(entry.body))
  const { config_hash: slotHash } = (await house.http.inject({ url: '/api/games/slot/config' })).json()
  expect(bodies).toMatchObject([
    { number: 1, kind: 'config', game: 'slot', config_hash: slotHash },
    { number: 2, kind: 'config', game: 'gacha' },
    { number: 3, kind: 'commitments', day: '2026-11-23', count: 2 },
  ])
  const commitments = [first.commitment, second.commitment].sort().join('\n')
  expect(bodies[2].root).toBe(createHash('sha256').update(commitments).digest('hex'))

  let previous = '0'.repeat(64)
  for (const entry of entries) {
    expect(entry.previous_hash).toBe(previous)
    previous = createHash('sha256').update(`${previous}\n${entry.body}`).digest('hex')
    expect(entry.hash).toBe(previous)
  }
  for (const [statement, constraint] of [
    [`update odds_log set body = 'x'`, 'odds_log_is_append_only'],
    [`insert into odds_log values (9, 'x', 'x', 'x', 'x')`, 'odds_log_is_chained'],
  ] as const)
    await expect(house.app.inTransaction((tx) => sql.raw(statement).execute(tx.sql))).rejects.toMatchObject({
      constraint,
    })
})
