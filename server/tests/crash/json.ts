/** JSON as it came over the wire or out of the journal: to be asked, never trusted to have a shape. */
export type Json = Readonly<Record<string, unknown>>

export function asJson(value: unknown): Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : {}
}

export function itemsOf(body: Json): Json[] {
  const { items } = body
  return Array.isArray(items) ? items.map(asJson) : []
}

/** NaN where there is no number, which equals nothing. */
export function numberAt(body: Json, name: string): number {
  const value = body[name]
  return typeof value === 'number' ? value : Number.NaN
}

export function textAt(body: Json, name: string): string {
  const value = body[name]
  return typeof value === 'string' ? value : ''
}

/** The same text for equal JSON, whatever the order of the members. */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  )
}
