import type { SlotConfig } from '@casino-club/fairness/slot.config.ts'
import type pg from 'pg'
import type { Account } from '#tests/crash/journal.ts'
import type { Json } from '#tests/crash/json.ts'

/* What the checks look at: the driver's journal on one side, the rows of the database on the other. */

export type TransferRow = {
  readonly id: bigint
  readonly player_id: bigint
  readonly request_id: string
  readonly reason: string
  readonly refused: string | null
}
export type PostingRow = {
  readonly transfer_id: bigint
  readonly is_out: boolean
  readonly amount: bigint
  readonly number: bigint
  readonly balance_after: bigint
}
export type RoundRow = {
  readonly id: bigint
  readonly player_id: bigint
  readonly game: string
  readonly stake: bigint
  readonly payout: bigint
  readonly balance_after: bigint
  readonly outcome: Json
  readonly pair_id: bigint | null
  readonly nonce: bigint | null
}
export type StateRow = {
  readonly player_id: bigint
  readonly game: string
  readonly state: Json
  readonly rounds: bigint
  readonly best_streak: bigint
}
export type EventRow = {
  readonly id: bigint
  readonly player_id: bigint
  readonly kind: string
  readonly payload: Json
  readonly is_handled: boolean
}
export type DailyRow = { readonly rounds: bigint; readonly staked: bigint; readonly paid: bigint }

export type PersonRow = {
  readonly site_id: string
  readonly wallets: bigint
  readonly gifts: bigint
  readonly told: bigint
}
/** A pair of seeds, current or revealed. Oldest first, player by player. */
export type PairRow = {
  readonly player_id: bigint
  readonly id: bigint
  readonly commitment: string
  readonly client_seed: string
  readonly rounds: bigint
  /** Of the pair that follows; null once that is there. */
  readonly next_commitment: string | null
  /** Null until revealed. */
  readonly server_seed: string | null
}
export type InventoryRow = { readonly player_id: bigint; readonly item: string }
export type StockRow = { readonly item: string; readonly taken: bigint; readonly pieces: bigint }
export type InviteRow = { readonly id: bigint; readonly uses: bigint; readonly players: bigint }

export type Evidence = {
  readonly accounts: readonly Account[]
  readonly slot: SlotConfig
  readonly transfers: readonly TransferRow[]
  readonly postings: ReadonlyMap<bigint, readonly PostingRow[]>
  readonly rounds: readonly RoundRow[]
  readonly states: readonly StateRow[]
  readonly events: readonly EventRow[]
  readonly deliveries: number
  readonly days: readonly DailyRow[]
  readonly people: readonly PersonRow[]
  readonly invites: readonly InviteRow[]
  readonly pairs: readonly PairRow[]
  readonly inventory: readonly InventoryRow[]
  readonly stock: readonly StockRow[]
}

/** Reads everything in one snapshot. */
export async function gatherEvidence(pool: pg.Pool, known: Pick<Evidence, 'accounts' | 'slot'>): Promise<Evidence> {
  const client = await pool.connect()
  const rows = async <Row extends pg.QueryResultRow>(sql: string): Promise<Row[]> => (await client.query<Row>(sql)).rows
  try {
    await client.query('begin isolation level repeatable read read only')
    const transfers = await rows<TransferRow>('select id, player_id, request_id, reason, refused from ledger_transfer')
    const postings = new Map<bigint, PostingRow[]>()
    for (const posting of await rows<PostingRow>(
      'select transfer_id, to_account < 1000 as is_out, amount, number, balance_after from ledger_posting order by number',
    )) {
      const ofTransfer = postings.get(posting.transfer_id)
      if (ofTransfer) ofTransfer.push(posting)
      else postings.set(posting.transfer_id, [posting])
    }
    const rounds = await rows<RoundRow>(
      'select id, player_id, game, stake, payout, balance_after, outcome, pair_id, nonce from rounds_round order by player_id, id',
    )
    const states = await rows<StateRow>('select player_id, game, state, rounds, best_streak from rounds_state')
    const events = await rows<EventRow>(
      'select id, player_id, kind, payload, handled_at is not null as is_handled from outbox_event order by id',
    )
    const deliveries = (await rows('select from outbox_delivery')).length
    const days = await rows<DailyRow>('select rounds, staked, paid from rounds_daily')
    const people = await rows<PersonRow>(
      `select p.site_id,
              (select count(*) from ledger_account a where a.player_id = p.id) as wallets,
              (select count(*) from ledger_transfer t
                where t.player_id = p.id and t.reason = 'accounts.start_balance') as gifts,
              (select count(*) from outbox_event e where e.player_id = p.id and e.kind = 'accounts.signed_up') as told
         from accounts_player p`,
    )
    const invites = await rows<InviteRow>(
      `select i.id, i.uses::bigint as uses, (select count(*) from accounts_player p where p.invite_id = i.id) as players
         from accounts_invite i`,
    )
    const pairs = await rows<PairRow>(
      `select player_id, id, encode(commitment, 'hex') as commitment, client_seed, next_nonce as rounds,
              encode(next_commitment, 'hex') as next_commitment, null as server_seed
         from seeds_pair
        union all
       select player_id, id, encode(commitment, 'hex'), client_seed, rounds, null, encode(server_seed, 'hex')
         from seeds_revealed
        order by player_id, id`,
    )
    const inventory = await rows<InventoryRow>('select player_id, item from inventory_item')
    const stock = await rows<StockRow>('select item, taken, pieces from gacha_stock')
    await client.query('commit')
    return {
      ...known,
      transfers,
      postings,
      rounds,
      states,
      events,
      deliveries,
      days,
      people,
      invites,
      pairs,
      inventory,
      stock,
    }
  } finally {
    client.release()
  }
}
