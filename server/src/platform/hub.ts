import pg from 'pg'
import type { Log } from '#platform/log.ts'
import type { Tx } from '#platform/postgres/database.ts'
import { hotStatement } from '#platform/postgres/database.ts'

/*
 * Tells the processes of the house that something is worth another look. Rows are the truth; a lost
 * wake-up costs time, never data, so a message carries only a topic and a key.
 */

export type Hub = {
  /** Calls back for every message of a topic, from this process or another. Returns how to stop. */
  readonly on: (topic: string, callback: (key: string) => void) => () => void
  readonly close: () => Promise<void>
}

const CHANNEL = 'casino_hub'

const notify = hotStatement<never>('hub_notify', `select pg_notify('${CHANNEL}', $1)`)

/** Wakes the listeners when, and only when, the transaction commits. */
export async function wake(tx: Tx, topic: string, key: string): Promise<void> {
  await tx.run(notify, [`${topic} ${key}`])
}

/** Listens on a connection of its own and comes back by itself when that is lost. */
export async function openHub(connectionString: string, log: Log): Promise<Hub> {
  const callbacks = new Map<string, Set<(key: string) => void>>()
  let client: pg.Client | undefined
  let isClosed = false

  const connect = async (): Promise<void> => {
    const fresh = new pg.Client({ connectionString, application_name: 'casino-club hub', keepAlive: true })
    fresh.on('error', () => undefined)
    fresh.on('notification', ({ payload = '' }) => {
      const [topic = '', ...key] = payload.split(' ')
      for (const callback of callbacks.get(topic) ?? []) callback(key.join(' '))
    })
    await fresh.connect()
    await fresh.query(`listen ${CHANNEL}`)
    // Only now: an attempt that fails ends, too, and would begin a second search beside the one that made it.
    fresh.on('end', () => {
      if (!isClosed) void reconnect()
    })
    client = fresh
  }
  const reconnect = async (): Promise<void> => {
    for (let wait = 100; !isClosed; wait = Math.min(wait * 2, 5_000)) {
      await new Promise((resolve) => setTimeout(resolve, wait))
      try {
        await connect()
        log.info('the hub listens again')
        // What was said while nobody listened is not known: everyone takes another look.
        for (const each of callbacks.values()) for (const callback of each) callback('*')
        return
      } catch (error) {
        log.warn({ err: error }, 'the hub cannot listen yet')
      }
    }
  }

  await connect()
  return {
    on: (topic, callback) => {
      const known = callbacks.get(topic) ?? new Set()
      callbacks.set(topic, known.add(callback))
      return () => void known.delete(callback)
    },
    close: async () => {
      isClosed = true
      await client?.end()
    },
  }
}
