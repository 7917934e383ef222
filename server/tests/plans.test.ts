import { randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import pg from 'pg'
import { beforeAll, expect, test } from 'vitest'
import type { Endpoint } from '#platform/route/endpoint.ts'
import { createTestDatabase } from '#tests/database.ts'
import { openTestHouse, signIn } from '#tests/house.ts'
import { giveSeeds, writeLongHistory } from '#tests/long-history.ts'

/*
 * However long the histories get, a request reads a page of them. PostgreSQL itself writes down the plan of every
 * statement and how many rows each step of it touched (auto_explain), while a crowd visits every page there is and
 * plays on, its busiest player with thousands of rounds. No long table is read through, nothing long is sorted, and
 * nothing is fetched to be thrown away.
 */

const PLAYERS = 1_000
const ROUNDS = 40_000
const CROWD = 40
const PAGE = 100
/** A page and the row behind it, or twice the two tables' rows of a batch; a history has thousands. */
const MOST_ROWS = 2 * PAGE + 2
/** Shorter tables may be read through. */
const LONG = 500

type Step = {
  readonly 'Node Type': string
  readonly 'Relation Name'?: string
  readonly 'Index Name'?: string
  readonly 'Actual Rows': number
  readonly 'Actual Loops': number
  readonly 'Rows Removed by Filter'?: number
  readonly 'Rows Removed by Index Recheck'?: number
  readonly Plans?: readonly Step[]
}
type Explained = { readonly 'Query Text': string; readonly Plan: Step }

let connectionString = ''
let longTables: readonly string[] = []

beforeAll(async () => {
  ;({ connectionString } = await createTestDatabase())
  await openTestHouse({ connectionString }) // publishes the slot that the rounds name
  await writeLongHistory(connectionString, { players: PLAYERS, rounds: ROUNDS })
  const tables = await asAdmin<{ name: string }>(
    `select relname as name from pg_class
      where relkind in ('r', 'p') and relnamespace = 'public'::regnamespace and reltuples > ${LONG}`,
  )
  longTables = tables.map(({ name }) => name)
}, 120_000)

// A named statement is planned for its values at first, and for any values later.
test.each(['force_custom_plan', 'force_generic_plan'])(
  'no page that a player may ask for, and no round, reads more than a page (%s)',
  async (planning) => {
    const explained = await visitEverything(planning)
    const touched = new Set(explained.flatMap(({ Plan }) => stepsOf(Plan)).map((step) => step['Relation Name']))
    for (const each of ['rounds_round', 'rounds_session', 'ledger_posting', 'ledger_transfer', 'outbox_event'])
      expect([...touched], 'the visit has been to').toContain(each)
    for (const each of ['rounds_round', 'rounds_session', 'ledger_posting', 'ledger_transfer', 'outbox_event'])
      expect(longTables).toContain(each)
    expect([...new Set(explained.flatMap(complaintsAbout))]).toEqual([])
  },
  120_000,
)

test('without their indexes, the pages are named that read histories', async () => {
  await asAdmin('drop index rounds_round_by_game; drop index ledger_posting_is_numbered')
  const complaints = (await visitEverything('force_generic_plan')).flatMap(complaintsAbout).join()
  expect(complaints).toContain('rounds_round')
  expect(complaints).toContain('reads through ledger_posting')
}, 120_000)

/** @returns the plans of every statement on the way. */
async function visitEverything(planning: string): Promise<Explained[]> {
  const [{ database, folder } = { database: '', folder: '' }] = await asAdmin<{ database: string; folder: string }>(
    `select current_database() as database, current_setting('data_directory') as folder`,
  )
  const settings = {
    session_preload_libraries: 'auto_explain',
    'auto_explain.log_min_duration': '0',
    'auto_explain.log_analyze': 'on',
    'auto_explain.log_timing': 'off',
    'auto_explain.log_format': 'json',
    plan_cache_mode: planning,
  }
  for (const [name, value] of Object.entries(settings))
    await asAdmin(`alter database ${database} set ${name} = '${value}'`)
  const log = join(dirname(folder), 'database.log')

  const house = await openTestHouse({ connectionString })
  const { rows: crowd } = await house.app.pool.query<{ player_id: bigint; entries: bigint }>(
    `select player_id, entries from ledger_account where asset = 'token' order by entries desc limit $1`,
    [CROWD],
  )
  const [busiest] = crowd
  if (!busiest) throw new Error('nobody has played')
  expect(busiest.entries).toBeGreaterThan(BigInt(10 * MOST_ROWS))
  await giveSeeds(
    house.app,
    crowd.map((each) => each.player_id),
  )
  const signedIn = await Promise.all(crowd.map((each) => signIn(house.app, each.player_id, 'VIP')))
  // What was asked so far was for this test, and for no page.
  const start = (await readFile(log)).length

  const [headers] = signedIn
  const get = async (url: string) => {
    const answer = await house.http.inject({ method: 'GET', url, ...(headers ? { headers } : {}) })
    expect(answer.statusCode, `GET ${url}: ${answer.body}`).toBeLessThan(500)
    return answer.body
  }
  const post = async (at: number, url: string, payload: object, key = randomUUID()) => {
    const theirs = { ...signedIn[at], 'idempotency-key': key }
    const answer = await house.http.inject({ method: 'POST', url, headers: theirs, payload })
    expect(answer.statusCode, `POST ${url}: ${answer.body}`).toBeLessThan(500)
  }
  const { items: rounds } = JSON.parse(await get('/api/games/rounds?limit=1'))
  const visited = house.routes
    .map(({ endpoint }) => endpoint)
    .filter(({ method, guard, stream }) => method === 'GET' && (guard === 'nobody' || guard === 'player') && !stream)
  for (const endpoint of visited) {
    const path = endpoint.path.replace('{round_id}', rounds[0].round_id)
    for (const query of queriesOf(endpoint)) await get(path.replaceAll(/\{\w+\}/g, String(busiest.player_id)) + query)
  }
  const key = randomUUID()
  for (const again of [key, key]) await post(0, '/api/games/slot/spin', { bet_amount: 10 }, again)
  await Promise.all(signedIn.map((_, at) => post(at, '/api/games/slot/spin', { bet_amount: 10 })))
  await Promise.all(signedIn.map((_, at) => post(at, '/api/games/gacha/pull', { pull_count: 1 })))
  await house.relay.drain()
  return explainedIn((await readFile(log)).subarray(start).toString('utf8'))
}

/** The longest page, from its beginning; and of a game that this player has hardly ever played. */
function queriesOf({ query }: Endpoint): string[] {
  const asked = Object.keys((query as { properties?: object } | undefined)?.properties ?? {})
  return [
    '',
    ...(asked.includes('limit') ? [`?limit=${PAGE}`] : []),
    ...(asked.includes('limit') && asked.includes('game') ? [`?limit=${PAGE}&game=gacha`] : []),
  ]
}

function complaintsAbout({ 'Query Text': query, Plan }: Explained): string[] {
  const about = query.replaceAll(/\s+/g, ' ').slice(0, 160)
  return stepsOf(Plan).flatMap((step) => {
    const { 'Node Type': type, 'Relation Name': table, 'Index Name': index } = step
    if (type === 'Seq Scan' && longTables.includes(table ?? '')) return [`reads through ${table}: ${about}`]
    const thrownAway = (step['Rows Removed by Filter'] ?? 0) + (step['Rows Removed by Index Recheck'] ?? 0)
    const touched = (step['Actual Rows'] + thrownAway) * step['Actual Loops']
    // What a function returns was handed to the statement, or counted off: it is in no table.
    if (touched <= MOST_ROWS || type === 'Function Scan') return []
    return [`${type} over ${table ?? index ?? 'what lies below it'} touches ${touched} rows: ${about}`]
  })
}

function stepsOf(step: Step): Step[] {
  return [step, ...(step.Plans ?? []).flatMap(stepsOf)]
}

/** Whatever auto_explain has written: only the database of this test asks for it. */
function explainedIn(log: string): Explained[] {
  return [...log.matchAll(/ plan:\n(\t\{\n[\s\S]*?\n\t\})/g)].map(([, json]) => JSON.parse(json ?? '') as Explained)
}

async function asAdmin<Row extends object>(sql: string): Promise<Row[]> {
  const client = new pg.Client({ connectionString, options: '-c auto_explain.log_min_duration=-1' })
  await client.connect()
  try {
    return (await client.query<Row>(sql)).rows
  } finally {
    await client.end()
  }
}
