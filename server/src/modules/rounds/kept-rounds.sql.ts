import { numbers } from '#platform/postgres/columns.ts'
import { hotStatement, type Reads, type Tx } from '#platform/postgres/database.ts'
import { LARGEST_AMOUNT } from '#vocabulary/amount.ts'

export type KeptRow = { stake: bigint; payout: bigint; outcome: unknown }

// Three columns, and in the order asked for: who asks for some hundred at a time knows the rest of them.
const keptRoundsStatement = hotStatement<KeptRow>(
  'rounds_kept_rounds',
  `select r.stake, r.payout, r.outcome
     from unnest($1::bigint[], $2::bigint[]) with ordinality as asked (player_id, id, place)
     join rounds_round r using (player_id, id)
    order by asked.place`,
)

export async function selectKeptRounds(
  db: Reads,
  keys: readonly { readonly playerId: bigint; readonly id: number }[],
): Promise<KeptRow[]> {
  return db.run(keptRoundsStatement, [keys.map(({ playerId }) => playerId), keys.map(({ id }) => id)])
}

/**
 * Where a game keeps a list in its outcomes: under `list`; each thing in it is named by `name`, and what was given
 * instead of it stands under `worth`, null when it was new to the player.
 */
export type ListInOutcomes = {
  readonly game: string
  readonly list: string
  readonly name: string
  readonly worth: string
}

// For audits: each goes over the game's rounds once, and gathers. What is no list is an empty one, and found missing.
const THINGS = `jsonb_array_elements(case when jsonb_typeof(r.outcome -> $2::text) = 'array' then r.outcome -> $2 else '[]' end)`

const listedStatement = hotStatement<{ config_id: bigint; name: string | null; times: bigint }>(
  'rounds_listed',
  `select r.config_id, thing ->> $3::text as name, count(*) as times
     from rounds_round r cross join lateral ${THINGS} as thing
    where r.game = $1 group by 1, 2`,
)

/** How often each thing was listed, by the configuration it was drawn from. */
export async function selectListed(tx: Tx, { game, list, name }: ListInOutcomes) {
  return tx.run(listedStatement, [game, list, name])
}

const NEW_THINGS = `select r.player_id, thing ->> $3::text as name, count(*) as times
         from rounds_round r cross join lateral ${THINGS} as thing
        where r.game = $1 and thing ->> $4::text is null`

// A sum of hashes: the same whatever the order, and as long for a player of a thousand things as for one of three.
const newStatement = hotStatement<{ player_id: bigint; things: bigint; fingerprint: string }>(
  'rounds_listed_new',
  `select player_id, count(*) as things, sum(hashtextextended(name || ' ' || times, 0)) as fingerprint
     from (${NEW_THINGS} group by 1, 2) given group by player_id`,
)

/** How many different things each player was given anew, and a fingerprint of their names and how often each was given. */
export async function selectListedNew(tx: Tx, { game, list, name, worth }: ListInOutcomes) {
  return tx.run(newStatement, [game, list, name, worth])
}

const newOfStatement = hotStatement<{ player_id: bigint; name: string | null; times: bigint }>(
  'rounds_listed_new_of',
  `${NEW_THINGS} and r.player_id = any($5::bigint[]) group by 1, 2`,
)

/** The things themselves, of some players. */
export async function selectListedNewOf(
  tx: Tx,
  { game, list, name, worth }: ListInOutcomes,
  playerIds: readonly bigint[],
) {
  return tx.run(newOfStatement, [game, list, name, worth, numbers(playerIds, (id) => id)])
}

const paidOtherwiseStatement = hotStatement<{ player_id: bigint; id: bigint; payout: bigint; worth: bigint }>(
  'rounds_paid_otherwise',
  `select player_id, id, payout, worth
     from (select r.player_id, r.id, r.payout,
                  (select coalesce(sum((thing ->> $3::text)::bigint), 0)::bigint from ${THINGS} as thing) as worth
             from rounds_round r where r.game = $1) r
    where payout <> worth order by id`,
)

/** Rounds that paid something else than what stands in their list. */
export async function selectPaidOtherwise(tx: Tx, { game, list, worth }: ListInOutcomes) {
  return tx.run(paidOtherwiseStatement, [game, list, worth])
}

const newestStatement = hotStatement<{ player_id: bigint; state: unknown; told: unknown }>(
  'rounds_newest',
  `select s.player_id, s.state,
          (select r.outcome -> $2::text from rounds_round r
            where r.player_id = s.player_id and (r.game, r.id) > ($1, 0) and (r.game, r.id) < ($1, $5::bigint)
            order by r.game desc, r.id desc limit 1) as told
     from rounds_state s
    where s.game = $1 and s.rounds > 0 and s.player_id > $3 order by s.player_id limit $4`,
)

/** What the newest round of a game tells under `name`, beside the player's saved state: the next `limit` players. */
export async function selectNewest(tx: Tx, game: string, name: string, afterPlayer: bigint, limit: number) {
  return tx.run(newestStatement, [game, name, afterPlayer, limit, LARGEST_AMOUNT])
}

const daysStatement = hotStatement<{
  game: string
  config_id: bigint
  day: string
  rounds: bigint
  staked: bigint
  paid: bigint
  told_rounds: bigint
  told_staked: bigint
  told_paid: bigint
}>(
  'rounds_days',
  `select game, config_id, day, coalesce(r.rounds, 0) as rounds, coalesce(r.staked, 0)::bigint as staked,
          coalesce(r.paid, 0)::bigint as paid, coalesce(d.rounds, 0) as told_rounds, coalesce(d.staked, 0) as told_staked,
          coalesce(d.paid, 0) as told_paid
     from (select game, config_id, (played_at at time zone 'Asia/Seoul')::date as day,
                  count(*) as rounds, sum(stake) as staked, sum(payout) as paid from rounds_round group by 1, 2, 3) r
     full join rounds_daily d using (game, config_id, day)`,
)

/** Per game, configuration and day: what the rounds add up to, beside what was added up as they were told. */
export async function selectDays(tx: Tx) {
  return tx.run(daysStatement, [])
}

const turnoverStatement = hotStatement<{
  player_id: bigint
  game: string
  rounds: bigint
  staked: bigint
  paid: bigint
  wins: bigint
  fingerprint: string | null
  state_rounds: bigint | null
  state_staked: bigint | null
  state_paid: bigint | null
  state_wins: bigint | null
}>(
  'rounds_turnover',
  `select coalesce(r.player_id, s.player_id) as player_id, coalesce(r.game, s.game) as game,
          coalesce(r.rounds, 0) as rounds, coalesce(r.staked, 0)::bigint as staked, coalesce(r.paid, 0)::bigint as paid,
          coalesce(r.wins, 0) as wins, r.fingerprint,
          s.rounds as state_rounds, s.staked as state_staked, s.paid as state_paid, s.wins as state_wins
     from (select player_id, game, count(*) as rounds, sum(stake) as staked, sum(payout) as paid,
                  count(*) filter (where payout > 0) as wins,
                  sum(hashint8extended(-stake, hashint8extended(balance_after - payout, id)))
                  + coalesce(sum(hashint8extended(payout, hashint8extended(balance_after, id))) filter (where payout > 0), 0)
                    as fingerprint
             from rounds_round group by player_id, game) r
     full join rounds_state s on s.player_id = r.player_id and s.game = r.game`,
)

/**
 * Per player and game: what the rounds add up to, beside what the running figures say. The fingerprint is a sum of hashes
 * of what each round should have moved (see `selectTillTurnover`).
 */
export async function selectTurnover(tx: Tx) {
  return tx.run(turnoverStatement, [])
}

const nonceGapsStatement = hotStatement<{
  pair_id: bigint
  rounds: bigint
  first: bigint
  last: bigint
  nonces: bigint
}>(
  'rounds_nonce_gaps',
  `select pair_id, count(*) as rounds, min(nonce) as first, max(nonce) as last, count(distinct nonce) as nonces
     from rounds_round where pair_id is not null group by pair_id
   having min(nonce) <> 0 or max(nonce) <> count(*) - 1 or count(distinct nonce) <> count(*)`,
)

/** Pairs of seeds whose rounds are not numbered 0, 1, 2 … without a gap and without a repetition. */
export async function selectNonceGaps(tx: Tx) {
  return tx.run(nonceGapsStatement, [])
}

const roundsPerPairStatement = hotStatement<{ pair_id: bigint; rounds: bigint; first: bigint; last: bigint }>(
  'rounds_per_pair',
  `select pair_id, count(*) as rounds, min(player_id) as first, max(player_id) as last
     from rounds_round where pair_id is not null group by pair_id`,
)

/** How many rounds name each pair of seeds, and the first and the last of the players who played them: one, if all is well. */
export async function selectRoundsPerPair(tx: Tx) {
  return tx.run(roundsPerPairStatement, [])
}
