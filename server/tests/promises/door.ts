import { TOTP } from 'otpauth'
import { changeRank } from '#modules/accounts/change-standing.ts'
import { createInvite } from '#modules/accounts/create-invite.ts'
import { signUp } from '#modules/accounts/sign-up.ts'
import { hashPassword } from '#modules/credentials/hash-password.ts'
import { insertOperator, updateOperator } from '#modules/operators/operators.sql.ts'
import { sealTotp } from '#modules/operators/second-factor.ts'
import { drawTotpSecret } from '#modules/operators/totp.ts'
import { accessTokens } from '#modules/sessions/access-token.ts'
import { endSession } from '#modules/sessions/end-sessions.ts'
import type { Rank, Subject } from '#modules/sessions/sessions.rules.ts'
import { startSession } from '#modules/sessions/start-session.ts'
import type { Route } from '#platform/route/endpoint.ts'
import { frameRefusalsOf } from '#platform/route/openapi.ts'
import type { House } from '#server/house.ts'
import { later, MINUTE } from '#vocabulary/clock.ts'
import type { RefusalKind } from '#vocabulary/failure.ts'

/* Everybody who may stand at the door of the house, and a way to send what they ask. */

export const PASSWORD = 'rain over the neon garden'
const CLIENT = { address: '198.51.100.7', userAgent: 'Promises/1.0', isBrowser: false }

export type Operation = `${Route['endpoint']['method']} ${string}`

export type Person = { readonly playerId: bigint; readonly siteId: string; readonly rank: Rank }
export type Desk = { readonly operatorId: bigint; readonly siteId: string; readonly totpSecret: string }

export type Ask = {
  /** With path parameters filled in and any query. Default: the path of the operation. */
  readonly url?: string
  readonly body?: unknown
  /** Sent as it is, in place of a body. */
  readonly raw?: string | Buffer
  readonly token?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly from?: string
}

export type Answer = {
  readonly status: number
  readonly headers: Readonly<Record<string, unknown>>
  readonly text: string
  /** The JSON of the reply; an empty object when there is none. */
  readonly json: Readonly<Record<string, unknown>>
}

export type Door = Awaited<ReturnType<typeof openDoor>>

let names = 0

export function newName(): string {
  return `guest_${++names}`
}

/** Addresses nobody has come from yet, so that no count of wrong guesses carries over. */
export function newAddress(): string {
  const number = ++names
  return `10.${number >> 16}.${(number >> 8) & 255}.${number & 255}`
}

export function operationOf({ endpoint }: Route): Operation {
  return `${endpoint.method} ${endpoint.path}`
}

export function declaredBy({ endpoint }: Route): RefusalKind[] {
  return [...endpoint.refusals, ...frameRefusalsOf(endpoint)]
}

export async function openDoor(house: House) {
  const { app } = house

  async function newcomer(rank: Rank = 'STANDARD'): Promise<Person> {
    const { code } = await createInvite(app)
    const siteId = newName()
    const wanted = { siteId, nickname: siteId.replace('_', ' '), phoneNumber: null, password: PASSWORD }
    const { player } = await signUp(app, { ...wanted, inviteCode: code }, CLIENT)
    await changeRank(app, player.id, rank)
    return { playerId: player.id, siteId, rank }
  }

  /** A member of the desk. Before enrolling there is a secret, but no code of it has been confirmed. */
  async function newDesk({ isEnrolled }: { isEnrolled: boolean }): Promise<Desk> {
    const siteId = newName()
    const totpSecret = drawTotpSecret()
    const passwordHash = await hashPassword(app.config, PASSWORD)
    const at = app.clock.now()
    return app.inTransaction(async (tx) => {
      const { id } = await insertOperator(tx, { siteId, passwordHash, totpSecret: sealTotp(app, totpSecret), at })
      if (isEnrolled) await updateOperator(tx, id, { totp_confirmed_at: at })
      return { operatorId: id, siteId, totpSecret }
    })
  }

  const begin = (subject: Subject) => app.inTransaction((tx) => startSession(app, tx, subject, CLIENT))
  const asPlayer = ({ playerId, rank }: Person) => begin({ kind: 'player', playerId, rank })
  const asOperator = ({ operatorId }: Desk, secondFactor: boolean) =>
    begin({ kind: 'operator', operatorId, secondFactor })

  async function endedToken(person: Person): Promise<string> {
    const { sessionId, accessToken } = await asPlayer(person)
    await app.inTransaction((tx) =>
      endSession(app, tx, { kind: 'player', playerId: person.playerId }, sessionId, 'logged_out'),
    )
    return accessToken
  }

  async function expiredToken(person: Person): Promise<string> {
    const { sessionId } = await asPlayer(person)
    const claims = { kind: 'player', subjectId: person.playerId, sessionId } as const
    return accessTokens(app.config).sign(claims, later(app.clock.now(), -2 * MINUTE), MINUTE)
  }

  /** The code that the authenticator shows now; `steps` later, the one after. */
  function codeOf({ totpSecret }: Desk, steps = 0): string {
    const totp = new TOTP({ secret: totpSecret, digits: 6, period: 30 })
    return totp.generate({ timestamp: app.clock.now().getTime() + steps * 30_000 })
  }

  /** Sends it, and sees to it that a refusal is one that the endpoint declares. */
  async function send(operation: Operation, ask: Ask = {}): Promise<Answer> {
    const route = house.routes.find((each) => operationOf(each) === operation)
    if (!route) throw new Error(`${operation} is not served`)
    const { url = route.endpoint.path, body, raw, token, headers = {}, from = newAddress() } = ask
    const payload = raw ?? (body === undefined ? undefined : JSON.stringify(body))
    const response = await house.http.inject({
      method: route.endpoint.method,
      url,
      remoteAddress: from,
      headers: {
        ...(payload === undefined ? {} : { 'content-type': 'application/json' }),
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...headers,
      },
      ...(payload === undefined ? {} : { payload }),
      // A stream has no end to wait for.
      payloadAsStream: route.endpoint.stream === true,
    })
    if (route.endpoint.stream && response.statusCode === 200) {
      response.raw.res.destroy()
      return { status: 200, headers: response.headers, text: '', json: {} }
    }
    const text = route.endpoint.stream ? await readAll(response.stream()) : response.payload
    const isJson = String(response.headers['content-type']).includes('json')
    const json = isJson ? (JSON.parse(text) as Record<string, unknown>) : {}
    const { code } = json
    if (response.statusCode >= 400 && !declaredBy(route).some((kind) => kind.code === code))
      throw new Error(`${operation} answers ${response.statusCode} ${text}, which it does not declare`)
    return { status: response.statusCode, headers: response.headers, text, json }
  }

  return {
    house,
    newcomer,
    newDesk,
    asPlayer,
    asOperator,
    endedToken,
    expiredToken,
    codeOf,
    send,
    ann: await newcomer(),
    ben: await newcomer(),
    premium: await newcomer('PREMIUM'),
    vip: await newcomer('VIP'),
    enrolling: await newDesk({ isEnrolled: false }),
    operator: await newDesk({ isEnrolled: true }),
  }
}

async function readAll(stream: AsyncIterable<unknown>): Promise<string> {
  let text = ''
  for await (const chunk of stream) text += String(chunk)
  return text
}
