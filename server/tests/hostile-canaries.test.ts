import { randomBytes, randomInt, randomUUID } from 'node:crypto'
import { afterAll, expect, test } from 'vitest'
import { openLog } from '#platform/log.ts'
import { parseConfig } from '#server/config.ts'
import { openHouse } from '#server/house.ts'
import { openApp } from '#server/open-app.ts'
import { createTestDatabase } from '#tests/database.ts'
import { openDoor } from './promises/door.ts'

/*
 * Secrets and personal data, a new one each time, in every place of a request to every operation, by everybody, with
 * the log at its most talkative, with the database in order and with tables missing. None may be in a log line, and
 * none in what is answered to a request that failed. (`operations-logs.test.ts` plants in log lines themselves.)
 */

const lines: string[] = []
const log = openLog('trace', { write: (line: string) => void lines.push(line) })
const { connectionString } = await createTestDatabase()
const settings = { NODE_ENV: 'test', RATE_LIMITS: 'false', PORT: '0', MAX_CONCURRENT_SESSIONS: '100' }
const config = parseConfig(settings, (name) => `a canary called ${name}, long enough`)
const app = await openApp(config, connectionString, { log })
const house = await openHouse(app)
const door = await openDoor(house)
afterAll(async () => {
  await house.stop()
  await app.close()
})

const digits = (count: number): string => Array.from({ length: count }, () => randomInt(10)).join('')
const word = (bytes: number): string => randomBytes(bytes).toString('base64url')

const KINDS = {
  password: () => `Canary ${word(12)} 비밀`,
  phone: () => `010-${digits(4)}-${digits(4)}`,
  email: () => `canary.${word(6).toLowerCase()}@example.co.kr`,
  card: () => `${digits(4)}-${digits(4)}-${digits(4)}-${digits(4)}`,
  resident: () => `9${digits(5)}-1${digits(6)}`,
  jwt: () => `eyJ${word(12)}.eyJ${word(30)}.${word(32)}`,
  refresh: () => word(32),
} as const

const planted: string[] = []
const plant = (kind: keyof typeof KINDS): string => {
  const canary = KINDS[kind]()
  planted.push(canary)
  return canary
}
const kinds = Object.keys(KINDS) as (keyof typeof KINDS)[]

/** Every operation, once with each kind of canary in all the places that it has. */
async function sendEverywhere(tokens: readonly (string | undefined)[]): Promise<string[]> {
  const failures: string[] = []
  for (const [turn, route] of house.routes.entries()) {
    const { method, path, body, guard, stream } = route.endpoint
    if (stream) continue
    for (const [at, kind] of kinds.entries()) {
      const fields = Object.keys((body as { properties?: object } | undefined)?.properties ?? {})
      const payload = Object.fromEntries([...fields, 'another'].map((field) => [field, plant(kind)]))
      const shapes = [
        JSON.stringify(Object.fromEntries(Object.entries(payload).filter(([field]) => field !== 'another'))),
        JSON.stringify(payload),
        JSON.stringify({ nested: { again: payload } }),
        JSON.stringify(Object.values(payload)),
        `{"password": "${plant(kind)}", `,
      ]
      // Every other request is right in what is looked at first, and gets further.
      const isNearlyRight = (turn + at) % 2 === 0
      const token = guard === 'nobody' ? undefined : tokens[(turn + at) % tokens.length]
      const response = await house.http.inject({
        method,
        url: isNearlyRight
          ? path.replaceAll(/\{\w+\}/g, '1')
          : `${path.replaceAll(/\{\w+\}/g, () => encodeURIComponent(plant(kind)))}?cursor=${encodeURIComponent(plant(kind))}`,
        remoteAddress: '203.0.113.9',
        headers: {
          authorization: `Bearer ${token ?? plant('jwt')}`,
          'user-agent': `Canary (${encodeURIComponent(plant(kind))})`,
          referer: `https://elsewhere.example/?q=${encodeURIComponent(plant(kind))}`,
          cookie: `__Host-device=${encodeURIComponent(plant(kind))}; __Host-refresh=${plant('refresh')}`,
          'idempotency-key': isNearlyRight ? randomUUID() : encodeURIComponent(plant(kind)),
          'x-casino-client': 'web',
          ...(method === 'GET' ? {} : { 'content-type': 'application/json' }),
        },
        ...(method === 'GET' ? {} : { payload: shapes[isNearlyRight ? 0 : at % shapes.length] ?? '' }),
      })
      if (response.statusCode >= 400) failures.push(response.payload)
    }
  }
  return failures
}

/** As it is, and as it looks inside JSON or an address. */
const isIn = (text: string, canary: string): boolean =>
  text.includes(canary) ||
  text.includes(encodeURIComponent(canary)) ||
  text.includes(JSON.stringify(canary).slice(1, -1))

test('of more than a thousand canaries none is in a log line, and none in the answer to a failure', async () => {
  const enter = async () => [
    (await door.asPlayer(door.ann)).accessToken,
    (await door.asOperator(door.operator, true)).accessToken,
    undefined,
  ]
  const orderly = await sendEverywhere(await enter())

  // Now everything that touches these tables fails, in the middle of what it was doing.
  const tokens = await enter()
  const tables = ['credentials_failure', 'accounts_invite', 'seeds_pair', 'ledger_account', 'sessions_refresh_token']
  for (const table of tables) await app.pool.query(`alter table ${table} rename to ${table}_gone`)
  const broken = await sendEverywhere(tokens)
  for (const table of tables) await app.pool.query(`alter table ${table}_gone rename to ${table}`)

  const said = lines.join('')
  expect(planted.length).toBeGreaterThan(1_000)
  expect(new Set(planted).size).toBe(planted.length)
  expect(orderly.length).toBeGreaterThan(150)
  expect(broken.filter((text) => text.includes('"code":"bug"')).length).toBeGreaterThan(10)
  expect(said).toContain('"msg":"bug"')
  const answers = [...orderly, ...broken].join('\n')
  expect(planted.filter((canary) => isIn(said, canary))).toEqual([])
  expect(planted.filter((canary) => isIn(answers, canary))).toEqual([])
}, 300_000)
