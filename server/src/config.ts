import { randomBytes } from 'node:crypto'
import Type, { type Static } from 'typebox'
import Value from 'typebox/value'

/*
 * The environment, parsed once. `npm run settings` prints this table for the README; everything has
 * a safe default for a first look, and production refuses the defaults that are only safe there.
 */

const PROXIES = { false: 0, true: 1, 1: 1, 2: 2, 3: 3 } as const

const Settings = Type.Object({
  NODE_ENV: Type.Union([Type.Literal('development'), Type.Literal('production'), Type.Literal('test')], {
    default: 'development',
    description: 'In `production` default secrets and the demo are refused.',
  }),
  HOST: Type.String({ default: '127.0.0.1', description: 'Address to listen on. `0.0.0.0` for all.' }),
  PORT: Type.Integer({ default: 3000, minimum: 0, maximum: 65535, description: 'Port for web and API.' }),
  PUBLIC_URL: Type.String({
    default: '',
    description:
      'Where browsers reach us, e.g. `https://club.example`. Cookies and origin checks follow it. Default: `http://localhost:PORT`.',
  }),
  DATABASE_URL: Type.String({
    default: '',
    description: 'An external PostgreSQL. Empty: one is started under `DATA_DIR`.',
  }),
  DATA_DIR: Type.String({ default: '.data', description: 'Where the embedded PostgreSQL and generated secrets live.' }),
  DATABASE_CONNECTIONS: Type.Integer({
    default: 10,
    minimum: 2,
    maximum: 200,
    description: 'Connections for ordinary work.',
  }),
  BATCHES_IN_FLIGHT: Type.Integer({
    default: 2,
    minimum: 1,
    maximum: 8,
    description: 'Batches of rounds on their way at once; one connection each, and one for those that need no look.',
  }),
  PLAYERS_REMEMBERED: Type.Integer({
    default: 20_000,
    minimum: 0,
    maximum: 1_000_000,
    description:
      'Players whose next round is decided without looking first, and checked as it is written; about a kilobyte each. 0: always look.',
  }),
  BATCH_SIZE: Type.Integer({ default: 256, minimum: 1, maximum: 1000, description: 'Most rounds in one transaction.' }),
  ROLES: Type.String({ default: 'api,realtime,worker', description: 'What this process does, comma-separated.' }),
  JWT_SECRET: Type.String({
    default: '',
    description:
      'Signs access tokens, at least 32 bytes. Empty: made once and kept in `DATA_DIR`; refused in production.',
  }),
  PII_KEY: Type.String({
    default: '',
    description: 'Keys the hashes of personal data (identity, addresses), at least 32 bytes. Empty: as above.',
  }),
  JWT_EXPIRE_MINUTES: Type.Integer({ default: 30, minimum: 1, maximum: 1440, description: 'Life of an access token.' }),
  REFRESH_EXPIRE_DAYS: Type.Integer({
    default: 30,
    minimum: 1,
    maximum: 365,
    description: 'Life of a session, whatever is done in it.',
  }),
  REFRESH_IDLE_DAYS: Type.Integer({
    default: 7,
    minimum: 1,
    maximum: 365,
    description: 'Life of a session in which nothing is done.',
  }),
  MAX_CONCURRENT_SESSIONS: Type.Integer({
    default: 1,
    minimum: 1,
    maximum: 100,
    description: 'Sessions a player may have; a new login ends the oldest.',
  }),
  LOGIN_MAX_FAILED_ATTEMPTS: Type.Integer({
    default: 5,
    minimum: 1,
    maximum: 100,
    description: 'Wrong passwords from one client before it must wait.',
  }),
  LOGIN_LOCKOUT_MINUTES: Type.Integer({
    default: 10,
    minimum: 1,
    maximum: 1440,
    description: 'How long it must wait.',
  }),
  PASSWORD_HASHES_AT_ONCE: Type.Integer({
    default: 2,
    minimum: 1,
    maximum: 64,
    description: 'Password hashes computed at the same time; the rest queue.',
  }),
  START_BALANCE: Type.Integer({
    default: 200,
    minimum: 0,
    maximum: 1_000_000,
    description: 'Tokens a new player gets.',
  }),
  TRUST_PROXY: Type.Union(
    [Type.Literal('false'), Type.Literal('true'), Type.Literal('1'), Type.Literal('2'), Type.Literal('3')],
    {
      default: 'false',
      description:
        'How many proxies of your own stand in front (`true`: one): so much of `X-Forwarded-For` is believed, from its end.',
    },
  ),
  LOG_LEVEL: Type.String({
    default: '',
    description:
      '`fatal`, `error`, `warn`, `info`, `debug`, `trace` or `silent`. Empty: `info` in production, else `warn`.',
  }),
  RATE_LIMITS: Type.Boolean({
    default: true,
    description: 'Limit calls per player and address. Off only for benchmarks and tests.',
  }),
  METRICS_TOKEN: Type.String({
    default: '',
    description: 'Bearer token for `/metrics`. Empty: loopback only, and not through a proxy.',
  }),
  DEMO: Type.Boolean({
    default: true,
    description: 'Seed a demo (invite 5858, players with a history). Refused in production.',
  }),
})

export type Config = Readonly<Static<typeof Settings>> & {
  readonly isProduction: boolean
  readonly proxiesInFront: number
  readonly publicUrl: string
  readonly roles: ReadonlySet<Role>
}

export type Role = 'api' | 'realtime' | 'worker'
const ROLES: readonly Role[] = ['api', 'realtime', 'worker']

/** Says everything that is wrong with the settings, one line each. */
export class BadSettings extends Error {
  constructor(problems: readonly string[]) {
    super(`These settings cannot be used:\n${problems.map((each) => `  - ${each}`).join('\n')}`)
    this.name = 'BadSettings'
  }
}

/**
 * Parses the environment.
 *
 * @param secrets makes a lasting secret for a name (kept under `DATA_DIR`); not called in production.
 * @throws BadSettings with every problem at once.
 */
export function parseConfig(
  environment: Readonly<Record<string, string | undefined>>,
  secrets: (name: string) => string = () => randomBytes(32).toString('base64url'),
): Config {
  const given: Record<string, unknown> = {}
  const problems: string[] = []
  for (const [name, schema] of Object.entries(Settings.properties)) {
    const text = environment[name]
    const value = text === undefined || text === '' ? Reflect.get(schema, 'default') : convert(text, schema)
    if (Value.Check(schema, value)) given[name] = value
    else problems.push(`${name}=${JSON.stringify(text)}: ${expectation(schema)}`)
  }
  if (problems.length > 0) throw new BadSettings(problems)
  const settings = Value.Parse(Settings, given)

  const roles = settings.ROLES.split(',').map((each) => each.trim())
  const unknown = roles.filter((each) => !ROLES.some((role) => role === each))
  if (unknown.length > 0) problems.push(`ROLES: there is no role ${unknown.join(', ')}; there are ${ROLES.join(', ')}`)

  const isProduction = settings.NODE_ENV === 'production'
  for (const name of ['JWT_SECRET', 'PII_KEY'] as const) {
    if (settings[name] === '') {
      if (isProduction) problems.push(`${name}: set one of your own in production (openssl rand -base64 48)`)
      else settings[name] = secrets(name)
    } else if (Buffer.byteLength(settings[name]) < 32) problems.push(`${name}: at least 32 bytes`)
  }
  if (isProduction && settings.DEMO && environment['DEMO'] !== undefined)
    problems.push('DEMO: the demo has a fixed invite code and known players; not in production')
  if (isProduction && !settings.PUBLIC_URL.startsWith('https://'))
    problems.push('PUBLIC_URL: production is reached by https://…')
  if (problems.length > 0) throw new BadSettings(problems)

  return Object.freeze({
    ...settings,
    LOG_LEVEL: settings.LOG_LEVEL || (isProduction ? 'info' : 'warn'),
    DEMO: settings.DEMO && !isProduction,
    isProduction,
    proxiesInFront: PROXIES[settings.TRUST_PROXY],
    publicUrl: settings.PUBLIC_URL || `http://localhost:${settings.PORT}`,
    roles: new Set(roles as Role[]),
  })
}

/** The table for the README. */
export function settingsTable(): { name: string; default: string; description: string }[] {
  return Object.entries(Settings.properties).map(([name, schema]) => ({
    name,
    default: String(Reflect.get(schema, 'default')),
    description: String(Reflect.get(schema, 'description')),
  }))
}

function convert(text: string, schema: object): unknown {
  const type = Reflect.get(schema, 'type')
  if (type === 'integer') return /^-?\d+$/.test(text) ? Number(text) : text
  if (type === 'boolean') return text === 'true' ? true : text === 'false' ? false : text
  return text
}

function expectation(schema: object): string {
  const { type, minimum, maximum, anyOf } = schema as {
    type?: string
    minimum?: number
    maximum?: number
    anyOf?: { const: string }[]
  }
  if (anyOf) return `one of ${anyOf.map((each) => each.const).join(', ')}`
  if (type === 'integer') return `a whole number from ${minimum} to ${maximum}`
  if (type === 'boolean') return 'true or false'
  return 'text'
}
