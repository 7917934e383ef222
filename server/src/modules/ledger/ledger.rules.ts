import type { Asset } from '#vocabulary/amount.ts'
import { LARGEST_AMOUNT } from '#vocabulary/amount.ts'
import { Bug } from '#vocabulary/failure.ts'

/*
 * The arithmetic of the books, on pictures of locked wallets. No tables here.
 */

/** The tills of the house: each module pays from its own. Their account ids are fixed by migration. */
export const TILLS = {
  accounts: { token: 1n, gem: 2n },
  slot: { token: 3n },
  operator: { token: 4n, gem: 5n },
  gacha: { token: 6n },
} as const satisfies Record<string, Partial<Record<Asset, bigint>>>

export type Till = keyof typeof TILLS

/** From a player to a till or from a till to a player, never anything else. Amounts are whole and positive. */
export type Posting =
  | { readonly from: 'player'; readonly to: Till; readonly asset: Asset; readonly amount: bigint }
  | { readonly from: Till; readonly to: 'player'; readonly asset: Asset; readonly amount: bigint }

/** A wallet as it was when it was locked, and as the postings decided since leave it. */
export type Wallet = {
  readonly id: bigint
  readonly playerId: bigint
  readonly asset: Asset
  readonly balanceBefore: bigint
  readonly entriesBefore: bigint
  balance: bigint
  entries: bigint
}

/** A posting as it will be written. */
export type Entry = {
  readonly from: bigint
  readonly to: bigint
  readonly amount: bigint
  readonly number: bigint
  readonly balanceAfter: bigint
}

export type Shortfall = { readonly asset: Asset; readonly balance: bigint; readonly needed: bigint }

/**
 * Applies the postings of one transfer in order: all of them, or none and what is missing.
 *
 * The wallets are changed only when the whole transfer holds.
 */
export function apply(
  postings: readonly Posting[],
  walletOf: (asset: Asset) => Wallet,
): { readonly entries: Entry[] } | { readonly missing: Shortfall } {
  const entries: Entry[] = []
  const after = new Map<Wallet, { balance: bigint; entries: bigint }>()
  for (const posting of postings) {
    if (posting.amount <= 0n) throw new Bug(`a posting moves ${posting.amount}`)
    const wallet = walletOf(posting.asset)
    const now = after.get(wallet) ?? { balance: wallet.balance, entries: wallet.entries }
    const balance = posting.from === 'player' ? now.balance - posting.amount : now.balance + posting.amount
    if (balance < 0n) return { missing: { asset: posting.asset, balance: now.balance, needed: posting.amount } }
    if (balance > LARGEST_AMOUNT) throw new Bug(`wallet ${wallet.id} would hold ${balance}, more than JSON carries`)
    const next = { balance, entries: now.entries + 1n }
    after.set(wallet, next)
    entries.push({
      from: posting.from === 'player' ? wallet.id : tillId(posting.from, posting.asset),
      to: posting.to === 'player' ? wallet.id : tillId(posting.to, posting.asset),
      amount: posting.amount,
      number: next.entries,
      balanceAfter: balance,
    })
  }
  for (const [wallet, { balance, entries: count }] of after) {
    wallet.balance = balance
    wallet.entries = count
  }
  return { entries }
}

function tillId(till: Till, asset: Asset): bigint {
  const ids: Partial<Record<Asset, bigint>> = TILLS[till]
  const id = ids[asset]
  if (id === undefined) throw new Bug(`till ${till} holds no ${asset}`)
  return id
}
