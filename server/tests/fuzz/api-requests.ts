import fc from 'fast-check'
import { type JsonSchema, type KnownWords, nasty, rightValue, wrongValue } from '#tests/fuzz/json-arbitraries.ts'

/* Requests made up from our own OpenAPI document: for every operation, by everybody, right and wrong. */

export type Parameter = {
  readonly name: string
  readonly in: 'path' | 'query' | 'header' | 'cookie'
  readonly required?: boolean
  readonly schema: JsonSchema
}

export type Operation = {
  readonly method: string
  readonly path: string
  readonly guard: string
  readonly parameters: readonly Parameter[]
  readonly body: JsonSchema | undefined
  /** By status: what the document says may come back. */
  readonly responses: Readonly<Record<string, DocumentedResponse>>
}

export type DocumentedResponse = {
  readonly description: string
  readonly content?: Readonly<Record<string, { readonly schema: object }>>
}

export const CALLERS = ['nobody', 'ann', 'ben', 'vip', 'operator', 'enrolling', 'ended', 'forged'] as const
export type CallerName = (typeof CALLERS)[number]

export type FuzzRequest = {
  readonly operation: Operation
  readonly caller: CallerName
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly payload: string | undefined
}

type Document = {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Documented>>>>
}
type Documented = {
  readonly 'x-guard'?: string
  readonly parameters?: readonly Parameter[]
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: JsonSchema }>> }
  readonly responses: Operation['responses']
}

export function operationsOf(document: Document): Operation[] {
  return Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(
      ([method, { parameters = [], requestBody, responses, 'x-guard': guard = 'nobody' }]): Operation => ({
        method: method.toUpperCase(),
        path,
        guard,
        parameters,
        body: requestBody?.content['application/json']?.schema,
        responses,
      }),
    ),
  )
}

const RIGHT_CALLER: Readonly<Record<string, CallerName>> = {
  player: 'ann',
  premium: 'vip',
  vip: 'vip',
  operator: 'operator',
  enrolling: 'enrolling',
}

/** One request to any operation. Half of them are right in everything but what the rules of the house say. */
export function anyRequest(operations: readonly Operation[], known: KnownWords): fc.Arbitrary<FuzzRequest> {
  return fc.oneof(...operations.map((operation) => requestTo(operation, known)))
}

function requestTo(operation: Operation, known: KnownWords): fc.Arbitrary<FuzzRequest> {
  const inPath = operation.parameters.filter((each) => each.in === 'path')
  const inQuery = operation.parameters.filter((each) => each.in === 'query')
  const inHeader = operation.parameters.filter((each) => each.in === 'header')
  return fc
    .record({
      caller: fc.oneof(
        { weight: 6, arbitrary: fc.constant(RIGHT_CALLER[operation.guard] ?? 'nobody') },
        { weight: 4, arbitrary: fc.constantFrom(...CALLERS) },
      ),
      path: fc.tuple(...inPath.map((each) => segment(each, known))),
      query: fc.tuple(...inQuery.map((each) => queryPart(each, known))),
      more: fc.oneof(
        { weight: 12, arbitrary: fc.constant('') },
        fc
          .tuple(fc.constantFrom('no_such', '__proto__', 'limit', 'cursor', 'a[b]'), nasty)
          .map(([name, value]) => pair(name, value)),
      ),
      headers: fc.tuple(...inHeader.map((each) => header(each, known))),
      language: fc.constantFrom('ko', 'en', 'fr;q=0.1', ''),
      payload: payloadOf(operation, known),
    })
    .map(({ caller, path, query, more, headers, language, payload }) => {
      let at = 0
      const filled = operation.path.replaceAll(/\{\w+\}/g, () => path[at++] ?? '')
      const asked = [...query, more].filter((part) => part !== '').join('&')
      return {
        operation,
        caller,
        url: asked === '' ? filled : `${filled}?${asked}`,
        headers: { 'accept-language': language, ...Object.fromEntries(headers.filter((each) => each !== null)) },
        payload,
      }
    })
}

function segment({ name, schema }: Parameter, known: KnownWords): fc.Arbitrary<string> {
  const wrong = fc.oneof(nasty.map(inWords), fc.constantFrom('0', '-1', '01', '1.0', '1e3', '9'.repeat(17)))
  return (
    fc
      .oneof({ weight: 7, arbitrary: rightValue(schema, known, name).map(inWords) }, { weight: 3, arbitrary: wrong })
      // What has no place in a path, or is too long to be looked at, is another address: `hostile.test.ts` has those.
      .map((value) => encodedWithin(150, value))
      .filter((value) => value !== '' && value !== '.' && value !== '..')
  )
}

function queryPart({ name, schema, required }: Parameter, known: KnownWords): fc.Arbitrary<string> {
  return fc.oneof(
    { weight: 5, arbitrary: rightValue(schema, known, name).map((value) => pair(name, value)) },
    { weight: required ? 1 : 3, arbitrary: fc.constant('') },
    { weight: 2, arbitrary: nasty.map((value) => pair(name, value)) },
    { weight: 1, arbitrary: fc.tuple(nasty, nasty).map((two) => two.map((value) => pair(name, value)).join('&')) },
  )
}

function header({ name, schema }: Parameter, known: KnownWords): fc.Arbitrary<readonly [string, string] | null> {
  return fc.oneof(
    { weight: 8, arbitrary: rightValue(schema, known, name).map((value) => [name, inWords(value)] as const) },
    { weight: 1, arbitrary: fc.constant(null) },
    // HTTP itself has no other characters in a header.
    {
      weight: 1,
      arbitrary: nasty.map((value) => [name, inWords(value).replaceAll(/[^\t\x20-\x7e\x80-\xff]/g, '')] as const),
    },
  )
}

function payloadOf({ body, method }: Operation, known: KnownWords): fc.Arbitrary<string | undefined> {
  const none = fc.constant(undefined)
  if (method === 'GET') return none
  if (!body) return fc.oneof({ weight: 8, arbitrary: none }, nasty.map(asJson))
  const half = fc
    .tuple(rightValue(body, known).map(asJson), fc.nat())
    .map(([text, at]) => text.slice(0, at % Math.max(1, text.length)))
  return fc.oneof(
    { weight: 10, arbitrary: rightValue(body, known).map(asJson) },
    { weight: 8, arbitrary: wrongValue(body, known).map(asJson) },
    { weight: 1, arbitrary: half },
    { weight: 1, arbitrary: none },
  )
}

function asJson(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) => (typeof part === 'bigint' ? String(part) : part)) ?? ''
}

function inWords(value: unknown): string {
  return typeof value === 'string' ? value : asJson(value)
}

const encoded = (text: string): string => encodeURIComponent(text.toWellFormed())

/** As many whole characters as have room: half a character is an address that cannot be read. */
function encodedWithin(length: number, text: string): string {
  let whole = ''
  for (const character of text.toWellFormed()) {
    const longer = whole + encodeURIComponent(character)
    if (longer.length > length) break
    whole = longer
  }
  return whole
}

const pair = (name: string, value: unknown): string => `${encoded(name)}=${encoded(inWords(value))}`
