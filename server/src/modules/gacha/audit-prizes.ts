import { isGachaConfig } from '@casino-club/fairness/gacha.config.ts'
import { type GachaStateRecord, gachaStateRecord } from '@casino-club/fairness/receipt.ts'
import { selectGiven, selectGivenTo } from '#modules/inventory/read-given.ts'
import type { Difference } from '#modules/ledger/read-turnover.ts'
import { readConfigs } from '#modules/odds/read-configs.ts'
import {
  type ListInOutcomes,
  selectListed,
  selectListedNew,
  selectListedNewOf,
  selectNewest,
  selectPaidOtherwise,
} from '#modules/rounds/read-rounds.ts'
import type { Tx } from '#platform/postgres/database.ts'
import { type GachaMemory, piecesOf } from './gacha.rules.ts'
import { selectStock } from './gacha.sql.ts'

/** How a round of pulls is kept (`GachaShown`). */
const PULLS: ListInOutcomes = { game: 'gacha', list: 'pulls', name: 'item', worth: 'duplicate_tokens' }

/** Of so many players it is said what they miss; of more it is said how many there are. */
const MOST_NAMED = 1_000
const PLAYERS_AT_ONCE = 5_000

/**
 * Compares what the committed pulls granted with what is there: the pieces taken from each limited prize, what every
 * player owns, the tokens paid for duplicates, and the counters saved for the next pull. Names every difference. Call it
 * in a snapshot.
 *
 * Grows with the rounds of the gacha, of which PostgreSQL makes three passes, and with the players who pulled: two short
 * rows of each are held here at once.
 */
export async function auditPrizes(tx: Tx): Promise<Difference[]> {
  return [
    ...(await auditStock(tx)),
    ...(await auditInventories(tx)),
    ...(await auditConverted(tx)),
    ...(await auditCounters(tx)),
  ]
}

async function auditStock(tx: Tx): Promise<Difference[]> {
  const differences: Difference[] = []
  const listed = await selectListed(tx, PULLS)
  const configs = await readConfigs(
    tx,
    listed.map((row) => row.config_id),
  )
  const pieces = new Map([...configs].map(([id, { config }]) => [id, isGachaConfig(config) ? piecesOf(config) : null]))
  const granted = new Map<string, bigint>()
  for (const { config_id: configId, name, times } of listed) {
    const limit = name === null ? undefined : pieces.get(configId)?.get(name)
    if (name === null || limit === undefined)
      differences.push({
        what: 'pulls granted something that their configuration does not know',
        where: `configuration ${configId}, ${name ?? 'without a name'}`,
        expected: '0',
        found: String(times),
      })
    else if (limit !== null) granted.set(name, (granted.get(name) ?? 0n) + times)
  }
  const taken = new Map((await selectStock(tx)).map((row) => [row.item, row.taken]))
  for (const item of new Set([...granted.keys(), ...taken.keys()])) {
    const [expected, found] = [granted.get(item) ?? 0n, taken.get(item) ?? 0n]
    if (expected !== found)
      differences.push({
        what: 'pieces taken from stock are not those that pulls granted',
        where: item,
        expected: String(expected),
        found: String(found),
      })
  }
  return differences
}

async function auditInventories(tx: Tx): Promise<Difference[]> {
  const owned = new Map((await selectGiven(tx, 'gacha')).map((row) => [row.player_id, told(row)]))
  const differing: bigint[] = []
  for (const row of await selectListedNew(tx, PULLS)) {
    if (owned.get(row.player_id) !== told(row)) differing.push(row.player_id)
    owned.delete(row.player_id)
  }
  differing.push(...owned.keys())
  const named = differing.slice(0, MOST_NAMED)
  const differences = named.length > 0 ? await missingOf(tx, named) : []
  if (differing.length > named.length)
    differences.push({
      what: 'more players own something else than pulls granted',
      where: `${named.length} are named`,
      expected: '0',
      found: String(differing.length - named.length),
    })
  return differences
}

function told({ things, fingerprint }: { things: bigint; fingerprint: string }): string {
  return `${things} ${fingerprint}`
}

/** What exactly differs, item by item, of some players. */
async function missingOf(tx: Tx, playerIds: readonly bigint[]): Promise<Difference[]> {
  const place = (row: { player_id: bigint; name: string | null }) => `player ${row.player_id}, ${row.name}`
  const granted = new Map((await selectListedNewOf(tx, PULLS, playerIds)).map((row) => [place(row), row.times]))
  const owned = new Map((await selectGivenTo(tx, 'gacha', playerIds)).map((row) => [place(row), row.times]))
  return [...new Set([...granted.keys(), ...owned.keys()])].flatMap((where) => {
    const [expected, found] = [granted.get(where) ?? 0n, owned.get(where) ?? 0n]
    if (expected === found) return []
    return [{ what: 'owned is not what pulls granted', where, expected: String(expected), found: String(found) }]
  })
}

async function auditConverted(tx: Tx): Promise<Difference[]> {
  return (await selectPaidOtherwise(tx, PULLS)).map(({ player_id: playerId, id, payout, worth }) => ({
    what: 'a round of pulls did not pay what its duplicates were converted to',
    where: `player ${playerId}, round ${id}`,
    expected: String(worth),
    found: String(payout),
  }))
}

/** Pity, near misses and damping go by these: they have to be those that the last pull left. */
async function auditCounters(tx: Tx): Promise<Difference[]> {
  const differences: Difference[] = []
  for (let after: bigint | undefined = 0n; after !== undefined; ) {
    const rows: Awaited<ReturnType<typeof selectNewest>> = await selectNewest(
      tx,
      PULLS.game,
      'state_after',
      after,
      PLAYERS_AT_ONCE,
    )
    for (const { player_id: playerId, state, told: left } of rows) {
      const expected = counters(left as GachaStateRecord | null)
      const found = counters(gachaStateRecord(state as GachaMemory))
      if (expected !== found)
        differences.push({
          what: 'saved counters are not those that the last pull left',
          where: `player ${playerId}`,
          expected,
          found,
        })
    }
    after = rows.length === PLAYERS_AT_ONCE ? rows.at(-1)?.player_id : undefined
  }
  return differences
}

function counters(state: GachaStateRecord | null): string {
  if (state === null) return 'none'
  return `${state.misses} misses, ${state.since_epic} since an epic, ${state.since_legendary} since a legendary`
}
