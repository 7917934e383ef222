import { hotStatement, type Reads } from '#platform/postgres/database.ts'

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
