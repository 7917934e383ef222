import { type HistoryProblem, verifyHistory } from './verify-history.ts'
import type { Verification } from './verify-receipt.ts'

/**
 * What `GET /api/fairness/receipts` gives: rounds newest first, each configuration once. Several pages after each other
 * are an export as well; it is whole when the last one has no cursor.
 */
export type ExportPage = {
  readonly items: readonly { readonly receipt: object }[]
  readonly configs: readonly { readonly config_hash: string; readonly config: object }[]
  readonly next_cursor: string | null
}

/** The pages in a document: one page, or a list of them. Undefined when it is neither. */
export function pagesIn(content: unknown): ExportPage[] | undefined {
  const pages = Array.isArray(content) ? content : [content]
  return pages.length > 0 && pages.every(isPage) ? pages : undefined
}

/**
 * Checks all of a player's rounds: each pair of seeds as a history of its own (`verify-history.ts`). In a whole export
 * every pair has to begin with its first round; a part may begin and end anywhere. Positions count the rounds from the
 * oldest, from 0.
 */
export function verifyExport(pages: readonly ExportPage[]): ReturnType<typeof verifyHistory> {
  const configs = new Map(pages.flatMap((page) => page.configs.map((each) => [each.config_hash, each.config] as const)))
  const receipts = pages
    .flatMap((page) => page.items.map(({ receipt }) => receipt))
    .reverse()
    .map((receipt, position) => ({ position, receipt: withConfig(receipt, configs) }))
  const isWhole = pages.at(-1)?.next_cursor === null
  const verifications: Verification[] = []
  const problems: HistoryProblem[] = []
  const pairs = new Map<string, typeof receipts>()
  for (const each of receipts) {
    const commitment = textIn(each.receipt, 'commitment')
    const known = pairs.get(commitment)
    if (known) known.push(each)
    else pairs.set(commitment, [each])
  }
  for (const ofPair of pairs.values()) {
    const history = verifyHistory(ofPair.map(({ receipt }) => receipt))
    ofPair.forEach(({ position }, at) => {
      const verification = history.verifications[at]
      if (verification) verifications[position] = verification
    })
    problems.push(
      ...history.problems.map(({ position, what }) => ({ position: ofPair[position]?.position ?? 0, what })),
    )
    const [first] = ofPair
    if (isWhole && first && first.receipt['nonce'] !== 0)
      problems.push({
        position: first.position,
        what: `the first round of these seeds has nonce ${textIn(first.receipt, 'nonce')}`,
      })
  }
  const ok = problems.length === 0 && verifications.every(({ verdict }) => verdict === 'verified')
  return { ok, verifications, problems }
}

function withConfig(receipt: object, configs: ReadonlyMap<string, object>): Readonly<Record<string, unknown>> {
  const fields: Readonly<Record<string, unknown>> = { ...receipt }
  return { ...fields, config: fields['config'] ?? configs.get(textIn(fields, 'config_hash')) ?? null }
}

/** A field of a stranger's document, if it can be said in a word: an object may have a `toString` that is none. */
function textIn(fields: Readonly<Record<string, unknown>>, name: string): string {
  const value = fields[name]
  return typeof value === 'string' || typeof value === 'number' ? String(value) : ''
}

function isPage(page: unknown): page is ExportPage {
  if (typeof page !== 'object' || page === null) return false
  const { items, configs, next_cursor: cursor } = page as Partial<ExportPage>
  return (
    Array.isArray(items) &&
    items.every((each) => typeof each?.receipt === 'object' && each.receipt !== null) &&
    Array.isArray(configs) &&
    configs.every((each) => typeof each?.config_hash === 'string' && typeof each.config === 'object') &&
    (cursor === null || typeof cursor === 'string')
  )
}
