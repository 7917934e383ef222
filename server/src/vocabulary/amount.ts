/** What the club keeps books in. Whole units only. */
export type Asset = 'token' | 'gem'

export const ASSETS: readonly Asset[] = ['token', 'gem']

/** The largest amount that JSON carries exactly (2^53 − 1). More is refused, never rounded. */
export const LARGEST_AMOUNT = BigInt(Number.MAX_SAFE_INTEGER)
