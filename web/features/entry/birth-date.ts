/** `19950421` while it is typed becomes `1995-04-21`. */
export function hyphenated(typed: string): string {
  const digits = typed.replace(/\D/g, '').slice(0, 8)
  return [digits.slice(0, 4), digits.slice(4, 6), digits.slice(6, 8)].filter((part) => part !== '').join('-')
}

/** Whether it is a day that has been, written `YYYY-MM-DD`; 30 February is none. */
export function isBirthDate(text: string, today: Date): boolean {
  if (!/^(19|20)\d\d-\d\d-\d\d$/.test(text)) return false
  const date = new Date(`${text}T00:00:00Z`)
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text) && date < today
}
