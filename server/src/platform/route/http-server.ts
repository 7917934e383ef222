import { randomUUID } from 'node:crypto'
import cookie from '@fastify/cookie'
import swagger from '@fastify/swagger'
import { Ajv, type ValidateFunction } from 'ajv'
import addFormats from 'ajv-formats'
import Fastify, {
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  LogController,
} from 'fastify'
import { RateLimiterMemory, type RateLimiterRes } from 'rate-limiter-flexible'
import type { Log } from '#platform/log.ts'
import type { Metrics } from '#platform/metrics.ts'
import { networkOf } from '#platform/network-of.ts'
import type { Asked, Caller, Claims, Endpoint, Http, Language, Route } from '#platform/route/endpoint.ts'
import { EventStreams } from '#platform/route/event-streams.ts'
import * as frame from '#platform/route/frame-refusals.ts'
import { openApiFrame, openApiSchemaOf, SHARED_SCHEMAS } from '#platform/route/openapi.ts'
import { asProblem, BODY_LIMIT_BYTES, brokenReply } from '#platform/route/problem.ts'
import { API_HEADERS } from '#platform/route/security-headers.ts'
import type { Clock } from '#vocabulary/clock.ts'
import { Outage } from '#vocabulary/failure.ts'

export type HttpOptions = {
  readonly routes: readonly Route[]
  /** Says who is behind a token: whom it names, and whether that session stands. Both throw a session refusal. */
  readonly authentication: {
    readonly read: (token: string) => Claims
    readonly look: (claims: Claims) => Promise<Caller>
  }
  readonly log: Log
  readonly metrics: Metrics
  readonly clock: Clock
  readonly publicUrl: string
  /** So many entries of `X-Forwarded-For`, from its end, were written by proxies of our own; the rest by anybody. */
  readonly proxiesInFront: number
  readonly isProduction: boolean
  readonly rateLimits: boolean
  /** Checks every reply against its schema. For tests: it costs. */
  readonly checkReplies: boolean
}

export const ACCESS_COOKIE = '__Host-access'
export const REFRESH_COOKIE = '__Host-refresh'

const RANKS = ['STANDARD', 'PREMIUM', 'VIP'] as const

declare module 'fastify' {
  interface FastifyRequest {
    caller: Caller | Claims | undefined
    language: Language
    isFromCookie: boolean
  }
}

/** Builds the HTTP server for a list of routes. It listens when the caller says so. */
export async function buildHttpServer(options: HttpOptions): Promise<FastifyInstance> {
  const { log, metrics } = options
  const server = Fastify({
    loggerInstance: log as FastifyBaseLogger,
    // One logger for all: a child for each request would be masked anew each time (measured: 4 % of a spin's time).
    // What is logged names its request itself.
    childLoggerFactory: (logger) => logger,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: BODY_LIMIT_BYTES,
    // `true` would take the first entry, which is the caller's to write: a new address with every guess.
    trustProxy: options.proxiesInFront > 0 && ((_, hops) => hops < options.proxiesInFront),
    requestIdHeader: false,
    genReqId: () => randomUUID(),
    forceCloseConnections: 'idle',
    requestTimeout: 30_000,
    // Whoever dribbles headers holds a connection for 15 to 20 seconds, not for a minute and a half.
    http: { headersTimeout: 15_000, connectionsCheckingInterval: 5_000 },
    routerOptions: { ignoreTrailingSlash: false, maxParamLength: 200 },
    // An address that cannot be decoded, or is too long, never reaches a hook.
    frameworkErrors: (_, request, reply) => refuseAddress(request, reply as FastifyReply),
  })
  const streams = new EventStreams()
  // Calls that nobody could be found behind, by address, over all routes.
  const strangers = new RateLimiterMemory({ points: 300, duration: 60 })

  await server.register(cookie)
  await server.register(swagger, openApiFrame)
  for (const schema of SHARED_SCHEMAS) server.addSchema(schema)
  server.setValidatorCompiler(compileValidator)
  server.decorateRequest('caller', undefined)
  server.decorateRequest('language', 'ko')
  server.decorateRequest('isFromCookie', false)

  // An empty body is no body: a POST without one is fine where the contract asks for none.
  server.removeAllContentTypeParsers()
  const parseJson = server.getDefaultJsonParser('error', 'error')
  server.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    if (body === '') done(null, undefined)
    else void parseJson(request, body as string, done)
  })

  // Hooks with a callback where nothing is waited for: a promise for each would cost every request.
  server.addHook('onRequest', (request, reply, done) => {
    request.language = languageOf(request)
    reply.headers(API_HEADERS)
    reply.header('x-request-id', request.id)
    done()
  })
  server.addHook('onResponse', (request, reply, done) => {
    const route = request.routeOptions.url ?? 'none'
    metrics.requests.observe(
      { method: request.method, route, status: String(reply.statusCode) },
      reply.elapsedTime / 1000,
    )
    if (reply.statusCode >= 500 || log.isLevelEnabled('debug')) {
      const level = reply.statusCode >= 500 ? 'error' : 'debug'
      log[level]({ ...namesOf(request), method: request.method, route, status: reply.statusCode }, 'request')
    }
    done()
  })
  server.setErrorHandler((error, request, reply) => {
    const failed = asProblem(error, request.language, request.id)
    const where = { ...namesOf(request), route: request.routeOptions.url }
    if (failed.isOurs) log.error({ err: error, ...where }, 'bug')
    else if (error instanceof Outage) log.warn({ err: error.cause ?? error, ...where }, 'outage')
    const wait = failed.body['retry_after_seconds']
    if (typeof wait === 'number') reply.header('retry-after', String(wait))
    return reply.code(failed.status).type('application/problem+json; charset=utf-8').send(JSON.stringify(failed.body))
  })

  for (const route of options.routes) {
    if (route.endpoint.developmentOnly && options.isProduction) continue
    addRoute(server, route, options, { streams, strangers })
  }

  // Open streams would keep the server from closing: they are told, and ended, first. So would connections
  // that a client keeps for later: who is being answered meanwhile hears that there is no later.
  let isClosing = false
  server.addHook('preClose', async () => {
    isClosing = true
    streams.endAll()
  })
  server.addHook('onSend', (_, reply, payload, done) => {
    if (isClosing) reply.header('connection', 'close')
    done(null, payload)
  })
  return server
}

function refuseAddress(request: FastifyRequest, reply: FastifyReply): void {
  const { status, body } = asProblem(frame.noSuchRoute.with(), languageOf(request), request.id)
  reply.headers({ ...API_HEADERS, 'x-request-id': request.id })
  reply.code(status).type('application/problem+json; charset=utf-8').send(JSON.stringify(body))
}

function addRoute(
  server: FastifyInstance,
  route: Route,
  options: HttpOptions,
  { streams, strangers }: { streams: EventStreams; strangers: RateLimiterMemory },
): void {
  const { endpoint } = route
  const limiter = new RateLimiterMemory({ points: endpoint.callsPerMinute ?? 600, duration: 60 })
  const replyCheck = options.checkReplies && endpoint.reply ? strict.compile(endpoint.reply) : undefined

  server.route({
    method: endpoint.method,
    url: endpoint.path.replaceAll(/\{(\w+)\}/g, ':$1'),
    schema: openApiSchemaOf(endpoint),
    // An act that looks at the session by itself is never begun with what is not even a question, so that is for us.
    attachValidation: endpoint.sessionChecked !== undefined,
    // Who is asking comes before what is asked: a stranger learns nothing about the shape of a body.
    onRequest: async (request) => {
      if (endpoint.guard !== 'nobody') {
        try {
          const claims = readToken(request, options)
          request.caller = endpoint.sessionChecked ? claims : await orOutage(options.authentication.look(claims))
        } catch (error) {
          // A token that is nobody's costs a look, too: whoever tries many waits.
          if (options.rateLimits) await limit(strangers, request)
          throw error
        }
        admit(request.caller, endpoint)
      } else if (endpoint.method !== 'GET' && request.cookies[REFRESH_COOKIE] !== undefined)
        refuseForeignOrigin(request, options.publicUrl)
      if (options.rateLimits) await limit(limiter, request)
    },
    handler: async (request, reply) => {
      if (request.validationError) {
        if (request.caller && 'subjectId' in request.caller) await orOutage(options.authentication.look(request.caller))
        throw request.validationError
      }
      const key = endpoint.idempotencyKey && request.headers['idempotency-key']
      if (!endpoint.body && request.body !== undefined && request.body !== null)
        throw frame.invalidRequest.with({ problem: 'body must be empty' })

      const asked = {
        caller: request.caller,
        params: request.params,
        query: request.query,
        body: request.body,
        idempotencyKey: key === undefined ? undefined : String(key).toLowerCase(),
        language: request.language,
        client: {
          address: request.ip,
          userAgent: String(request.headers['user-agent'] ?? '').slice(0, 200),
          isBrowser: request.headers['x-casino-client'] === 'web',
          isGone: () => request.raw.socket.destroyed,
        },
        http: httpOf(request, reply, streams),
      } as unknown as Asked<Endpoint>

      const answer = await orOutage(route.handle(asked))
      if (reply.sent) return reply
      if (endpoint.text !== undefined) return reply.type(endpoint.text).send(answer)
      if (!endpoint.reply) return reply.code(204).send()
      if (replyCheck && !replyCheck(answer)) throw brokenReply(endpoint.path, strict.errorsText(replyCheck.errors))
      return reply
        .code(endpoint.status ?? 200)
        .type('application/json; charset=utf-8')
        .send(answer)
    },
  })
}

/** What ties a log line to a request, and to the trace it is part of (W3C `traceparent`; else one of its own). */
function namesOf(request: FastifyRequest): { request_id: string; trace_id: string } {
  const parent = String(request.headers['traceparent'] ?? '')
  const [, trace] = /^[0-9a-f]{2}-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}$/.exec(parent) ?? []
  return { request_id: request.id, trace_id: trace ?? request.id.replaceAll('-', '') }
}

function readToken(request: FastifyRequest, options: HttpOptions): Claims {
  const bearer = bearerOf(request)
  const fromCookie = bearer === undefined ? request.cookies[ACCESS_COOKIE] : undefined
  if (fromCookie !== undefined) refuseForeignOrigin(request, options.publicUrl)
  const token = bearer ?? fromCookie
  if (!token) throw frame.sessionMissing.with()
  return options.authentication.read(token)
}

function admit(caller: Caller | Claims, { guard }: Endpoint): void {
  if (guard === 'operator' || guard === 'enrolling') {
    if (caller.kind !== 'operator') throw frame.notForYou.with()
    if (guard === 'operator' && !('secondFactor' in caller && caller.secondFactor))
      throw frame.secondFactorNeeded.with()
    return
  }
  if (caller.kind !== 'player') throw frame.notForYou.with()
  const needed = guard === 'vip' ? 'VIP' : guard === 'premium' ? 'PREMIUM' : 'STANDARD'
  const has = 'rank' in caller ? caller.rank : 'STANDARD'
  if (RANKS.indexOf(has) < RANKS.indexOf(needed)) throw frame.rankTooLow.with({ needed })
}

// A cookie comes along with any request the browser is talked into. Only our own pages can send the
// header (it is not on the safelist, so another origin's attempt dies in the preflight), and browsers
// say where a request comes from.
function refuseForeignOrigin(request: FastifyRequest, publicUrl: string): void {
  const { origin, host } = request.headers
  const site = request.headers['sec-fetch-site']
  if (site !== undefined && site !== 'same-origin' && site !== 'none') throw frame.csrf.with()
  if (origin !== undefined && origin !== new URL(publicUrl).origin && !isOriginOf(origin, host)) throw frame.csrf.with()
  if (request.method !== 'GET' && request.headers['x-casino-client'] !== 'web') throw frame.csrf.with()
}

function isOriginOf(origin: string, host: string | undefined): boolean {
  return host !== undefined && URL.canParse(origin) && new URL(origin).host === host
}

async function limit(limiter: RateLimiterMemory, request: FastifyRequest): Promise<void> {
  const { caller } = request
  const key =
    caller === undefined
      ? networkOf(request.ip)
      : `${caller.kind} ${'subjectId' in caller ? caller.subjectId : caller.kind === 'player' ? caller.playerId : caller.operatorId}`
  try {
    await limiter.consume(key)
  } catch (error) {
    const { msBeforeNext } = error as RateLimiterRes
    throw frame.tooManyCalls.with({ retry_after_seconds: Math.max(1, Math.ceil(msBeforeNext / 1000)) })
  }
}

/** A database that is away is an outage, not a bug of ours: the caller may send the same thing again. */
async function orOutage<T>(work: Promise<T>): Promise<T> {
  try {
    return await work
  } catch (error) {
    throw isAway(error) ? new Outage('the database is away', { cause: error }) : error
  }
}

const AWAY = /^(08...|57P0[1-5]|53300)$/
const AWAY_SYSTEM = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ENOENT', 'ETIMEDOUT'])

function isAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const code = 'code' in error ? String(error.code) : ''
  return (
    AWAY.test(code) ||
    AWAY_SYSTEM.has(code) ||
    /Connection terminated|connection is closed|timeout exceeded when trying to connect|Client has encountered a connection error/i.test(
      error.message,
    )
  )
}

function bearerOf(request: FastifyRequest): string | undefined {
  const header = request.headers.authorization
  return header?.startsWith('Bearer ') ? header.slice(7) : undefined
}

function languageOf(request: FastifyRequest): Language {
  const header = request.headers['accept-language']
  return header !== undefined && /^\s*en\b/i.test(header) ? 'en' : 'ko'
}

/** Whose a stream is: a session's, or an address's. */
function ownerOf({ caller, ip }: FastifyRequest): string {
  return caller === undefined ? `address ${ip}` : `session ${caller.sessionId}`
}

function httpOf(request: FastifyRequest, reply: FastifyReply, streams: EventStreams): Http {
  return {
    cookie: (name) => request.cookies[name],
    setCookie: (name, value, maxAgeSeconds) =>
      void reply.setCookie(name, value, {
        path: '/',
        httpOnly: true,
        secure: true,
        sameSite: 'strict',
        maxAge: maxAgeSeconds,
      }),
    clearCookie: (name) =>
      void reply.clearCookie(name, { path: '/', httpOnly: true, secure: true, sameSite: 'strict' }),
    bearer: bearerOf(request),
    header: (name) => {
      const value = request.headers[name]
      return Array.isArray(value) ? value[0] : value
    },
    setHeader: (name, value) => void reply.header(name, value),
    openStream: () => streams.open(reply, ownerOf(request)),
  }
}

// Bodies are taken as they are: "10" is not 10. Paths and queries are text, so there it is.
const ajvOptions = { useDefaults: true, removeAdditional: false, allErrors: false, strict: false } as const
const strict = new Ajv({ ...ajvOptions, coerceTypes: false })
const lenient = new Ajv({ ...ajvOptions, coerceTypes: true })
for (const ajv of [strict, lenient]) addFormats.default(ajv)

function compileValidator({ schema, httpPart }: { schema: unknown; httpPart?: string }): ValidateFunction {
  return (httpPart === 'body' ? strict : lenient).compile(schema as object)
}
