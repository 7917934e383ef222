/**
 * The shape of a published document as data, so that the same few lines check slots, banners and receipts and
 * every complaint reads alike. Only whole numbers exist here: a document with a fraction cannot be published.
 */
export type Shape =
  | { readonly is: 'whole'; readonly from: number; readonly to: number }
  | { readonly is: 'text'; readonly pattern: RegExp; readonly example: string }
  | { readonly is: 'truth' }
  | { readonly is: 'anything' }
  | { readonly is: 'exactly'; readonly value: string | number | null }
  | { readonly is: 'list'; readonly of: Shape; readonly atLeast: number; readonly atMost: number }
  | { readonly is: 'object'; readonly fields: Readonly<Record<string, Shape>> }
  | { readonly is: 'either'; readonly of: readonly Shape[] }

export const whole = (from: number, to: number): Shape => ({ is: 'whole', from, to })
export const text = (pattern: RegExp, example: string): Shape => ({ is: 'text', pattern, example })
export const exactly = (value: string | number | null): Shape => ({ is: 'exactly', value })
export const listOf = (of: Shape, atLeast: number, atMost: number): Shape => ({ is: 'list', of, atLeast, atMost })
export const object = (fields: Readonly<Record<string, Shape>>): Shape => ({ is: 'object', fields })
export const either = (...of: readonly Shape[]): Shape => ({ is: 'either', of })

/** Lower-case words joined by hyphens: ids of symbols, items and configurations. */
export const idText = text(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'lower-case-words')
/** Anything a person reads: not empty, no control characters, at most 80 characters. */
export const nameText = text(/^[^\p{C}]{1,80}$/u, 'a short name')

/** Every way in which `value` differs from the shape, each with the path to the place; empty when it fits. */
export function complaints(shape: Shape, value: unknown, path: string): string[] {
  switch (shape.is) {
    case 'whole':
      return typeof value === 'number' && Number.isSafeInteger(value) && value >= shape.from && value <= shape.to
        ? []
        : [`${path}: must be a whole number from ${shape.from} to ${shape.to}, is ${shown(value)}`]
    case 'text':
      return typeof value === 'string' && shape.pattern.test(value) && value.isWellFormed()
        ? []
        : [`${path}: must be text like "${shape.example}", is ${shown(value)}`]
    case 'truth':
      return typeof value === 'boolean' ? [] : [`${path}: must be true or false, is ${shown(value)}`]
    case 'anything':
      return []
    case 'exactly':
      return value === shape.value ? [] : [`${path}: must be ${shown(shape.value)}, is ${shown(value)}`]
    case 'list':
      return complaintsAboutList(shape, value, path)
    case 'object':
      return complaintsAboutObject(shape.fields, value, path)
    case 'either':
      return complaintsAboutChoice(shape.of, value, path)
  }
}

function complaintsAboutList(shape: Extract<Shape, { is: 'list' }>, value: unknown, path: string): string[] {
  if (!Array.isArray(value)) return [`${path}: must be a list, is ${shown(value)}`]
  if (value.length < shape.atLeast || value.length > shape.atMost) {
    return [`${path}: must have ${shape.atLeast} to ${shape.atMost} entries, has ${value.length}`]
  }
  return value.flatMap((each: unknown, index) => complaints(shape.of, each, `${path}.${index}`))
}

function complaintsAboutObject(fields: Readonly<Record<string, Shape>>, value: unknown, path: string): string[] {
  if (!isPlainObject(value)) return [`${path}: must be an object, is ${shown(value)}`]
  const missing = Object.keys(fields).filter((name) => !Object.hasOwn(value, name))
  const unknown = Object.keys(value).filter((name) => !Object.hasOwn(fields, name))
  return [
    ...missing.map((name) => `${path}.${name}: is missing`),
    ...unknown.map((name) => `${path}.${name}: is not part of this document`),
    ...Object.entries(fields)
      .filter(([name]) => Object.hasOwn(value, name))
      .flatMap(([name, shape]) => complaints(shape, value[name], `${path}.${name}`)),
  ]
}

/** The complaints of the alternative that comes closest, so that one wrong field is not reported as ten. */
function complaintsAboutChoice(alternatives: readonly Shape[], value: unknown, path: string): string[] {
  const [first = [], ...others] = alternatives.map((each) => complaints(each, value, path))
  return others.reduce((best, each) => (each.length < best.length ? each : best), first)
}

function isPlainObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function shown(value: unknown): string {
  const json = typeof value === 'bigint' ? `${value}n` : written(value)
  return json.length > 60 ? `${json.slice(0, 57)}…` : json
}

/** A stranger's document may be nested deeper than can be written out again, although it could be read. */
function written(value: unknown): string {
  try {
    return JSON.stringify(value) ?? String(value)
  } catch {
    return Array.isArray(value) ? '[…]' : '{…}'
  }
}
