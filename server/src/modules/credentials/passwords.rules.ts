/*
 * Which passwords will do. No rules of composition and no expiry: length, and not being among the first
 * that anybody would try.
 */

export const SHORTEST = 8
export const LONGEST = 128

export type PasswordWeakness = 'too_short' | 'too_long' | 'common' | 'contains_name'

/** The form that is hashed and compared: one text, one sequence of bytes, on every keyboard. */
export function normalisePassword(password: string): string {
  return password.normalize('NFC')
}

/**
 * What is wrong with a password, or null. Lengths count characters as people do: one Hangul syllable is one.
 *
 * @param names what its owner is called: a password with one of these in it is the first to be tried.
 */
export function judgePassword(
  password: string,
  names: readonly string[],
  isCommon: (password: string) => boolean,
): PasswordWeakness | null {
  const text = normalisePassword(password)
  const length = [...text].length
  if (length < SHORTEST) return 'too_short'
  if (length > LONGEST) return 'too_long'
  const folded = text.toLowerCase()
  const isNamed = names
    .map((name) => name.normalize('NFC').toLowerCase())
    .some((name) => [...name].length >= 3 && folded.includes(name))
  if (isNamed) return 'contains_name'
  if (isPattern(folded) || isCommon(folded)) return 'common'
  return null
}

/** `aaaaaaaa`, `abcabcabc`, `12345678`, `98765432`, `가가가가가가가가`. */
function isPattern(text: string): boolean {
  const points = [...text].map((each) => each.codePointAt(0) ?? 0)
  for (let period = 1; period <= 4; period++)
    if (points.every((point, at) => at < period || point === points[at - period])) return true
  return [1, -1].some((step) => points.every((point, at) => at === 0 || point - (points[at - 1] ?? 0) === step))
}
