/** Where something stands in a document. */
export type Path = readonly (string | number)[]

/** Every place in a document, the containers included. */
export function placesOf(value: unknown, path: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [path]
  const inside = Object.entries(value).flatMap(([key, each]) => placesOf(each, [...path, key]))
  return path.length === 0 ? inside : [path, ...inside]
}

export function changedAt(document: unknown, path: Path, change: (value: unknown) => unknown): unknown {
  const [key, ...rest] = path
  if (key === undefined) return change(document)
  const copy: Record<string, unknown> | unknown[] = Array.isArray(document)
    ? [...document]
    : { ...(document as object) }
  const holder = copy as Record<string, unknown>
  holder[String(key)] = changedAt(holder[String(key)], rest, change)
  return copy
}

/** Another value of the same kind, so that it is not the shape alone that gives the change away. */
export function otherThan(value: unknown, luck: number): unknown {
  if (typeof value === 'boolean') return !value
  if (value === null) return 'cherry'
  if (typeof value === 'number') return luck % 2 === 0 || value === 0 ? value + 1 + (luck % 7) : value - 1
  if (typeof value === 'string') return otherText(value, luck)
  if (Array.isArray(value)) return value.length > 1 && luck % 2 === 0 ? value.slice(0, -1) : [...value, value[0]]
  return {}
}

function otherText(value: string, luck: number): string {
  const words = [
    ['legendary', 'epic', 'rare', 'common', 'near_miss_epic', 'near_miss_legendary'],
    ['normal', 'near_miss', 'pity', 'epic', 'legendary'],
    ['cherry', 'lemon', 'orange', 'grape', 'diamond', 'seven'],
    ['triple', 'adjacent_pair', 'none'],
  ]
  const family = words.find((each) => each.includes(value))?.filter((each) => each !== value)
  if (family) return family[luck % family.length] ?? ''
  const at = luck % Math.max(value.length, 1)
  return value.slice(0, at) + (value[at] === '0' ? '1' : '0') + value.slice(at + 1)
}
