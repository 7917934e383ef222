import { randomUUID } from 'node:crypto'
import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import fc from 'fast-check'
import { createInvite } from '#modules/accounts/create-invite.ts'
import { giveGift } from '#modules/operator/give-gift.ts'
import { makeBootstrapSecret } from '#modules/operators/make-bootstrap-secret.ts'
import type { House } from '#server/house.ts'
import {
  anyRequest,
  type CallerName,
  type FuzzRequest,
  type Operation,
  operationsOf,
} from '#tests/fuzz/api-requests.ts'
import { watchTables } from '#tests/fuzz/table-fingerprint.ts'
import { newAddress, newName, openDoor, PASSWORD } from '../promises/door.ts'
import { spun } from '../promises/good-requests.ts'

/*
 * Thousands of requests made up from our own OpenAPI document, one after the other, to a whole house. Whatever is
 * asked, by whomever: no 5xx, no status and no code that the document does not declare, every body as documented, and
 * what was refused has changed nothing.
 */

export type FuzzSettings = { readonly requests: number; readonly seed: number }

export type FuzzReport = FuzzSettings & {
  readonly sent: number
  readonly byStatus: Readonly<Record<string, number>>
  readonly operations: number
  /** Operations that were never answered with success: their rules have not been reached. */
  readonly neverDone: readonly string[]
  /** fast-check's own account of what failed, with the smallest example; undefined when nothing did. */
  readonly failure: string | undefined
}

/** Who may come through a guard. */
const ADMITTED: Readonly<Record<string, readonly CallerName[]>> = {
  nobody: ['nobody', 'ann', 'ben', 'vip', 'operator', 'enrolling', 'ended', 'forged'],
  player: ['ann', 'ben', 'vip'],
  premium: ['vip'],
  vip: ['vip'],
  operator: ['operator'],
  enrolling: ['operator', 'enrolling'],
}

/** What a refusal may write all the same, and has to: wrong guesses are counted, and some answers are for ever. */
const WRITTEN_BY_REFUSALS: Readonly<Record<string, readonly string[]>> = {
  'accounts.wrong_credentials': ['credentials_failure'],
  'accounts.current_password_wrong': ['credentials_failure'],
  'accounts.invite_invalid': ['credentials_failure'],
  'operators.wrong_credentials': ['credentials_failure'],
  'operators.code_wrong': ['credentials_failure'],
  'ledger.insufficient_balance': ['ledger_transfer', 'rounds_state'],
  'rounds.daily_limit_reached': ['ledger_transfer', 'rounds_state'],
  'session.ended': ['sessions_session', 'outbox_event'],
}

type Reply = { readonly status: number; readonly type: string; readonly text: string }

export async function runFuzz(house: House, { requests, seed }: FuzzSettings): Promise<FuzzReport> {
  await house.http.ready()
  const operations = operationsOf(house.http.swagger() as unknown as Parameters<typeof operationsOf>[0])
  const crowd = await openCrowd(house)
  const watch = await watchTables(house.app.pool)
  const checks = openChecks(house.http.swagger())
  const byStatus: Record<string, number> = {}
  const done = new Set<Operation>()
  let sent = 0

  const property = fc.asyncProperty(anyRequest(operations, crowd.known), async (made) => {
    const request = await crowd.prepare(made)
    await watch.before()
    const reply = await crowd.send(request)
    sent++
    byStatus[reply.status] = (byStatus[reply.status] ?? 0) + 1
    if (reply.status < 300) done.add(request.operation)
    const wrong = checks.wrongWith(request, reply)
    if (wrong !== undefined) throw new Error(wrong)
    if (reply.status < 300) return
    const { code = '' } = JSON.parse(reply.text) as { code?: string }
    const allowed = WRITTEN_BY_REFUSALS[code] ?? []
    const changed = (await watch.changed()).filter((table) => !allowed.includes(table))
    if (changed.length > 0) throw new Error(`refused with ${code}, and yet changed: ${changed.join(', ')}`)
  })
  const details = await fc.check(property, { numRuns: requests, seed, verbose: 0 })
  return {
    requests,
    seed,
    sent,
    byStatus,
    operations: operations.length,
    neverDone: operations.filter((each) => !done.has(each)).map(({ method, path }) => `${method} ${path}`),
    failure: details.failed ? inWords(details) : undefined,
  }
}

function inWords({
  seed,
  counterexamplePath,
  counterexample,
  errorInstance,
  numShrinks,
}: fc.RunDetails<[FuzzRequest]>): string {
  const request = counterexample?.[0]
  const { caller, url, headers, payload } = request ?? {}
  return [
    errorInstance instanceof Error ? errorInstance.message : String(errorInstance),
    `${request?.operation.method} ${url} by ${caller}`,
    `headers ${JSON.stringify(headers)}`,
    `payload ${JSON.stringify(payload)}`,
    `seed ${seed}, path ${counterexamplePath}, ${numShrinks} shrinks`,
  ].join('\n')
}

/** What the document says of a reply, as questions to it. */
function openChecks(document: object) {
  const ajv = new Ajv2020({ strict: false, allErrors: false })
  addFormats.default(ajv)
  ajv.addSchema(document, 'openapi')
  const compiled = new Map<object, (body: unknown) => boolean>()
  const isAsDocumented = (schema: object, body: unknown): boolean => {
    let check = compiled.get(schema)
    if (!check) {
      // The document points at its shared parts from its root.
      const text = JSON.stringify(schema).replaceAll('"#/components', '"openapi#/components')
      check = ajv.compile(JSON.parse(text) as object) as (body: unknown) => boolean
      compiled.set(schema, check)
    }
    return check(body)
  }
  return {
    wrongWith: ({ operation, caller }: FuzzRequest, { status, type, text }: Reply): string | undefined => {
      const said = `${status} ${text.slice(0, 400)}`
      if (status >= 500) return `answered with ${said}`
      const documented = operation.responses[status]
      if (!documented) return `answered with ${said}, which is not in the document`
      if (status < 300 && !ADMITTED[operation.guard]?.includes(caller)) return `${caller} got through: ${said}`
      const [[media, content] = []] = Object.entries(documented.content ?? {})
      if (!content || !media) return text === '' ? undefined : `a body where the document has none: ${said}`
      if (!type.startsWith(media)) return `is ${type}, and the document says ${media}`
      if (!media.includes('json')) return undefined
      const body = JSON.parse(text) as { code?: string }
      if (!isAsDocumented(content.schema, body)) return `is not as documented: ${said}`
      if (status >= 400 && !documented.description.includes(`\`${body.code}\``))
        return `is refused with ${body.code}, which the document does not name for ${status}`
      return undefined
    },
  }
}

/** Everybody who asks, what they know, and a way to send it. */
async function openCrowd(house: House) {
  const { app } = house
  const door = await openDoor(house)
  const { ann, ben, vip, operator } = door
  let { enrolling } = door
  for (const { playerId } of [ann, vip])
    await giveGift(app, { playerId, asset: 'token', amount: 100_000_000n, requestId: randomUUID() })
  const rounds = [await spun(door, ann), await spun(door, ben)]
  const { code, id: inviteId } = await createInvite(app, { maxUses: null })
  const sessions = [await door.asPlayer(ann), await door.asPlayer(ben)]
  const ended = await door.endedToken(ann)

  const tokenOf: Readonly<Record<CallerName, () => Promise<string | undefined>>> = {
    nobody: async () => undefined,
    ann: async () => (await door.asPlayer(ann)).accessToken,
    ben: async () => (await door.asPlayer(ben)).accessToken,
    vip: async () => (await door.asPlayer(vip)).accessToken,
    operator: async () => (await door.asOperator(operator, true)).accessToken,
    enrolling: async () => (await door.asOperator(enrolling, false)).accessToken,
    ended: async () => ended,
    forged: async () => `${ended.slice(0, -4)}AAAA`,
  }
  let desk = operator
  const usedOnce: Readonly<Record<string, () => Promise<string>>> = {
    freeName: async () => newName(),
    freeNick: async () => newName().replace('_', ' '),
    freshInvite: async () => (await createInvite(app)).code,
    ownSession: async () => String((await door.asPlayer(ann)).sessionId),
    playerRefresh: async () => (await door.asPlayer(ann)).refreshToken,
    deskRefresh: async () => (await door.asOperator(operator, true)).refreshToken,
    bootstrapSecret: async () => (await makeBootstrapSecret(app)) ?? 'none',
    freshDesk: async () => {
      desk = await door.newDesk({ isEnrolled: true })
      return desk.siteId
    },
    // Of the desk just made, or of whoever is enrolling.
    freshOtp: async () => door.codeOf(desk === operator ? enrolling : desk),
  }
  const tokens = new Map<CallerName, string | undefined>()

  return {
    known: {
      user_id: [String(ann.playerId), String(ben.playerId)],
      round_id: rounds.map(String),
      session_id: ['ownSession', String(sessions[1]?.sessionId)],
      invite_id: [String(inviteId)],
      site_id: [ann.siteId, ben.siteId, operator.siteId, 'freeName', 'freshDesk'],
      password: [PASSWORD],
      current_password: [PASSWORD],
      new_password: [PASSWORD],
      invite_code: ['freshInvite', code],
      code: ['freshInvite', code],
      refresh_token: ['playerRefresh', 'deskRefresh', sessions[0]?.refreshToken],
      nickname: ['freeNick'],
      phone_number: ['010-1234-5678', null],
      birth_date: ['1990-05-05'],
      otp: ['freshOtp'],
      secret: ['bootstrapSecret'],
      bet_amount: [10, 11, 1_000],
      pull_count: [1, 10],
      game: ['slot', 'gacha'],
      limit: [1, 20, 100],
      'idempotency-key': [randomUUID(), randomUUID()],
    },
    /** Begins a session for whoever has none, and puts in what can only be used once. */
    prepare: async (request: FuzzRequest): Promise<FuzzRequest> => {
      if (!tokens.has(request.caller)) tokens.set(request.caller, await tokenOf[request.caller]())
      let { url, payload } = request
      desk = operator
      for (const [word, fresh] of Object.entries(usedOnce)) {
        if (!url.includes(word) && !payload?.includes(word)) continue
        const value = await fresh()
        url = url.replaceAll(word, value)
        payload = payload?.replaceAll(word, value)
      }
      return { ...request, url, payload }
    },
    send: async ({ operation, caller, url, headers, payload }: FuzzRequest): Promise<Reply> => {
      const token = tokens.get(caller)
      const isStream = operation.responses['200']?.content?.['text/event-stream'] !== undefined
      const response = await house.http.inject({
        method: operation.method as 'GET' | 'POST' | 'PATCH' | 'DELETE',
        url,
        remoteAddress: operation.path === '/metrics' ? '127.0.0.1' : newAddress(),
        headers: {
          ...headers,
          ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
          ...(payload === undefined ? {} : { 'content-type': 'application/json' }),
        },
        ...(payload === undefined ? {} : { payload }),
        payloadAsStream: isStream,
      })
      const { statusCode: status } = response
      const type = String(response.headers['content-type'] ?? '')
      // Somebody's session may be over now: the next to ask begins a new one.
      if (status === 401 || /logout|sessions|refresh|password/.test(operation.path)) tokens.delete(caller)
      // Who gave the right code is enrolled from now on, and may do what operators may. Somebody else takes the part.
      if (status === 200 && operation.path === '/api/auth/admin/totp') {
        enrolling = await door.newDesk({ isEnrolled: false })
        tokens.delete('enrolling')
      }
      if (!isStream) return { status, type, text: response.payload }
      if (status === 200) {
        response.raw.res.destroy()
        return { status, type, text: '' }
      }
      let text = ''
      for await (const part of response.stream()) text += String(part)
      return { status, type, text }
    },
  }
}

export function tell(byStatus: FuzzReport['byStatus']): string {
  return Object.entries(byStatus)
    .map(([status, times]) => `${times} × ${status}`)
    .join(', ')
}
