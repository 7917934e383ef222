import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { openLog } from '#platform/log.ts'
import { openMetrics } from '#platform/metrics.ts'
import { openRelay, type Reaction, type Relay, tell } from '#platform/outbox.ts'
import { hotStatement, type Tx } from '#platform/postgres/database.ts'
import { openDatabase } from '#platform/postgres/open-database.ts'
import { createTestDatabase } from '#tests/database.ts'
import { handClock } from '#tests/house.ts'
import { HOUR, MINUTE, SECOND } from '#vocabulary/clock.ts'

const { connectionString } = await createTestDatabase()
const clock = handClock()

/** A process of its own: connections, metrics and log; the clock is everybody's. */
function openProcess() {
  const app = {
    ...openDatabase(connectionString, { connections: 5, batches: 1 }),
    clock,
    log: openLog('silent'),
    metrics: openMetrics(),
  }
  afterAll(() => app.close())
  return app
}

const app = openProcess()
// Where reactions leave a mark, in their own transaction. Nothing here refuses a second mark.
await app.pool.query(
  'create table seen (number bigint generated always as identity, reaction text, player bigint, label text)',
)

beforeEach(async () => {
  await app.pool.query('truncate seen; truncate outbox_delivery, outbox_event restart identity')
})

const mark = hotStatement<never>(
  'test_mark',
  'insert into seen (reaction, player, label) select $1, * from unnest($2::bigint[], $3::text[])',
)

/** Marks what it sees. `before` may throw, for one event or several. */
function marking(name: string, before: (labels: string[], tx: Tx) => unknown = () => undefined): Reaction {
  return {
    name,
    on: ['test.happened'],
    react: async (tx, events) => {
      const labels = events.map(({ payload }) => String(payload['label']))
      await tx.run(mark, [name, events.map(({ playerId }) => playerId), labels])
      // After the mark, so that a throw has something to undo.
      await before(labels, tx)
    },
  }
}

const happened = (playerId: bigint, label: string, kind = 'test.happened') => ({
  kind,
  playerId,
  payload: { label },
  at: clock.now(),
})

async function tellOf(playerId: bigint, ...labels: string[]): Promise<void> {
  await app.inTransaction((tx) =>
    tell(
      tx,
      labels.map((label) => happened(playerId, label)),
    ),
  )
}

async function seenBy(reaction: string): Promise<string[]> {
  const { rows } = await app.pool.query<{ label: string }>(
    'select label from seen where reaction = $1 order by number',
    [reaction],
  )
  return rows.map(({ label }) => label)
}

async function waiting(): Promise<{ label: string; attempts: number; isDead: boolean; error: string | null }[]> {
  const { rows } = await app.pool.query<{ label: string; attempts: number; isDead: boolean; error: string | null }>(
    `select payload ->> 'label' as label, attempts, dead_at is not null as "isDead", last_error as error
       from outbox_delivery join outbox_event on id = event_id order by event_id`,
  )
  return rows
}

/** A reaction that cannot do some events until they are mended. */
function stumbling(...over: string[]) {
  const broken = new Set(over)
  const tries: string[] = []
  const reaction = marking('test.stumble', (labels) => {
    tries.push(labels.join('+'))
    for (const label of labels) if (broken.has(label)) throw new Error(`cannot do ${label}`)
  })
  return { reaction, tries, mend: (label: string) => broken.delete(label) }
}

describe('each reaction sees each event once', () => {
  test('however often the relay looks', async () => {
    const relay = openRelay(app, [marking('test.one'), marking('test.two'), { ...marking('test.other'), on: ['no'] }])
    await tellOf(1n, 'a', 'b')
    await tellOf(2n, 'c')
    await relay.drain()
    await relay.drain()
    await tellOf(1n, 'd')
    await relay.drain()

    expect(await seenBy('test.one')).toEqual(['a', 'b', 'c', 'd'])
    expect(await seenBy('test.two')).toEqual(['a', 'b', 'c', 'd'])
    expect(await seenBy('test.other')).toEqual([])
  })

  test('more events than one transaction takes', async () => {
    const labels = Array.from({ length: 1_203 }, (_, at) => `event ${at}`)
    await tellOf(1n, ...labels)
    await openRelay(app, [marking('test.one')]).drain()
    expect(await seenBy('test.one')).toEqual(labels)
  })

  test('what is rolled back was never told', async () => {
    const change = app.inTransaction(async (tx) => {
      await tell(tx, [happened(1n, 'never')])
      throw new Error('on second thoughts')
    })
    await expect(change).rejects.toThrow('on second thoughts')
    await openRelay(app, [marking('test.one')]).drain()
    expect(await seenBy('test.one')).toEqual([])
  })

  test('a failure undoes what that reaction wrote, and nothing else', async () => {
    const { reaction } = stumbling('b')
    await tellOf(1n, 'a')
    await tellOf(2n, 'b')
    await tellOf(3n, 'c')
    await openRelay(app, [marking('test.one'), reaction, marking('test.two')]).drain()

    expect(await seenBy('test.one')).toEqual(['a', 'b', 'c'])
    expect(await seenBy('test.stumble')).toEqual(['a', 'c'])
    expect(await seenBy('test.two')).toEqual(['a', 'b', 'c'])
    expect(await waiting()).toEqual([{ label: 'b', attempts: 1, isDead: false, error: 'Error: cannot do b' }])
  })

  test('a failed statement, too, leaves the others’ work alone', async () => {
    const reaction = marking('test.stumble', (labels, tx) =>
      labels.includes('b') ? tx.run(hotStatement('test_wrong', 'select 1 / 0'), []) : undefined,
    )
    await tellOf(1n, 'a')
    await tellOf(2n, 'b')
    await openRelay(app, [reaction, marking('test.two')]).drain()
    expect(await seenBy('test.stumble')).toEqual(['a'])
    expect(await seenBy('test.two')).toEqual(['a', 'b'])
  })

  test('an event whose transaction commits late is not skipped, though higher numbers were done before', async () => {
    const relay = openRelay(app, [marking('test.one')])
    let commit: (() => void) | undefined
    let isWritten: (() => void) | undefined
    const written = new Promise<void>((resolve) => (isWritten = resolve))
    const late = app.inTransaction(async (tx) => {
      await tell(tx, [happened(1n, 'first number, last commit')])
      isWritten?.()
      await new Promise<void>((resolve) => (commit = resolve))
    })
    await written
    await tellOf(2n, 'second number, first commit')
    await relay.drain()
    expect(await seenBy('test.one')).toEqual(['second number, first commit'])

    commit?.()
    await late
    await relay.drain()
    expect(await seenBy('test.one')).toEqual(['second number, first commit', 'first number, last commit'])
  })
})

describe('a reaction that fails', () => {
  test('is tried again after 2, 4, 8 … seconds, then half an hour at most, and given up after the tenth time', async () => {
    const { reaction, tries } = stumbling('a')
    const relay = openRelay(app, [reaction])
    await tellOf(1n, 'a')
    await relay.drain()
    // Once with whatever else there was, once by itself.
    expect(tries).toEqual(['a', 'a'])

    const pauses = [2, 4, 8, 16, 32, 64, 128, 256, 512]
    for (const [at, seconds] of pauses.entries()) {
      clock.turn(seconds * SECOND - 1)
      await relay.drain()
      expect(tries.length, `before pause ${at} is over`).toBe(at + 2)
      clock.turn(1)
      await relay.drain()
      expect(tries.length, `after pause ${at}`).toBe(at + 3)
    }
    expect(await waiting()).toEqual([{ label: 'a', attempts: 10, isDead: true, error: 'Error: cannot do a' }])
    expect((await app.metrics.deadLetters.get()).values[0]?.value).toBe(1)

    clock.turn(24 * HOUR)
    await relay.drain()
    expect(tries.length).toBe(11)
    expect(await seenBy('test.stumble')).toEqual([])
  })

  test('does its work once when it can, and leaves nothing behind', async () => {
    const { reaction, mend } = stumbling('a')
    const relay = openRelay(app, [reaction])
    await tellOf(1n, 'a')
    await relay.drain()
    mend('a')
    clock.turn(MINUTE)
    await relay.drain()
    await relay.drain()
    expect(await seenBy('test.stumble')).toEqual(['a'])
    expect(await waiting()).toEqual([])
  })

  test('holds back that player’s later events, and nobody else’s', async () => {
    const { reaction, mend } = stumbling('a2')
    const relay = openRelay(app, [reaction, marking('test.one')])
    await app.inTransaction((tx) =>
      tell(tx, [happened(1n, 'a1'), happened(2n, 'b1'), happened(1n, 'a2'), happened(2n, 'b2'), happened(1n, 'a3')]),
    )
    await relay.drain()
    expect(await seenBy('test.stumble')).toEqual(['a1', 'b1', 'b2'])

    await app.inTransaction((tx) => tell(tx, [happened(1n, 'a4'), happened(2n, 'b3')]))
    await relay.drain()
    expect(await seenBy('test.stumble')).toEqual(['a1', 'b1', 'b2', 'b3'])
    expect((await waiting()).map(({ label }) => label)).toEqual(['a2', 'a3', 'a4'])

    mend('a2')
    clock.turn(MINUTE)
    await tellOf(1n, 'a5')
    await relay.drain()
    expect((await seenBy('test.stumble')).filter((label) => label.startsWith('a'))).toEqual([
      'a1',
      'a2',
      'a3',
      'a4',
      'a5',
    ])
    expect(await seenBy('test.one')).toEqual(['a1', 'b1', 'a2', 'b2', 'a3', 'a4', 'b3', 'a5'])
  })

  test('is passed by once it is given up', async () => {
    const { reaction } = stumbling('a1')
    const relay = openRelay(app, [reaction])
    await tellOf(1n, 'a1', 'a2', 'a3')
    for (let attempt = 0; attempt < 12; attempt++) {
      await relay.drain()
      clock.turn(HOUR)
    }
    expect(await seenBy('test.stumble')).toEqual(['a2', 'a3'])
    expect(await waiting()).toMatchObject([{ label: 'a1', isDead: true }])
  })

  test('and is no longer there does not keep the relay busy; what waits for it stays', async () => {
    const { reaction } = stumbling('a')
    await tellOf(1n, 'a')
    await openRelay(app, [reaction]).drain()
    clock.turn(HOUR)
    const without = openRelay(app, [marking('test.one')])
    await tellOf(1n, 'b')
    await without.drain()
    expect(await seenBy('test.one')).toEqual(['b'])
    expect((await waiting()).map(({ label }) => label)).toEqual(['a'])
  })
})

test('two processes on one database hand nothing out twice, and keep each player’s order', async () => {
  const slow = (name: string) =>
    marking(name, (_, tx) => tx.run(hotStatement('test_slow', 'select pg_sleep(0.02)'), []))
  const relays = [app, openProcess()].map((each) => openRelay(each, [slow('test.one'), slow('test.two')]))
  const expected: string[] = []
  let isTelling = true
  const telling = (async () => {
    for (let at = 0; at < 60; at++) {
      const labels = [`${at}.1`, `${at}.2`]
      expected.push(...labels)
      await tellOf(BigInt(at % 5), ...labels)
    }
    isTelling = false
  })()
  const work = async (relay: Relay) => {
    while (isTelling) await relay.drain()
    await relay.drain()
  }
  await Promise.all([telling, ...relays.flatMap((relay) => [work(relay), work(relay)])])
  await relays[0]?.drain()

  for (const reaction of ['test.one', 'test.two']) {
    const seen = await seenBy(reaction)
    expect(seen.toSorted()).toEqual(expected.toSorted())
    for (let player = 0; player < 5; player++) {
      const ofPlayer = (label: string) => Number(label.split('.')[0]) % 5 === player
      expect(seen.filter(ofPlayer)).toEqual(expected.filter(ofPlayer))
    }
  }
})

test('started, it works by itself; stopped, it has finished what was under way', async () => {
  let isUnderWay: (() => void) | undefined
  const underWay = new Promise<void>((resolve) => (isUnderWay = resolve))
  const reaction = marking('test.one', async (_, tx) => {
    isUnderWay?.()
    await tx.run(hotStatement('test_slower', 'select pg_sleep(0.2)'), [])
  })
  const relay = openRelay(app, [reaction])
  relay.start()
  await tellOf(1n, 'a')
  await underWay
  await relay.stop()
  expect(await seenBy('test.one')).toEqual(['a'])

  await tellOf(1n, 'b')
  await new Promise((resolve) => setTimeout(resolve, 500))
  expect(await seenBy('test.one')).toEqual(['a'])
})

test('the figures: how long the oldest event has been waiting, and how many were given up', async () => {
  await tellOf(1n, 'a')
  clock.turn(90 * SECOND)
  // Somebody else's turn: nothing is handed out, and the age shows.
  await app.inTransaction(async (tx) => {
    await tx.run(hotStatement('test_turn', 'select pg_advisory_xact_lock(7203001)'), [])
    await openRelay(app, [marking('test.one')]).drain()
  })
  expect((await app.metrics.outboxAge.get()).values[0]?.value).toBe(90)
  await openRelay(app, [marking('test.one')]).drain()
  expect((await app.metrics.outboxAge.get()).values[0]?.value).toBe(0)
})
