import Type, { type Static, type TSchema } from 'typebox'
import { Bug } from '#vocabulary/failure.ts'

/*
 * The words of the wire that every contract uses. TypeBox builds JSON Schema: one source for
 * validation, for OpenAPI and for the types.
 */

/** A whole amount on its way out; `onWire` makes it from a `bigint`. */
export const AmountOut = Type.Integer({ minimum: Number.MIN_SAFE_INTEGER, maximum: Number.MAX_SAFE_INTEGER })

/** A positive whole amount on its way in. */
export const AmountIn = Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER })

/** A row's number, on its way out. */
export const Id = Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER })

/** An instant on its way out: UTC, ISO 8601. */
export const Instant = Type.String({ format: 'date-time', examples: ['2026-11-23T09:00:00.000Z'] })

/** @throws Bug when JSON could not carry it exactly. */
export function onWire(whole: bigint): number {
  const number = Number(whole)
  if (!Number.isSafeInteger(number)) throw new Bug(`${whole} does not fit on the wire`)
  return number
}

/** A row's number in a path or a query: digits only. */
export const IdInPath = Type.String({ pattern: '^[1-9][0-9]{0,15}$', examples: ['1024'] })

export function object<P extends Record<string, TSchema>>(properties: P, options: { description?: string } = {}) {
  return Type.Object(properties, { additionalProperties: false, ...options })
}

export function nullable<S extends TSchema>(schema: S) {
  return Type.Union([schema, Type.Null()])
}

/** One page of a list: items, and the cursor that gets the next ones (null at the end). */
export function page<S extends TSchema>(item: S) {
  return object({ items: Type.Array(item), next_cursor: nullable(Type.String()) })
}

export const PageQuery = {
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100, default: 20 })),
  cursor: Type.Optional(Type.String({ maxLength: 200 })),
}

export type { Static }
