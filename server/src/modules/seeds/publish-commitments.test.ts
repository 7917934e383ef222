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

test('days on which nobody was up to enter them are made up for, each by itself and in their order', async () => {
  const clock = handClock()
  const house = await openTestHouse({ clock })
  const days = async (): Promise<unknown[]> => {
    const reply = (await house.http.inject({ url: '/api/fairness/log' })).json()
    const bodies = reply.items.toReversed().map((entry: { body: string }) => JSON.parse(entry.body))
    return bodies.flatMap((body: { kind: string; day: string; count: number }) =>
      body.kind === 'commitments' ? [`${body.day} ${body.count}`] : [],
    )
  }
  // Monday: one. Tuesday: nobody is up to enter it, and one more. Wednesday: none. Thursday, at noon:
  await readPair(house.app, await newPlayer(house.app))
  clock.turn(DAY)
  await readPair(house.app, await newPlayer(house.app))
  clock.turn(2 * DAY)
  await readPair(house.app, await newPlayer(house.app))
  await publishCommitments(house.app, clock.now())
  expect(await days()).toEqual(['2026-11-23 1', '2026-11-24 1', '2026-11-25 0'])

  clock.turn(-DAY) // a clock that is set back enters nothing
  await publishCommitments(house.app, clock.now())
  clock.turn(3 * DAY)
  await publishCommitments(house.app, clock.now())
  await publishCommitments(house.app, clock.now())
  expect((await days()).slice(3)).toEqual(['2026-11-26 1', '2026-11-27 0'])
})
