import { telling } from '#platform/outbox.ts'
import type { Tx } from '#platform/postgres/database.ts'
import type { Refusal } from '#vocabulary/failure.ts'
import { insufficientBalance, requestIdReused } from './contract.ts'
import { valueMoved } from './events.ts'
import { type Books, openBooks, type Transfer } from './open-books.ts'

/** What became of one transfer. `repeated`: it had been done before, with this very request. */
export type Outcome =
  | { readonly status: 'done' | 'repeated'; readonly transferId: bigint }
  | { readonly status: 'refused'; readonly refusal: Refusal }

/**
 * Moves value between players and tills, many transfers in one go; each is done or refused by itself. What is done is
 * told (`ledger.value_moved`), so that open pages look at the wallet again.
 *
 * Asking again with the same request id gives the first answer and moves nothing; with another request
 * it is refused. A refusal is remembered: the same id never succeeds later. Call it once per transaction,
 * after locking your own rows: wallets are locked last, in id order.
 *
 * Amounts are whole units of the asset. Transfers of one player are done in the order given, and need
 * different request ids.
 *
 * Refusals (as outcomes): `ledger.insufficient_balance` with `asset`, `balance`, `needed`;
 * `ledger.request_id_reused`.
 */
export async function postTransfers(tx: Tx, transfers: readonly Transfer[]): Promise<Outcome[]> {
  if (transfers.length === 0) return []
  const assets = [...new Set(transfers.flatMap((each) => each.postings.map((posting) => posting.asset)))]
  const books = await openBooks(tx, transfers, assets)
  const outcomes = transfers.map((transfer) => postOne(books, transfer))
  const moved = transfers.flatMap(({ playerId, reason, at }, place) => {
    const outcome = outcomes[place]
    return outcome?.status === 'done' ? [valueMoved(playerId, outcome.transferId, reason, at)] : []
  })
  await tx.write([...books.writes(), ...telling(moved)])
  return outcomes
}

/** The same for one transfer. @throws Refusal as `postTransfers` tells. */
export async function postTransfer(tx: Tx, transfer: Transfer): Promise<{ transferId: bigint }> {
  const [outcome] = await postTransfers(tx, [transfer])
  if (!outcome || outcome.status === 'refused') throw outcome?.refusal ?? new Error('no outcome')
  return { transferId: outcome.transferId }
}

function postOne(books: Books, transfer: Transfer): Outcome {
  const earlier = books.earlier(transfer.playerId, transfer.requestId)
  if (earlier) {
    if (!earlier.requestHash.equals(transfer.requestHash))
      return { status: 'refused', refusal: requestIdReused.with({ request_id: transfer.requestId }) }
    if (earlier.refused !== null)
      return { status: 'refused', refusal: insufficientBalance.with(earlier.refusalDetails) }
    return { status: 'repeated', transferId: earlier.id }
  }
  const posted = books.post(transfer)
  return 'missing' in posted
    ? { status: 'refused', refusal: insufficientBalance.with(posted.missing) }
    : { status: 'done', transferId: posted.transferId }
}
