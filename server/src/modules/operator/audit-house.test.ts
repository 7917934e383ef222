import { randomUUID } from 'node:crypto'
import { type Draws, scriptedDraws } from '@casino-club/fairness/draws.ts'
import { drawsForRound, type RoundSeeds } from '@casino-club/fairness/stream.ts'
import { sql } from 'kysely'
import { beforeAll, describe, expect, test } from 'vitest'
import { anyGacha } from '#modules/gacha/pull-gacha.ts'
import { asAnyGame } from '#modules/rounds/game.ts'
import { slot } from '#modules/slot/slot.rules.ts'
import type { Tx } from '#platform/postgres/database.ts'
import type { House } from '#server/house.ts'
import { newPlayer, openTestHouse } from '#tests/house.ts'
import { auditHouse } from './audit-house.ts'

/* What somebody with the keys to the database could do to it, planted in a transaction that is taken back. */

/** Tickets of a legendary of which there are a hundred, of an epic, of a common prize and of the same once more. */
const PULLS = [
  [0, 85],
  [2_000, 0],
  [999_999, 0],
  [999_999, 0],
]
const LOST = [0, 1, 2, 0].map((reel) => reel * 30)

let script: number[] = []
const drawsOf = (seeds: RoundSeeds): Draws => {
  const chance = drawsForRound(seeds)
  return {
    below: (bound) => (script.length > 0 ? scriptedDraws([script.shift() ?? 0]).below(bound) : chance.below(bound)),
  }
}

let house: House
let [one, other] = [0n, 0n]

beforeAll(async () => {
  house = await openTestHouse({ drawsOf })
  const play = (playerId: bigint, game: Parameters<House['engine']['play']>[0]['game'], input: unknown) =>
    house.engine.play({ playerId, rank: 'STANDARD', requestId: randomUUID(), game, input })
  for (const playerId of [
    await newPlayer(house.app, { token: 1_000n }),
    await newPlayer(house.app, { token: 1_000n }),
  ]) {
    for (const tickets of PULLS) {
      script = [...tickets]
      await play(playerId, anyGacha, { pulls: 1 })
    }
    for (const betTokens of [10n, 20n, 30n]) {
      script = [...LOST]
      await play(playerId, asAnyGame(slot), { betTokens })
    }
    ;[one, other] = [other, playerId]
    if (one === 0n) await house.relay.drain()
  }
})

class TakenBack extends Error {}

/** What the audit says of the house after this. */
async function auditAfter(tampering: string): Promise<string[]> {
  let differences: string[] = []
  const work = async (tx: Tx) => {
    await sql.raw('set local session_replication_role = replica').execute(tx.sql)
    const { numAffectedRows = 0n } = await sql.raw(tampering).execute(tx.sql)
    expect(numAffectedRows, 'rows that were changed').toBeGreaterThan(0n)
    const audit = await auditHouse({ ...house.app, inSnapshot: (look) => look(tx) })
    differences = audit.differences.map(({ what }) => what)
    throw new TakenBack()
  }
  await house.app.inTransaction(work).catch((error: unknown) => {
    if (!(error instanceof TakenBack)) throw error
  })
  return [...new Set(differences)].sort()
}

test('a house that nobody touched is right, while events are on their way', async () => {
  const { rows } = await house.app.pool.query(
    `select count(*) filter (where handled_at is null) as waiting, count(handled_at) as handled from outbox_event
      where kind = 'rounds.round_played'`,
  )
  expect(rows).toEqual([{ waiting: 7n, handled: 7n }])
  expect((await auditHouse(house.app)).differences).toEqual([])
})

const STOCK = 'pieces taken from stock are not those that pulls granted'
const OWNED = 'owned is not what pulls granted'
const CONVERTED = 'a round of pulls did not pay what its duplicates were converted to'
const COUNTERS = 'saved counters are not those that the last pull left'
const UNKNOWN = 'pulls granted something that their configuration does not know'
const NUMBERED = 'rounds of a pair of seeds are not numbered without a gap'
const COUNTED = 'a pair of seeds has counted other rounds than there are'
const FOREIGN = 'rounds were drawn from the seeds of another player'
const MOVED = 'a round is not what its transfer moved, or left another balance'
const FIGURES = 'running figures are not the sum of the rounds'
const TOLD = 'rounds and what was told of them differ'
const LEDGER = 'the ledger moved something else than the rounds say'

/** A player's round of a game, by its place from the first. */
const nth = (playerId: bigint, game: string, place: number) =>
  `(select id from rounds_round where player_id = ${playerId} and game = '${game}' order by id offset ${place} limit 1)`
const setPull = (playerId: bigint, place: number, key: string, value: string) =>
  `update rounds_round set outcome = jsonb_set(outcome, '{pulls,0,${key}}', '${value}')
    where id = ${nth(playerId, 'gacha', place)}`

describe('the auditor names', () => {
  test.each<[what: string, tampering: () => string, named: string[]]>([
    ['a piece put back', () => `update gacha_stock set taken = taken - 1 where taken > 0`, [STOCK]],
    ['a piece taken by nobody', () => `update gacha_stock set taken = taken + 1 where taken > 0`, [STOCK]],
    ['a stock that is gone', () => `delete from gacha_stock where taken > 0`, [STOCK]],
    [
      'a stock of something nobody ever pulled',
      () => `insert into gacha_stock (item, taken, pieces) values ('moon', 1, 1)`,
      [STOCK],
    ],
    ['a prize lost', () => `delete from inventory_item where player_id = ${one} and item = 'holo-wings'`, [OWNED]],
    ['everything lost', () => `delete from inventory_item where player_id = ${one}`, [OWNED]],
    ['a prize twice', () => `update inventory_item set count = 2 where player_id = ${one}`, [OWNED]],
    [
      'another prize in its place',
      () => `update inventory_item set item = 'moon' where player_id = ${one} and item = 'holo-wings'`,
      [OWNED],
    ],
    [
      'a prize that nobody pulled',
      () => `insert into inventory_item select ${one}, 'moon', 1, rarity, name_ko, name_en, given_by, first_received_at
               from inventory_item where player_id = ${other} limit 1`,
      [OWNED],
    ],
    [
      'the prizes of somebody who never pulled',
      () => `update inventory_item set player_id = 1 where player_id = ${one}`,
      [OWNED],
    ],
    ['a limited prize in the place of an epic', () => setPull(one, 1, 'item', '"first-dawn"'), [OWNED, STOCK]],
    ['a prize nobody knows', () => setPull(one, 2, 'item', '"moon"'), [OWNED, UNKNOWN]],
    ['a prize without a name', () => setPull(one, 2, 'item', 'null'), [OWNED, UNKNOWN]],
    ['a new prize told as a duplicate', () => setPull(one, 1, 'duplicate_tokens', '80'), [CONVERTED, OWNED]],
    ['a duplicate told as new', () => setPull(one, 3, 'duplicate_tokens', 'null'), [CONVERTED, OWNED]],
    [
      'an outcome that is gone',
      () => `update rounds_round set outcome = '{}' where id = ${nth(one, 'gacha', 3)}`,
      [CONVERTED, COUNTERS],
    ],
    [
      'an outcome without its list',
      () => `update rounds_round set outcome = outcome || '{"pulls": "none"}' where id = ${nth(one, 'gacha', 0)}`,
      [OWNED, STOCK],
    ],
    [
      'pulls from a configuration of another game',
      () => `update rounds_round set config_id = (select min(id) from odds_config where game = 'slot')
              where id = ${nth(one, 'gacha', 1)}`,
      [TOLD, UNKNOWN],
    ],
    [
      'pulls from a configuration that is not there',
      () => `update rounds_round set config_id = 0 where id = ${nth(one, 'gacha', 1)}`,
      [TOLD, UNKNOWN],
    ],
    [
      'a pity counter moved on',
      () => `update rounds_state set state = state || '{"misses": 89}' where player_id = ${one} and game = 'gacha'`,
      [COUNTERS],
    ],
    [
      'damping forgotten',
      () =>
        `update rounds_state set state = state || '{"sinceLegendary": 10}' where player_id = ${one} and game = 'gacha'`,
      [COUNTERS],
    ],

    [
      'a nonce left out',
      () => `update rounds_round set nonce = nonce + 1 where id = ${nth(one, 'slot', 2)}`,
      [NUMBERED],
    ],
    ['a nonce used twice', () => `update rounds_round set nonce = 1 where id = ${nth(one, 'slot', 1)}`, [NUMBERED]],
    [
      'a nonce used twice, and the count as before',
      () => `update rounds_round set nonce = 0 where id = ${nth(one, 'gacha', 1)}`,
      [NUMBERED],
    ],
    [
      'a nonce counted and not played',
      () => `update seeds_pair set next_nonce = next_nonce + 1 where player_id = ${one}`,
      [COUNTED],
    ],
    [
      'two players’ seeds exchanged',
      () => `update rounds_round r set pair_id = p.id from seeds_pair p
              where r.nonce = 0 and r.player_id in (${one}, ${other}) and p.player_id = ${one} + ${other} - r.player_id`,
      [FOREIGN],
    ],

    [
      'two bets of one player exchanged',
      () => `update rounds_round set stake = case stake when 10 then 20 when 20 then 10 else stake end
              where player_id = ${one} and game = 'slot'`,
      [MOVED],
    ],
    [
      'another balance told',
      () => `update rounds_round set balance_after = balance_after + 1 where id = ${nth(one, 'slot', 1)}`,
      [MOVED],
    ],
    [
      'the number of a transfer that is another',
      () => `update rounds_round set id = id + 1000000 where id = ${nth(one, 'slot', 2)}`,
      [MOVED],
    ],
    [
      'a win that was not',
      () => `update rounds_state set wins = wins + 1 where player_id = ${one} and game = 'slot'`,
      [FIGURES],
    ],
    [
      'a higher bet',
      () => `update rounds_round set stake = stake + 1 where id = ${nth(one, 'slot', 1)}`,
      [FIGURES, LEDGER, TOLD],
    ],

    [
      'an event that was lost',
      () => `delete from outbox_event where id = (select max(id) from outbox_event where handled_at is null)`,
      [TOLD],
    ],
    [
      'an event that is seen twice',
      () => `insert into outbox_event (kind, player_id, payload, happened_at)
             select kind, player_id, payload, happened_at from outbox_event where kind = 'rounds.round_played' limit 1`,
      [TOLD],
    ],
    [
      'an event of a round that was not',
      () => `insert into outbox_event (kind, player_id, payload, happened_at)
             select kind, player_id, payload || '{"config_id": 77}', happened_at from outbox_event
              where kind = 'rounds.round_played' limit 1`,
      [TOLD],
    ],
    ['a day that was added up wrongly', () => `update rounds_daily set paid = paid + 1 where game = 'slot'`, [TOLD]],
    ['a day that is gone', () => `delete from rounds_daily where game = 'gacha'`, [TOLD]],
    [
      'a round that was never told',
      () => `update outbox_event set handled_at = now() where kind = 'rounds.round_played' and handled_at is null`,
      [TOLD],
    ],
    [
      'nothing: an event that waits for another try is on its way, too',
      () => `with parked as (
               update outbox_event set handled_at = now() where kind = 'rounds.round_played' and handled_at is null
               returning id, player_id)
             insert into outbox_delivery (event_id, reaction, player_id, attempts, next_attempt_at)
             select id, 'rounds.tally-days', player_id, 1, now() from parked`,
      [],
    ],
  ])('%s', async (_, tampering, named) => {
    expect(await auditAfter(tampering())).toEqual([...named].sort())
  })
})
