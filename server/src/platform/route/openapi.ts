import type { FastifyDynamicSwaggerOptions } from '@fastify/swagger'
import type { FastifySchema } from 'fastify'
import Type from 'typebox'
import type { Endpoint } from '#platform/route/endpoint.ts'
import * as frame from '#platform/route/frame-refusals.ts'
import { Problem } from '#platform/route/problem.ts'
import type { RefusalKind } from '#vocabulary/failure.ts'

// Written down once, under components, and pointed at from every failure.
export const SHARED_SCHEMAS = [{ ...Problem, $id: 'Problem' }]
const PROBLEM_REFERENCE = { $ref: 'Problem#' }

const OURS: readonly (readonly [number, string])[] = [
  [500, '`bug` Something went wrong on our side.'],
  [503, '`outage` This cannot be done right now. Send the same request again in a moment.'],
]

export const openApiFrame: FastifyDynamicSwaggerOptions = {
  refResolver: { buildLocalReference: (schema) => String(schema['$id']) },
  openapi: {
    openapi: '3.1.0',
    info: {
      title: 'Casino Club',
      version: '0.1.0',
      description:
        'Free to play, nothing is ever cashed out. Amounts are whole numbers; instants are UTC. Every refusal is `application/problem+json` with a stable `code`.',
      license: { name: 'MIT' },
    },
    components: {
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' },
        cookie: { type: 'apiKey', in: 'cookie', name: '__Host-access' },
      },
    },
  },
}

/** What the guard of an endpoint, and the frame around it, may answer. */
export function frameRefusalsOf({ method, guard, params, query, idempotencyKey }: Endpoint): RefusalKind[] {
  const kinds: RefusalKind[] = [frame.tooManyCalls]
  // Whoever may send a body may send a wrong one, to endpoints that want none, too.
  if (method !== 'GET')
    kinds.push(frame.invalidRequest, frame.unreadableBody, frame.bodyTooLarge, frame.unsupportedMedia)
  else if (params || query) kinds.push(frame.invalidRequest)
  if (idempotencyKey) kinds.push(frame.idempotencyKeyMissing)
  if (guard !== 'nobody') kinds.push(frame.sessionMissing, frame.tokenExpired, frame.sessionEnded, frame.notForYou)
  if (guard !== 'nobody' || method !== 'GET') kinds.push(frame.csrf)
  if (guard === 'premium' || guard === 'vip') kinds.push(frame.rankTooLow)
  if (guard === 'operator') kinds.push(frame.secondFactorNeeded)
  return kinds
}

/** The schema Fastify validates with, serialises with, and prints into `/openapi.json`. */
export function openApiSchemaOf(endpoint: Endpoint): FastifySchema & Record<string, unknown> {
  const { params, query, body, reply, refusals, examples } = endpoint
  const byStatus = Map.groupBy([...refusals, ...frameRefusalsOf(endpoint)], (kind) => kind.status)
  const failures: [number, object][] = [...byStatus].map(([status, kinds]) => [
    status,
    {
      description: kinds.map((kind) => `\`${kind.code}\` ${kind.en}`).join('\n\n'),
      content: { 'application/problem+json': { schema: PROBLEM_REFERENCE } },
    },
  ])
  for (const [status, description] of OURS)
    failures.push([status, { description, content: { 'application/problem+json': { schema: PROBLEM_REFERENCE } } }])
  const success =
    endpoint.text !== undefined
      ? { 200: { description: 'Text', content: { [endpoint.text]: { schema: Type.String() } } } }
      : endpoint.stream
        ? {
            200: {
              description: 'A stream of server-sent events',
              content: { 'text/event-stream': { schema: Type.String() } },
            },
          }
        : reply
          ? {
              [endpoint.status ?? 200]: {
                ...reply,
                description: 'Done',
                ...(examples ? { examples } : {}),
              },
            }
          : { 204: Type.Null({ description: 'Done' }) }
  const key = Type.String({ pattern: UUID, description: 'A UUID that names this act for ever.' })
  const idempotency =
    endpoint.idempotencyKey === undefined
      ? {}
      : {
          headers: Type.Object({
            'idempotency-key': endpoint.idempotencyKey === 'required' ? key : Type.Optional(key),
          }),
        }
  return {
    summary: endpoint.summary,
    ...(endpoint.description ? { description: endpoint.description } : {}),
    tags: [endpoint.tag],
    operationId: operationIdOf(endpoint),
    security: endpoint.guard === 'nobody' ? [] : [{ bearer: [] }, { cookie: [] }],
    'x-guard': endpoint.guard,
    ...(endpoint.developmentOnly ? { 'x-development-only': true } : {}),
    ...idempotency,
    ...(params ? { params } : {}),
    ...(query ? { querystring: query } : {}),
    ...(body ? { body } : {}),
    response: { ...success, ...Object.fromEntries(failures) },
  }
}

const UUID = '^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$'

function operationIdOf({ method, path }: Endpoint): string {
  const words = path.split(/[/{}._-]+/).filter(Boolean)
  return [method.toLowerCase(), ...words].join('_')
}
