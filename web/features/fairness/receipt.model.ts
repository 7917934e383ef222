/** What a line about a receipt shows. Receipts come from anywhere, so nothing in them is believed unseen. */
export type ReceiptSummary = {
  readonly nonce: number
  readonly stake: number
  readonly win: number
  /** Of a slot; empty for other games. */
  readonly reels: readonly string[]
  /** Of a gacha; 0 for other games. */
  readonly pulls: number
  readonly isRevealed: boolean
}

type Configs = readonly { readonly config_hash: string; readonly config: object }[]

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

export function summaryOf(receipt: unknown): ReceiptSummary {
  const fields = isRecord(receipt) ? receipt : {}
  const outcome = isRecord(fields['outcome']) ? fields['outcome'] : {}
  const number = (value: unknown) => (typeof value === 'number' ? value : 0)
  const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])
  return {
    nonce: number(fields['nonce']),
    stake: number(fields['stake']),
    win: number(fields['win']),
    reels: list(outcome['reels']).filter((reel) => typeof reel === 'string'),
    pulls: list(outcome['pulls']).length,
    isRevealed: typeof fields['server_seed'] === 'string',
  }
}

/** The receipt with the table it was drawn from put back in, as it stands when it is asked for by itself. */
export function completed(receipt: Readonly<Record<string, unknown>>, configs: Configs): Record<string, unknown> {
  const found = configs.find((each) => each.config_hash === receipt['config_hash'])
  return { ...receipt, config: receipt['config'] ?? found?.config ?? null }
}

export type Pasted =
  | { readonly kind: 'receipt'; readonly receipt: unknown }
  | { readonly kind: 'empty' | 'not_json' | 'not_a_receipt' }

/** A receipt as text: by itself, or inside the reply it came in. */
export function readPasted(text: string): Pasted {
  if (text.trim() === '') return { kind: 'empty' }
  let read: unknown
  try {
    read = JSON.parse(text)
  } catch {
    return { kind: 'not_json' }
  }
  const receipt = isRecord(read) && 'receipt' in read ? read['receipt'] : read
  if (!isRecord(receipt) || !('format' in receipt)) return { kind: 'not_a_receipt' }
  return { kind: 'receipt', receipt }
}

/** A client seed nobody thought of: sixteen letters and digits that cannot be mistaken for one another. */
export function randomClientSeed(bytes: Uint8Array = crypto.getRandomValues(new Uint8Array(16))): string {
  const letters = 'abcdefghijkmnpqrstuvwxyz23456789' // 32 of them, so that no remainder is favoured
  return [...bytes].map((byte) => letters[byte % letters.length]).join('')
}

/** The form that a client seed has to have; fairness/src/stream.ts says the same. */
export function isClientSeed(text: string): boolean {
  return /^[A-Za-z0-9._-]{1,64}$/.test(text)
}

export function fileNameOf(receipt: unknown): string {
  const { nonce } = summaryOf(receipt)
  const commitment = isRecord(receipt) ? String(receipt['commitment'] ?? '').slice(0, 8) : ''
  return `casino-club-receipt-${commitment}-${nonce}.json`
}
