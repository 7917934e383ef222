import type { Rank } from '#modules/sessions/sessions.rules.ts'

/** Crockford's alphabet: no I, L, O or U to be misread. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

export const CODE_BYTES = 10

/** 80 random bits as `7K2M-Q9TX-0B4F-WZ6N`. */
export function codeFrom(bytes: Uint8Array): string {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('')
  const letters = (bits.match(/.{5}/g) ?? []).map((five) => ALPHABET[Number.parseInt(five, 2)] ?? '')
  return (letters.join('').match(/.{4}/g) ?? []).join('-')
}

/** However it is typed: case, spaces and dashes do not matter, and O is 0, I and L are 1. */
export function foldedCode(code: string): string {
  return code.normalize('NFKC').toUpperCase().replaceAll(/[\s-]/g, '').replaceAll('O', '0').replaceAll(/[IL]/g, '1')
}

export type Invite = {
  readonly id: bigint
  readonly code: string
  readonly is_drawn: boolean
  readonly campaign: string | null
  readonly rank: Rank
  readonly max_uses: number | null
  readonly uses: number
  readonly expires_at: Date | null
  readonly disabled_at: Date | null
  readonly created_at: Date
}

export type InviteProblem = 'unknown' | 'expired' | 'used_up' | 'disabled'

/** Why an invitation does not let anybody in now, or null. In production a code that somebody chose is none. */
export function inviteProblem(invite: Invite | undefined, now: Date, isProduction: boolean): InviteProblem | null {
  if (!invite || (isProduction && !invite.is_drawn)) return 'unknown'
  if (invite.disabled_at !== null) return 'disabled'
  if (invite.expires_at !== null && invite.expires_at <= now) return 'expired'
  if (remainingUses(invite) === 0) return 'used_up'
  return null
}

/** Null: as many as like. */
export function remainingUses({ max_uses, uses }: Pick<Invite, 'max_uses' | 'uses'>): number | null {
  return max_uses === null ? null : Math.max(0, max_uses - uses)
}
