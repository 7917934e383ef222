import type { Log } from '#platform/log.ts'
import type { Metrics } from '#platform/metrics.ts'
import { instants, jsons, numbers, texts } from '#platform/postgres/columns.ts'
import { type Database, hotStatement, type Tx, type Write } from '#platform/postgres/database.ts'
import { type Clock, later, MINUTE, SECOND } from '#vocabulary/clock.ts'

/*
 * Facts go up as events. An event is written in the transaction that it tells of; each reaction sees it
 * exactly once in the database, because what the reaction writes and the mark that it has run are one
 * transaction. A player's events reach a reaction in the order in which they happened.
 */

/** A fact, in the past tense: `rounds.round_played`. The payload is JSON. */
export type Event = {
  readonly kind: string
  readonly playerId: bigint
  readonly payload: Readonly<Record<string, unknown>>
  readonly at: Date
}

export type ToldEvent = Event & { readonly id: bigint }

/** What a module does on others' facts, inside the database. */
export type Reaction = {
  /** `module.what-it-does`; unique, and never renamed: what waits is filed under it. */
  readonly name: string
  readonly on: readonly string[]
  /** Gets events in order. A throw undoes what it wrote, and it is asked again, event by event. */
  readonly react: (tx: Tx, events: readonly ToldEvent[]) => Promise<void>
}

const insertEvents = hotStatement<never>(
  'outbox_insert_events',
  `insert into outbox_event (kind, player_id, payload, happened_at)
   select * from unnest($1::text[], $2::bigint[], $3::jsonb[], $4::timestamptz[])`,
)

/** Tells what this transaction did. Call it under the lock of the player whose event it is. */
export async function tell(tx: Tx, events: readonly Event[]): Promise<void> {
  await tx.write(telling(events))
}

/** The same, as a write to be sent with others. */
export function telling(events: readonly Event[]): Write[] {
  if (events.length === 0) return []
  const values = [
    texts(events, (event) => event.kind),
    numbers(events, (event) => event.playerId),
    jsons(events, (event) => event.payload),
    instants(events, (event) => event.at),
  ]
  return [{ statement: insertEvents, values }]
}

const MOST_ATTEMPTS = 10
const EVENTS_AT_ONCE = 500
const PAUSE_MS = 200
// Any constant: it keeps two relays from handing out the same player's events side by side.
const RELAY_LOCK = 7_203_001

type EventRow = { id: bigint; kind: string; player_id: bigint; payload: Record<string, unknown>; happened_at: Date }
type DeliveryRow = EventRow & { reaction: string; attempts: number }

const unhandled = hotStatement<EventRow>(
  'outbox_unhandled',
  `select id, kind, player_id, payload, happened_at from outbox_event
    where handled_at is null order by id limit ${EVENTS_AT_ONCE}`,
)
const markHandled = hotStatement<never>(
  'outbox_mark_handled',
  'update outbox_event set handled_at = $2 where id = any($1::bigint[])',
)
const blockedPlayers = hotStatement<{ player_id: bigint }>(
  'outbox_blocked_players',
  'select distinct player_id from outbox_delivery where reaction = $1 and dead_at is null and player_id = any($2::bigint[])',
)
const park = hotStatement<never>(
  'outbox_park',
  `insert into outbox_delivery (event_id, reaction, player_id, attempts, next_attempt_at, last_error)
   values ($1, $2, $3, $4, $5, $6)`,
)
// Only the oldest of each player: the ones behind it wait for it. What waits for a reaction that this
// process does not have stays for one that does.
const due = hotStatement<DeliveryRow>(
  'outbox_due',
  `select e.id, e.kind, e.player_id, e.payload, e.happened_at, d.reaction, d.attempts
     from (select distinct on (reaction, player_id) * from outbox_delivery
            where dead_at is null and reaction = any($2::text[]) order by reaction, player_id, event_id) d
     join outbox_event e on e.id = d.event_id
    where d.next_attempt_at <= $1 order by e.id limit 100`,
)
const delivered = hotStatement<never>(
  'outbox_delivered',
  'delete from outbox_delivery where reaction = $1 and event_id = $2',
)
const failedAgain = hotStatement<never>(
  'outbox_failed_again',
  `update outbox_delivery set attempts = $3, next_attempt_at = $4, last_error = $5, dead_at = $6
    where reaction = $1 and event_id = $2`,
)
const figures = hotStatement<{ oldest: Date | null; dead: bigint }>(
  'outbox_figures',
  // `least` passes over what is null: the older of the oldest unhandled and the oldest that waits for a retry.
  `select least((select happened_at from outbox_event where handled_at is null order by id limit 1),
                (select min(e.happened_at) from outbox_delivery d join outbox_event e on e.id = d.event_id
                  where d.dead_at is null)) as oldest,
          (select count(*) from outbox_delivery where dead_at is not null) as dead`,
)

const unseenStatement = hotStatement<{ group: string[]; events: bigint; sums: bigint[] }>(
  'outbox_unseen',
  `select array[e.payload ->> $3::text, e.payload ->> $4::text, (e.happened_at at time zone 'Asia/Seoul')::date::text] as "group",
          count(*) as events,
          array[sum((e.payload ->> $5::text)::bigint)::bigint, sum((e.payload ->> $6::text)::bigint)::bigint] as sums
     from (select kind, payload, happened_at from outbox_event where handled_at is null
            union all
           select o.kind, o.payload, o.happened_at from outbox_delivery d join outbox_event o on o.id = d.event_id
            where d.reaction = $2) e
    where e.kind = $1 group by 1`,
)

/**
 * What a reaction has not seen yet of one kind of events, or never will: how many, and the sums of two numbers in them, by
 * two words in them and the player's day. For audits of what that reaction adds up.
 */
export async function addUpUnseen(
  tx: Tx,
  unseen: { kind: string; reaction: string; words: readonly [string, string]; numbers: readonly [string, string] },
): Promise<{ group: string[]; events: bigint; sums: bigint[] }[]> {
  return tx.run(unseenStatement, [unseen.kind, unseen.reaction, ...unseen.words, ...unseen.numbers])
}

export type Relay = {
  /** Handles everything there is to handle now. Tests call it; the loop does, too. */
  readonly drain: () => Promise<void>
  readonly start: () => void
  /** Lets what is under way finish. */
  readonly stop: () => Promise<void>
}

/** Hands events to reactions. Any number of processes may run one: an advisory lock lets one work at a time. */
export function openRelay(
  app: Database & { clock: Clock; log: Log; metrics: Metrics },
  reactions: readonly Reaction[],
): Relay {
  let running: Promise<void> | undefined
  let timer: NodeJS.Timeout | undefined
  let isStopped = false

  const handOver = async (): Promise<number> =>
    app.inTransaction(async (tx) => {
      if (!(await haveTurn(tx))) return 0
      const events = (await tx.run(unhandled, [])).map(asEvent)
      for (const reaction of reactions) {
        const wanted = events.filter((event) => reaction.on.includes(event.kind))
        if (wanted.length > 0) await deliver(app, tx, reaction, wanted)
      }
      if (events.length > 0) await tx.run(markHandled, [events.map((event) => event.id), app.clock.now()])
      return events.length
    })

  const retry = async (): Promise<number> =>
    app.inTransaction(async (tx) => {
      if (!(await haveTurn(tx))) return 0
      const rows = await tx.run(due, [app.clock.now(), reactions.map((each) => each.name)])
      for (const row of rows) {
        const reaction = reactions.find((each) => each.name === row.reaction)
        if (!reaction) continue
        const error = await attempt(tx, () => reaction.react(tx, [asEvent(row)]))
        if (error === undefined) await tx.run(delivered, [row.reaction, row.id])
        else {
          const attempts = row.attempts + 1
          const isDead = attempts >= MOST_ATTEMPTS
          const now = app.clock.now()
          app.log[isDead ? 'error' : 'warn'](
            { err: error, reaction: row.reaction, event_id: String(row.id), attempts },
            'reaction failed',
          )
          await tx.run(failedAgain, [
            row.reaction,
            row.id,
            attempts,
            later(now, backOff(attempts)),
            String(error),
            isDead ? now : null,
          ])
        }
      }
      return rows.length
    })

  const drain = async (): Promise<void> => {
    while ((await handOver()) === EVENTS_AT_ONCE && !isStopped);
    while ((await retry()) > 0 && !isStopped);
    const [now] = await app.db.run(figures, [])
    app.metrics.outboxAge.set(now?.oldest ? (app.clock.now().getTime() - now.oldest.getTime()) / SECOND : 0)
    app.metrics.deadLetters.set(Number(now?.dead ?? 0n))
  }

  const loop = (): void => {
    running = drain()
      .catch((error: unknown) => app.log.error({ err: error }, 'the outbox relay stumbled'))
      .then(() => {
        if (!isStopped) timer = setTimeout(loop, PAUSE_MS)
      })
  }

  return {
    drain,
    start: loop,
    stop: async () => {
      isStopped = true
      clearTimeout(timer)
      await running
    },
  }
}

async function haveTurn(tx: Tx): Promise<boolean> {
  const [row] = await tx.run(
    hotStatement<{ mine: boolean }>('outbox_turn', 'select pg_try_advisory_xact_lock($1) as mine'),
    [RELAY_LOCK],
  )
  return row?.mine ?? false
}

async function deliver(
  app: { clock: Clock; log: Log },
  tx: Tx,
  reaction: Reaction,
  events: readonly ToldEvent[],
): Promise<void> {
  const players = [...new Set(events.map((event) => event.playerId))]
  const blocked = new Set((await tx.run(blockedPlayers, [reaction.name, players])).map((row) => row.player_id))
  const free = events.filter((event) => !blocked.has(event.playerId))
  if (free.length > 0 && (await attempt(tx, () => reaction.react(tx, free))) !== undefined) {
    for (const event of free) {
      if (blocked.has(event.playerId)) continue
      const error = await attempt(tx, () => reaction.react(tx, [event]))
      if (error === undefined) continue
      blocked.add(event.playerId)
      app.log.warn({ err: error, reaction: reaction.name, event_id: String(event.id) }, 'reaction failed')
      await tx.run(park, [
        event.id,
        reaction.name,
        event.playerId,
        1,
        later(app.clock.now(), backOff(1)),
        String(error),
      ])
      for (const behind of free)
        if (behind.playerId === event.playerId && behind.id > event.id)
          await tx.run(park, [behind.id, reaction.name, behind.playerId, 0, app.clock.now(), null])
    }
    for (const event of events)
      if (blocked.has(event.playerId) && !free.includes(event))
        await tx.run(park, [event.id, reaction.name, event.playerId, 0, app.clock.now(), null])
    return
  }
  for (const event of events)
    if (blocked.has(event.playerId))
      await tx.run(park, [event.id, reaction.name, event.playerId, 0, app.clock.now(), null])
}

/** Runs work in a savepoint. Returns the error when it failed, having undone what it wrote. */
async function attempt(tx: Tx, work: () => Promise<void>): Promise<unknown> {
  await tx.run(hotStatement('outbox_savepoint', 'savepoint reaction'), [])
  try {
    await work()
    await tx.run(hotStatement('outbox_release', 'release savepoint reaction'), [])
    return undefined
  } catch (error) {
    await tx.run(hotStatement('outbox_undo', 'rollback to savepoint reaction'), [])
    return error ?? new Error('a reaction threw nothing')
  }
}

function backOff(attempts: number): number {
  return Math.min(SECOND * 2 ** attempts, 30 * MINUTE)
}

function asEvent(row: EventRow): ToldEvent {
  return { id: row.id, kind: row.kind, playerId: row.player_id, payload: row.payload, at: row.happened_at }
}
