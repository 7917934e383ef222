import { randomUUID } from 'node:crypto'
import { createSigner, createVerifier, TokenError } from 'fast-jwt'
import type { Claims as AccessClaims } from '#platform/route/endpoint.ts'
import * as frame from '#platform/route/frame-refusals.ts'
import type { Config } from '#server/config.ts'

/*
 * The access token: who, in which session, until when. What somebody may do is not in it but in the
 * session's row, so that taking it away counts at once.
 */

export type { AccessClaims }

export type AccessTokens = {
  readonly sign: (claims: AccessClaims, now: Date, lifeMs: number) => string
  /** @throws Refusal `session.missing` when it is not one of ours, `session.token_expired` when it was. */
  readonly verify: (token: string, now: Date) => AccessClaims
}

const ISSUER = 'casino-club'
const AUDIENCES = ['player', 'operator'] as const
// One entry per live token: a signature is checked once, not with every request. Only tokens that hold are
// remembered, by themselves (the library's cache hashes each one first, which costs more than all the rest), so a
// flood of others costs processor time and no memory, and drives nobody out.
const REMEMBERED = 20_000
const LONGEST = 1_000

type Claims = { iss: string; aud: string; sub: string; sid: string; jti: string; iat: number; exp: number }

const byConfig = new WeakMap<Config, AccessTokens>()

export function accessTokens(config: Config): AccessTokens {
  const known = byConfig.get(config)
  if (known) return known
  const made = makeAccessTokens(config.JWT_SECRET)
  byConfig.set(config, made)
  return made
}

function makeAccessTokens(key: string): AccessTokens {
  const signer = createSigner({ key, algorithm: 'HS256', header: { alg: 'HS256', typ: 'at+jwt' } })
  const verifier = createVerifier({
    key,
    algorithms: ['HS256'],
    checkTyp: 'at+jwt',
    allowedIss: ISSUER,
    allowedAud: [...AUDIENCES],
    requiredClaims: ['iss', 'aud', 'sub', 'sid', 'jti', 'iat', 'exp'],
    // Checked below, against the clock of the house and also for what is remembered.
    ignoreExpiration: true,
  })
  const remembered = new Map<string, Read>()
  return {
    sign: ({ kind, subjectId, sessionId }, now, lifeMs) => {
      const iat = Math.floor(now.getTime() / 1000)
      const claims: Claims = {
        iss: ISSUER,
        aud: kind,
        sub: String(subjectId),
        sid: String(sessionId),
        jti: randomUUID(),
        iat,
        exp: iat + Math.ceil(lifeMs / 1000),
      }
      return signer(claims)
    },
    verify: (token, now) => {
      if (token.length > LONGEST) throw frame.sessionMissing.with()
      let known = remembered.get(token)
      if (!known) {
        known = read(verified(verifier, token))
        if (remembered.size >= REMEMBERED) for (const [oldest] of remembered) if (remembered.delete(oldest)) break
        remembered.set(token, known)
      }
      if (known.expiresAtMs > now.getTime()) return known.claims
      remembered.delete(token)
      throw frame.tokenExpired.with()
    },
  }
}

type Read = { readonly claims: AccessClaims; readonly expiresAtMs: number }

function read({ aud, sub, sid, exp }: Claims): Read {
  const kind = AUDIENCES.find((each) => each === aud)
  if (!kind || !isId(sub) || !isId(sid) || typeof exp !== 'number') throw frame.sessionMissing.with()
  return { claims: { kind, subjectId: BigInt(sub), sessionId: BigInt(sid) }, expiresAtMs: exp * 1000 }
}

function verified(verifier: (token: string) => unknown, token: string): Claims {
  try {
    return verifier(token) as Claims
  } catch (error) {
    if (error instanceof TokenError) throw frame.sessionMissing.with()
    throw error
  }
}

function isId(value: unknown): value is string {
  return typeof value === 'string' && /^[1-9]\d{0,18}$/.test(value)
}
