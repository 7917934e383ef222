import { days, instants, integers, jsons, numbers, texts } from '#platform/postgres/columns.ts'
import { hotStatement, type Reads, type Tx, type Write } from '#platform/postgres/database.ts'
import type { EndedSession, PlayState } from './rounds.rules.ts'

type StateRow = {
  player_id: bigint
  game: string
  state: unknown
  day: string
  rounds_today: number
  rounds: bigint
  wins: bigint
  staked: bigint
  paid: bigint
  biggest_win: bigint
  best_streak: bigint
  play_seconds: bigint
  last_played_at: Date | null
  session_number: bigint
  session_started: Date | null
  session_rounds: bigint
  session_staked: bigint
  session_paid: bigint
}

// Named one by one, never `*`: a migration that adds a column while we run would change the shape of a prepared
// statement's rows, and PostgreSQL then refuses it on every connection that has it ("cached plan must not change
// result type").
const STATE_COLUMNS = `player_id, game, state, day, rounds_today, rounds, wins, staked, paid, biggest_win, best_streak,
  play_seconds, last_played_at, session_number, session_started, session_rounds, session_staked, session_paid`
const ROUND_COLUMNS = 'id, player_id, game, config_id, stake, payout, balance_after, outcome, pair_id, nonce, played_at'

const openStatesStatement = hotStatement<never>(
  'rounds_open_states',
  `insert into rounds_state (player_id, game, state, day)
   select player_id, game, state, $4::date from unnest($1::bigint[], $2::text[], $3::jsonb[]) as new (player_id, game, state)
    order by player_id, game
       on conflict do nothing`,
)

/** Makes sure that these states exist; those that do are left alone. */
export async function openStates(
  tx: Tx,
  states: readonly { playerId: bigint; game: string; state: unknown }[],
  day: string,
): Promise<void> {
  await tx.run(openStatesStatement, [
    numbers(states, (each) => each.playerId),
    texts(states, (each) => each.game),
    jsons(states, (each) => each.state),
    day,
  ])
}

// Not a join with what is asked for: made while there are few players, its plan would walk all of them, in order.
const lockStatesStatement = hotStatement<StateRow>(
  'rounds_lock_states',
  `select ${STATE_COLUMNS} from rounds_state where player_id = any($1::bigint[]) and game = any($2::text[])
    order by player_id, game
      for update`,
)

/** Locks the states of these players in these games, in id order; who never played one has none. */
export async function lockStates(tx: Tx, players: readonly bigint[], games: readonly string[]): Promise<PlayState[]> {
  const values = [numbers(players, (id) => id), texts(games, (game) => game)]
  return (await tx.run(lockStatesStatement, values)).map(asState)
}

const saveStatesStatement = hotStatement<never>(
  'rounds_save_states',
  `with updated as (
     update rounds_state s
      set state = n.state, day = n.day, rounds_today = n.rounds_today, rounds = n.rounds, wins = n.wins,
          staked = n.staked, paid = n.paid, biggest_win = n.biggest_win, best_streak = n.best_streak,
          play_seconds = n.play_seconds, last_played_at = n.last_played_at, session_number = n.session_number,
          session_started = n.session_started, session_rounds = n.session_rounds,
          session_staked = n.session_staked, session_paid = n.session_paid
     from unnest($1::bigint[], $2::text[], $3::jsonb[], $4::date[], $5::int[], $6::bigint[], $7::bigint[], $8::bigint[],
                 $9::bigint[], $10::bigint[], $11::bigint[], $12::bigint[], $13::timestamptz[], $14::bigint[],
                 $15::timestamptz[], $16::bigint[], $17::bigint[], $18::bigint[], $19::bigint[], $20::int[], $21::jsonb[])
       as n (player_id, game, state, day, rounds_today, rounds, wins, staked, paid, biggest_win, best_streak,
             play_seconds, last_played_at, session_number, session_started, session_rounds, session_staked, session_paid,
             rounds_before, rounds_today_before, state_before)
    where s.player_id = n.player_id and s.game = n.game
      and s.rounds = n.rounds_before and s.rounds_today = n.rounds_today_before and s.state = n.state_before
   returning 1)
   select house_require_rows(count(*), $22, 'rounds_state_stands_as_found') from updated`,
)

/** In the order given. Fails (`rounds_state_stands_as_found`) when one of them is no longer as it was found. */
export function saveStates(changes: readonly { readonly before: PlayState; readonly after: PlayState }[]): Write {
  const states = changes.map(({ after }) => after)
  return {
    statement: saveStatesStatement,
    values: [
      numbers(states, (each) => each.playerId),
      texts(states, (each) => each.game),
      jsons(states, (each) => each.state),
      days(states, (each) => each.day),
      integers(states, (each) => each.roundsToday),
      numbers(states, (each) => each.rounds),
      numbers(states, (each) => each.wins),
      numbers(states, (each) => each.staked),
      numbers(states, (each) => each.paid),
      numbers(states, (each) => each.biggestWin),
      numbers(states, (each) => each.bestStreak),
      numbers(states, (each) => each.playSeconds),
      instants(states, (each) => each.lastPlayedAt),
      numbers(states, (each) => each.sessionNumber),
      instants(states, (each) => each.sessionStarted),
      numbers(states, (each) => each.sessionRounds),
      numbers(states, (each) => each.sessionStaked),
      numbers(states, (each) => each.sessionPaid),
      numbers(changes, ({ before }) => before.rounds),
      integers(changes, ({ before }) => before.roundsToday),
      jsons(changes, ({ before }) => before.state),
      changes.length,
    ],
  }
}

/** A round as it is kept. Amounts in tokens. */
export type Round = {
  readonly id: bigint
  readonly playerId: bigint
  readonly game: string
  readonly configId: bigint
  readonly stake: bigint
  readonly payout: bigint
  readonly balanceAfter: bigint
  readonly outcome: unknown
  /** The pair of seeds and the nonce it was drawn with; null for rounds from before there were seeds. */
  readonly draws: { readonly pairId: bigint; readonly nonce: bigint } | null
  readonly playedAt: Date
}

type RoundRow = {
  id: bigint
  player_id: bigint
  game: string
  config_id: bigint
  stake: bigint
  payout: bigint
  balance_after: bigint
  outcome: unknown
  pair_id: bigint | null
  nonce: bigint | null
  played_at: Date
}

const insertRoundsStatement = hotStatement<never>(
  'rounds_insert_rounds',
  `insert into rounds_round (player_id, id, game, config_id, stake, payout, balance_after, outcome, played_at,
                             pair_id, nonce)
   select * from unnest($1::bigint[], $2::bigint[], $3::text[], $4::bigint[], $5::bigint[], $6::bigint[], $7::bigint[],
                        $8::jsonb[], $9::timestamptz[], $10::bigint[], $11::bigint[])`,
)

export function insertRounds(rounds: readonly Round[]): Write {
  return {
    statement: insertRoundsStatement,
    values: [
      numbers(rounds, (round) => round.playerId),
      numbers(rounds, (round) => round.id),
      texts(rounds, (round) => round.game),
      numbers(rounds, (round) => round.configId),
      numbers(rounds, (round) => round.stake),
      numbers(rounds, (round) => round.payout),
      numbers(rounds, (round) => round.balanceAfter),
      jsons(rounds, (round) => round.outcome),
      instants(rounds, (round) => round.playedAt),
      numbers(rounds, (round) => round.draws?.pairId ?? null),
      numbers(rounds, (round) => round.draws?.nonce ?? null),
    ],
  }
}

const findRoundsStatement = hotStatement<RoundRow>(
  'rounds_find_rounds',
  `select ${ROUND_COLUMNS}
     from unnest($1::bigint[], $2::bigint[]) as asked (player_id, id) join rounds_round r using (player_id, id)`,
)

export async function findRounds(db: Reads, keys: readonly { playerId: bigint; id: bigint }[]): Promise<Round[]> {
  const rows = await db.run(findRoundsStatement, [keys.map((key) => key.playerId), keys.map((key) => key.id)])
  return rows.map(asRound)
}

const listRoundsStatement = hotStatement<RoundRow>(
  'rounds_list_rounds',
  `select ${ROUND_COLUMNS} from rounds_round where player_id = $1 and id < $2 order by id desc limit $3`,
)
// A player of ten thousand spins has few pulls. Asked for as a stretch of (game, id) and not as `game = $2`, because
// then the primary key sorts as well, and PostgreSQL may read all the spins in search of a pull.
const listRoundsOfGameStatement = hotStatement<RoundRow>(
  'rounds_list_rounds_of_game',
  `select ${ROUND_COLUMNS} from rounds_round
    where player_id = $1 and (game, id) > ($2, 0) and (game, id) < ($2, $3)
    order by game desc, id desc limit $4`,
)

/** Newest first, those below the given id; of one game, or of all. */
export async function selectRounds(
  db: Reads,
  playerId: bigint,
  below: bigint,
  game: string | null,
  limit: number,
): Promise<Round[]> {
  const rows =
    game === null
      ? await db.run(listRoundsStatement, [playerId, below, limit])
      : await db.run(listRoundsOfGameStatement, [playerId, game, below, limit])
  return rows.map(asRound)
}

export type RoundResult = 'won' | 'returned' | 'lost'

/** What to look for; null means all of it. `from` counts, `until` does not. */
export type RoundFilter = {
  readonly game: string | null
  readonly result: RoundResult | null
  readonly from: Date | null
  readonly until: Date | null
}

// Results and days have no index of their own: one that every spin had to write for the few who search would be paid for
// by everybody. So a search reads a stretch of the player's rounds in the primary key, and says how far it came.
const searchRoundsStatement = hotStatement<
  { looked: bigint; reached: bigint | null; oldest: Date | null } & (RoundRow | Record<keyof RoundRow, null>)
>(
  'rounds_search_rounds',
  `with stretch as materialized (
     select ${ROUND_COLUMNS} from rounds_round where player_id = $1 and id < $2 order by id desc limit $3)
   select s.looked, s.reached, s.oldest, f.*
     from (select count(*) as looked, min(id) as reached, min(played_at) as oldest from stretch) s
     left join lateral (
       select ${ROUND_COLUMNS} from stretch
        where ($4::text is null or game = $4)
          and ($5::text is null
               or $5 = case when payout > stake then 'won' when payout > 0 then 'returned' else 'lost' end)
          and ($6::timestamptz is null or played_at >= $6)
          and ($7::timestamptz is null or played_at < $7)
        order by id desc limit $8) f on true
    order by f.id desc`,
)

/**
 * Looks through the newest `stretch` rounds below an id. `reached` is the lowest id looked at and `oldest` its time;
 * `isEnd` says that there was nothing below.
 */
export async function searchRounds(
  db: Reads,
  playerId: bigint,
  below: bigint,
  stretch: number,
  filter: RoundFilter,
  limit: number,
): Promise<{ rounds: Round[]; reached: bigint | null; oldest: Date | null; isEnd: boolean }> {
  const { game, result, from, until } = filter
  const rows = await db.run(searchRoundsStatement, [playerId, below, stretch, game, result, from, until, limit])
  const [first] = rows
  return {
    rounds: rows.flatMap((row) => (row.id === null ? [] : [asRound(row)])),
    reached: first?.reached ?? null,
    oldest: first?.oldest ?? null,
    isEnd: first === undefined || first.looked < BigInt(stretch),
  }
}

const insertSessionsStatement = hotStatement<never>(
  'rounds_insert_sessions',
  `insert into rounds_session (player_id, game, number, started_at, ended_at, rounds, staked, paid)
   select * from unnest($1::bigint[], $2::text[], $3::bigint[], $4::timestamptz[], $5::timestamptz[], $6::bigint[],
                        $7::bigint[], $8::bigint[])`,
)

export function insertSessions(sessions: readonly EndedSession[]): Write {
  return {
    statement: insertSessionsStatement,
    values: [
      numbers(sessions, (each) => each.playerId),
      texts(sessions, (each) => each.game),
      numbers(sessions, (each) => each.number),
      instants(sessions, (each) => each.startedAt),
      instants(sessions, (each) => each.endedAt),
      numbers(sessions, (each) => each.rounds),
      numbers(sessions, (each) => each.staked),
      numbers(sessions, (each) => each.paid),
    ],
  }
}

export async function selectSessions(
  db: Reads,
  playerId: bigint,
  game: string,
  below: bigint,
  limit: number,
): Promise<EndedSession[]> {
  const rows = await db.sql
    .selectFrom('rounds_session')
    .selectAll()
    .where('player_id', '=', playerId)
    .where('game', '=', game)
    .where('number', '<', below)
    .orderBy('number', 'desc')
    .limit(limit)
    .execute()
  return rows.map((row) => ({
    playerId: row.player_id,
    game: row.game,
    number: row.number,
    startedAt: row.started_at,
    endedAt: row.ended_at,
    rounds: row.rounds,
    staked: row.staked,
    paid: row.paid,
  }))
}

const readStatesStatement = hotStatement<StateRow>(
  'rounds_read_states',
  `select ${STATE_COLUMNS} from rounds_state where player_id = $1 order by game`,
)

export async function readStates(db: Reads, playerId: bigint): Promise<PlayState[]> {
  return (await db.run(readStatesStatement, [playerId])).map(asState)
}

const tallyStatement = hotStatement<never>(
  'rounds_tally',
  `insert into rounds_daily (game, config_id, day, rounds, staked, paid)
   select * from unnest($1::text[], $2::bigint[], $3::date[], $4::bigint[], $5::bigint[], $6::bigint[])
       on conflict (game, config_id, day) do update
      set rounds = rounds_daily.rounds + excluded.rounds,
          staked = rounds_daily.staked + excluded.staked,
          paid = rounds_daily.paid + excluded.paid`,
)

export type DailyTally = { game: string; configId: bigint; day: string; rounds: bigint; staked: bigint; paid: bigint }

export async function addToDays(tx: Tx, tallies: readonly DailyTally[]): Promise<void> {
  await tx.run(tallyStatement, [
    tallies.map((each) => each.game),
    tallies.map((each) => each.configId),
    tallies.map((each) => each.day),
    tallies.map((each) => each.rounds),
    tallies.map((each) => each.staked),
    tallies.map((each) => each.paid),
  ])
}

function asState(row: StateRow): PlayState {
  return {
    playerId: row.player_id,
    game: row.game,
    state: row.state,
    day: row.day,
    roundsToday: row.rounds_today,
    rounds: row.rounds,
    wins: row.wins,
    staked: row.staked,
    paid: row.paid,
    biggestWin: row.biggest_win,
    bestStreak: row.best_streak,
    playSeconds: row.play_seconds,
    lastPlayedAt: row.last_played_at,
    sessionNumber: row.session_number,
    sessionStarted: row.session_started,
    sessionRounds: row.session_rounds,
    sessionStaked: row.session_staked,
    sessionPaid: row.session_paid,
  }
}

function asRound(row: RoundRow): Round {
  return {
    id: row.id,
    playerId: row.player_id,
    game: row.game,
    configId: row.config_id,
    stake: row.stake,
    payout: row.payout,
    balanceAfter: row.balance_after,
    outcome: row.outcome,
    draws: row.pair_id === null || row.nonce === null ? null : { pairId: row.pair_id, nonce: row.nonce },
    playedAt: row.played_at,
  }
}
