import type { Tx, Write } from '#platform/postgres/database.ts'
import type { Asset } from '#vocabulary/amount.ts'
import { Bug, type RefusalDetails, type RefusalKind } from '#vocabulary/failure.ts'
import { insufficientBalance } from './contract.ts'
import { apply, type Entry, type Posting, type Shortfall, type Wallet } from './ledger.rules.ts'
import {
  askTransfers,
  insertPostings,
  insertTransfers,
  lockWallets,
  type PostingRow,
  type TransferRow,
  updateWallets,
} from './ledger.sql.ts'

/** A movement of value that somebody asks for. The request id is that player's, and names it for ever. */
export type Transfer = {
  readonly playerId: bigint
  readonly requestId: string
  readonly requestHash: Buffer
  /** `module.what_for`, shown in the statement. */
  readonly reason: string
  readonly postings: readonly Posting[]
  readonly at: Date
}

/** What became of a transfer that was asked for before. */
export type EarlierTransfer = {
  readonly id: bigint
  readonly requestHash: Buffer
  readonly refused: string | null
  readonly refusalDetails: RefusalDetails
}

type Request = Pick<Transfer, 'playerId' | 'requestId'>

/** A wallet as somebody found or left it. */
export type KnownWallet = {
  readonly id: bigint
  readonly playerId: bigint
  readonly asset: Asset
  readonly balance: bigint
  readonly entries: bigint
}

/**
 * What is not looked for: requests that nobody should have made before, wallets as they should still be, and a number
 * per request (`takeTransferIds`). When any of that turns out to be otherwise, `writes()` fail in the database.
 */
export type RecalledBooks = {
  readonly requests: readonly Request[]
  readonly wallets: readonly KnownWallet[]
  readonly ids: readonly bigint[]
}

const NOTHING_RECALLED: RecalledBooks = { requests: [], wallets: [], ids: [] }

export type Posted = { readonly transferId: bigint; readonly balanceAfter: bigint } | { readonly missing: Shortfall }

/**
 * The books, opened on the wallets of some players: locked, looked at, written to in memory, and put down
 * by the three statements of `writes()` however many transfers there were. This is the only way value moves.
 */
export type Books = {
  /** What this request was, when it has been asked for before. */
  readonly earlier: (playerId: bigint, requestId: string) => EarlierTransfer | undefined
  readonly balance: (playerId: bigint, asset: Asset) => bigint
  /** A wallet as the transfers posted so far leave it. */
  readonly wallet: (playerId: bigint, asset: Asset) => KnownWallet
  /**
   * Does the transfer, or remembers for ever that there was not enough.
   *
   * @throws Bug when the request has been asked for before: look at `earlier` first.
   */
  readonly post: (transfer: Transfer) => Posted
  /** Remembers for ever that this request was refused. */
  readonly refuse: (transfer: Omit<Transfer, 'postings'>, kind: RefusalKind, details: RefusalDetails) => void
  /** The number the transfer of this request has, or will have. */
  readonly transferId: (playerId: bigint, requestId: string) => bigint
  /** What is to be written, once, in the transaction the books were opened in. Nothing has moved before. */
  readonly writes: () => Write[]
}

/**
 * Locks the wallets of these players, then looks for earlier transfers of these requests.
 *
 * Lock your own rows first: wallets come last, and in one order everywhere. One request per player.
 *
 * @param recalled players and requests that are not looked for (decision 0046).
 */
export async function openBooks(
  tx: Tx,
  requests: readonly Request[],
  assets: readonly Asset[],
  recalled: RecalledBooks = NOTHING_RECALLED,
): Promise<Books> {
  const playerIds = requests.map((each) => each.playerId)
  // Sent together; the second is run after the first holds its locks, on a snapshot of its own.
  const [walletRows, askedRows] =
    requests.length > 0 ? await Promise.all([lockWallets(tx, playerIds, assets), askTransfers(tx, requests)]) : [[], []]

  const wallets = new Map<Asset, Map<bigint, Wallet>>()
  const open = (wallet: KnownWallet): void => {
    const ofAsset = wallets.get(wallet.asset) ?? new Map<bigint, Wallet>()
    wallets.set(wallet.asset, ofAsset.set(wallet.playerId, walletBefore(wallet)))
  }
  for (const { id, player_id: playerId, asset, balance, entries } of walletRows)
    open({ id, playerId, asset, balance, entries })
  for (const wallet of recalled.wallets) open(wallet)
  const asked = new Map<string, { newId: bigint; earlier: EarlierTransfer | undefined }>()
  for (const row of askedRows) {
    const request = requests[Number(row.at) - 1]
    if (!request) throw new Bug('an answer to a question nobody asked')
    const earlier =
      row.id !== null && row.request_hash !== null
        ? { id: row.id, requestHash: row.request_hash, refused: row.refused, refusalDetails: row.refusal_details ?? {} }
        : undefined
    asked.set(`${request.playerId} ${request.requestId}`, { newId: row.new_id, earlier })
  }
  for (const [at, { playerId, requestId }] of recalled.requests.entries()) {
    const newId = recalled.ids[at]
    if (newId === undefined) throw new Bug('a recalled request has no number')
    asked.set(`${playerId} ${requestId}`, { newId, earlier: undefined })
  }

  const transfers: TransferRow[] = []
  const postings: PostingRow[] = []
  const used = new Set<bigint>()

  const walletOf = (playerId: bigint, asset: Asset): Wallet => {
    const wallet = wallets.get(asset)?.get(playerId)
    if (!wallet) throw new Bug(`player ${playerId} has no ${asset} wallet among the locked ones`)
    return wallet
  }
  const requestOf = (playerId: bigint, requestId: string) => {
    const known = asked.get(`${playerId} ${requestId}`)
    if (!known) throw new Bug(`request ${requestId} is not among those asked for`)
    return known
  }
  const enter = (
    transfer: Omit<Transfer, 'postings'>,
    refused: string | null,
    details: RefusalDetails | null,
  ): bigint => {
    const { newId, earlier } = requestOf(transfer.playerId, transfer.requestId)
    if (earlier || used.has(newId)) throw new Bug(`request ${transfer.requestId} has been answered already`)
    used.add(newId)
    const { playerId, requestId, requestHash, reason, at } = transfer
    const refusalDetails = details === null ? null : plain(details)
    transfers.push({ id: newId, playerId, requestId, requestHash, reason, at, refused, refusalDetails })
    return newId
  }

  return {
    earlier: (playerId, requestId) => requestOf(playerId, requestId).earlier,
    transferId: (playerId, requestId) => requestOf(playerId, requestId).newId,
    balance: (playerId, asset) => walletOf(playerId, asset).balance,
    wallet: (playerId, asset) => {
      const { id, balance, entries } = walletOf(playerId, asset)
      return { id, playerId, asset, balance, entries }
    },
    post: (transfer) => {
      const result = apply(transfer.postings, (asset) => walletOf(transfer.playerId, asset))
      if ('missing' in result) {
        enter(transfer, insufficientBalance.code, { ...result.missing })
        return result
      }
      const transferId = enter(transfer, null, null)
      postings.push(...result.entries.map((entry: Entry) => ({ transferId, ...entry })))
      return { transferId, balanceAfter: result.entries.at(-1)?.balanceAfter ?? 0n }
    },
    refuse: (transfer, kind, details) => void enter(transfer, kind.code, details),
    writes: () => {
      const all = [...wallets.values()].flatMap((ofAsset) => [...ofAsset.values()])
      const changed = all.filter((wallet) => wallet.entries !== wallet.entriesBefore)
      // Those that were recalled are locked only now: in id order, as everywhere.
      if (recalled.wallets.length > 0) changed.sort((one, other) => (one.id < other.id ? -1 : 1))
      return [
        ...(transfers.length > 0 ? [insertTransfers(transfers)] : []),
        ...(postings.length > 0 ? [insertPostings(postings)] : []),
        ...(changed.length > 0 ? [updateWallets(changed)] : []),
      ]
    },
  }
}

function walletBefore(wallet: KnownWallet): Wallet {
  return { ...wallet, balanceBefore: wallet.balance, entriesBefore: wallet.entries }
}

function plain(details: RefusalDetails): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(details).map(([name, value]) => [name, typeof value === 'bigint' ? Number(value) : value]),
  )
}
