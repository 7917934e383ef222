import { TILLS, type Till } from '#modules/ledger/ledger.rules.ts'
import { type Difference, selectTillTurnover } from '#modules/ledger/read-turnover.ts'
import { readCountedRounds } from '#modules/seeds/read-counted-rounds.ts'
import { addUpUnseen } from '#platform/outbox.ts'
import type { Tx } from '#platform/postgres/database.ts'
import { ROUND_PLAYED } from './events.ts'
import { selectDays, selectNonceGaps, selectRoundsPerPair, selectTurnover } from './kept-rounds.sql.ts'
import { tallyDays } from './reactions.ts'

/**
 * Compares, for every player and game, three independent sums: the rounds, the running figures, and what
 * the game's till took and paid in the ledger, round by round; and the nonces of the rounds with what each pair of seeds
 * has counted. Names every difference. Call it in a snapshot.
 *
 * Grows with the rounds and postings, which PostgreSQL goes over once for each question, and with players and pairs of
 * seeds: a row of each is held here.
 */
export async function auditRounds(tx: Tx, games: readonly { id: string; till: Till }[]): Promise<Difference[]> {
  const differences: Difference[] = []
  for (const gap of await selectNonceGaps(tx))
    differences.push({
      what: 'rounds of a pair of seeds are not numbered without a gap',
      where: `pair ${gap.pair_id}`,
      expected: `0 to ${gap.rounds - 1n}, ${gap.rounds} of them`,
      found: `${gap.first} to ${gap.last}, ${gap.nonces} different ones`,
    })
  const counted = await readCountedRounds(tx)
  const kept = new Map((await selectRoundsPerPair(tx)).map((row) => [row.pair_id, row]))
  for (const { pairId, playerId, rounds } of counted) {
    const played = kept.get(pairId)
    const found = played?.rounds ?? 0n
    kept.delete(pairId)
    if (played && (played.first !== playerId || played.last !== playerId))
      differences.push({
        what: 'rounds were drawn from the seeds of another player',
        where: `pair ${pairId}`,
        expected: `player ${playerId}`,
        found: `players ${played.first} to ${played.last}`,
      })
    if (found !== rounds)
      differences.push({
        what: 'a pair of seeds has counted other rounds than there are',
        where: `pair ${pairId}`,
        expected: String(rounds),
        found: String(found),
      })
  }
  for (const [pairId, { rounds }] of kept)
    differences.push({
      what: 'rounds name a pair of seeds that is not there',
      where: `pair ${pairId}`,
      expected: '0',
      found: String(rounds),
    })
  const turnover = await selectTurnover(tx)
  for (const row of turnover) {
    const where = `player ${row.player_id}, ${row.game}`
    const expected = `${row.rounds} rounds, ${row.wins} won, ${row.staked} staked, ${row.paid} paid`
    const found = `${row.state_rounds} rounds, ${row.state_wins} won, ${row.state_staked} staked, ${row.state_paid} paid`
    if (expected !== found)
      differences.push({ what: 'running figures are not the sum of the rounds', where, expected, found })
  }
  for (const game of games) {
    const tillAccount = (TILLS[game.till] as { token?: bigint }).token ?? 0n
    const ledger = new Map((await selectTillTurnover(tx, tillAccount)).map((row) => [row.player_id, row]))
    const rounds = turnover.filter((row) => row.game === game.id)
    for (const row of rounds) {
      const money = ledger.get(row.player_id)
      ledger.delete(row.player_id)
      const expected = `${row.staked} staked, ${row.paid} paid`
      const found = `${money?.taken ?? 0n} staked, ${money?.paid ?? 0n} paid`
      if (expected !== found)
        differences.push({
          what: 'the ledger moved something else than the rounds say',
          where: `player ${row.player_id}, ${game.id}`,
          expected,
          found,
        })
      else if (money && row.fingerprint !== money.fingerprint)
        differences.push({
          what: 'a round is not what its transfer moved, or left another balance',
          where: `player ${row.player_id}, ${game.id}`,
          expected: `a fingerprint of ${row.fingerprint}`,
          found: money.fingerprint,
        })
    }
    for (const [playerId, money] of ledger)
      differences.push({
        what: 'the till moved value without rounds',
        where: `player ${playerId}, ${game.id}`,
        expected: '0',
        found: `${money.taken} staked, ${money.paid} paid`,
      })
  }
  return differences
}

/**
 * Compares the rounds of every configuration and day with what was added up as they were told, and what of that is still
 * on its way: an event that was lost, or seen twice, is missing or too many here. Call it in a snapshot.
 */
export async function auditDays(tx: Tx): Promise<Difference[]> {
  const unseen = await addUpUnseen(tx, {
    kind: ROUND_PLAYED,
    reaction: tallyDays.name,
    words: ['game', 'config_id'],
    numbers: ['stake', 'payout'],
  })
  const onTheirWay = new Map(unseen.map((each) => [each.group.join(' '), each]))
  const differences: Difference[] = []
  for (const row of await selectDays(tx)) {
    const key = `${row.game} ${row.config_id} ${row.day}`
    const [staked = 0n, paid = 0n] = onTheirWay.get(key)?.sums ?? []
    const rounds = row.told_rounds + (onTheirWay.get(key)?.events ?? 0n)
    onTheirWay.delete(key)
    const expected = `${row.rounds} rounds, ${row.staked} staked, ${row.paid} paid`
    const found = `${rounds} rounds, ${row.told_staked + staked} staked, ${row.told_paid + paid} paid`
    const where = `${row.game}, configuration ${row.config_id}, ${row.day}`
    if (expected !== found)
      differences.push({ what: 'rounds and what was told of them differ', where, expected, found })
  }
  for (const { group, events } of onTheirWay.values())
    differences.push({
      what: 'rounds and what was told of them differ',
      where: group.join(', '),
      expected: '0 rounds',
      found: `${events} rounds`,
    })
  return differences
}
