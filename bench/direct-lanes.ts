import pg from 'pg'
import type { Load } from './load.ts'

const SETTINGS =
  '-c plan_cache_mode=force_generic_plan -c enable_hashjoin=off -c enable_mergejoin=off -c enable_seqscan=off -c jit=off'

/** Transfer numbers that need not be asked for: `next` is the first of them. */
export type Ids = { next: bigint; readonly end: bigint }

/**
 * Two connections, each with its own half of the players, as many rounds in each batch as `callers` would fill.
 *
 * @param players who plays.
 * @param read everything that will have to be known, once, before the time runs.
 * @param write one batch, a round of each of these wallets.
 */
export async function inLanes<Wallet extends { readonly playerId: bigint }>(
  url: string,
  players: ReadonlySet<bigint>,
  callers: number,
  seconds: number,
  read: (client: pg.Client) => Promise<Wallet[]>,
  write: (client: pg.Client, wallets: readonly Wallet[], ids: Ids) => Promise<void>,
): Promise<Load> {
  const lanes = callers === 1 ? 1 : 2
  const size = Math.min(256, Math.ceil(callers / lanes))
  const latencies: number[] = []
  const clients = await Promise.all(Array.from({ length: lanes }, () => connectBatching(url)))
  const wallets = (clients[0] ? await read(clients[0]) : []).filter(({ playerId }) => players.has(playerId))
  const startedAt = performance.now()
  const end = startedAt + seconds * 1000
  await Promise.all(
    clients.map(async (client, lane) => {
      const mine = wallets.filter((_, at) => at % lanes === lane)
      let ids: Ids = { next: 0n, end: 0n }
      for (let from = 0; performance.now() < end; from = (from + size) % (mine.length - size)) {
        const sentAt = performance.now()
        if (ids.next + BigInt(size) > ids.end) ids = await takeIds(client)
        await write(client, mine.slice(from, from + size), ids)
        const took = performance.now() - sentAt
        for (let at = 0; at < size; at++) latencies.push(took)
      }
    }),
  )
  const took = (performance.now() - startedAt) / 1000
  await Promise.all(clients.map((client) => client.end()))
  return { seconds: took, latencies, failures: [] }
}

export async function connectBatching(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url, options: SETTINGS, pipeline: true, application_name: 'bench' })
  await client.connect()
  return client
}

/** A block of transfer numbers, so that they need not be asked for with each batch. One at a time, or two would overlap. */
export async function takeIds(client: pg.Client): Promise<Ids> {
  const block = 100_000n
  const { rows } = await client.query<{ last: string }>(
    `with locked as materialized (select pg_advisory_xact_lock(7203099))
     select setval('ledger_transfer_id_seq', nextval('ledger_transfer_id_seq') + ${block}) as last from locked`,
  )
  const last = BigInt(rows[0]?.last ?? '0')
  return { next: last - block, end: last }
}
