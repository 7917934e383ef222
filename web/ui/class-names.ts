/** Joins what is there. Conflicting Tailwind classes are the caller's mistake, not this function's to mend. */
export function classNames(...parts: readonly (string | false | null | undefined)[]): string {
  return parts.filter(Boolean).join(' ')
}
