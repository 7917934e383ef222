import fc from 'fast-check'

/* What to send for a schema of our OpenAPI document: something right, and something wrong. */

/** The part of JSON Schema that our contracts use. Another keyword is an error here: it would go untested. */
export type JsonSchema = {
  readonly type?: string | readonly string[]
  readonly properties?: Readonly<Record<string, JsonSchema>>
  readonly required?: readonly string[]
  readonly additionalProperties?: unknown
  readonly items?: JsonSchema
  readonly anyOf?: readonly JsonSchema[]
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly pattern?: string
  readonly format?: string
  readonly minLength?: number
  readonly maxLength?: number
  readonly minimum?: number
  readonly maximum?: number
}

/** Values that mean something in the house, by the name of the field that may carry them. */
export type KnownWords = Readonly<Record<string, readonly unknown[]>>

export const nasty: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    true,
    false,
    '',
    ' ',
    '\u0000',
    'a\u0000b',
    '\ud800',
    '\udfff\ud800',
    '\u202eevil',
    'e\u0301',
    '한글',
    '🍒',
    '0x10',
    '1e3',
    '١٢٣',
    "'; drop table accounts_player; --",
    "' or '1'='1",
    '{{7*7}}<%= 7 * 7 %>',
    '<script>alert(1)</script>',
    '../../../../etc/passwd',
    'http://127.0.0.1:1/',
    '\r\nset-cookie: a=b',
    '9'.repeat(400),
    'a'.repeat(5_000),
    0,
    -0,
    -1,
    0.5,
    1e21,
    -1e308,
    2 ** 31,
    2 ** 53,
    2 ** 63,
    Number.MAX_SAFE_INTEGER,
    Number.MIN_SAFE_INTEGER,
    [],
    [[]],
    {},
    { $ne: null },
    { toString: 1 },
    { length: 5 },
  ),
  fc.anything({ maxDepth: 2, maxKeys: 4 }),
  fc.string({ unit: 'binary', maxLength: 80 }),
  fc.string({ unit: 'grapheme', maxLength: 80 }),
  fc.double(),
  fc.integer(),
)

/** A value that the schema allows. Patterns and formats are kept, so it gets as far as the rules. */
export function rightValue(schema: JsonSchema, known: KnownWords, name = ''): fc.Arbitrary<unknown> {
  const words = known[name]
  const made = madeFor(schema, known)
  return words === undefined ? made : fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...words) }, made)
}

function madeFor(schema: JsonSchema, known: KnownWords): fc.Arbitrary<unknown> {
  if (schema.const !== undefined) return fc.constant(schema.const)
  if (schema.enum) return fc.constantFrom(...schema.enum)
  if (schema.anyOf) return fc.oneof(...schema.anyOf.map((each) => madeFor(each, known)))
  switch (schema.type) {
    case 'null':
      return fc.constant(null)
    case 'boolean':
      return fc.boolean()
    case 'integer': {
      const [min, max] = [schema.minimum ?? -(2 ** 53 - 1), schema.maximum ?? 2 ** 53 - 1]
      const small = fc.integer({ min: Math.max(min, 0), max: Math.max(Math.max(min, 0), Math.min(max, 1_100)) })
      return fc.oneof(
        { weight: 4, arbitrary: small },
        fc.maxSafeInteger().filter((each) => each >= min && each <= max),
      )
    }
    case 'string':
      return text(schema)
    case 'array':
      return fc.array(rightValue(schema.items ?? {}, known), { maxLength: 5 })
    case 'object': {
      const { properties = {}, required = [] } = schema
      const fields = Object.entries(properties).map(([field, each]) => [field, rightValue(each, known, field)] as const)
      return fc.record(Object.fromEntries(fields), { requiredKeys: [...required] })
    }
    default:
      return fc.jsonValue({ maxDepth: 2 })
  }
}

function text({ pattern, format, minLength = 0, maxLength = 64 }: JsonSchema): fc.Arbitrary<string> {
  if (pattern !== undefined) return fc.stringMatching(new RegExp(pattern))
  if (format === 'date-time')
    return fc.date({ min: new Date(0), max: new Date('2100-01-01'), noInvalidDate: true }).map((at) => at.toISOString())
  if (format === 'date')
    return fc
      .date({ min: new Date('1900-01-01'), max: new Date('2030-01-01'), noInvalidDate: true })
      .map((at) => at.toISOString().slice(0, 10))
  const length = { minLength, maxLength: Math.min(maxLength, 40) }
  return fc.oneof(fc.string({ ...length, unit: 'grapheme-ascii' }), fc.string({ ...length, unit: 'grapheme' }))
}

/** A right value with one thing wrong in it, or something else altogether. */
export function wrongValue(schema: JsonSchema, known: KnownWords): fc.Arbitrary<unknown> {
  const right = rightValue(schema, known)
  const fields = Object.keys(schema.properties ?? {})
  const damaged = fc
    .tuple(right, fc.nat(), nasty, fc.constantFrom('replace', 'drop', 'add', 'wrap'))
    .map(([value, at, other, damage]) => {
      if (typeof value !== 'object' || value === null || fields.length === 0) return other
      const field = fields[at % fields.length] ?? ''
      if (damage === 'replace') return { ...value, [field]: other }
      if (damage === 'drop') return Object.fromEntries(Object.entries(value).filter(([key]) => key !== field))
      if (damage === 'add') return { ...value, [`x${at % 9}`]: other }
      return [value]
    })
  return fc.oneof({ weight: 4, arbitrary: damaged }, nasty)
}
