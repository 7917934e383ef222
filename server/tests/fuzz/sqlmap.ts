import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { say } from '#server/tell-progress.ts'
import { type Operation, operationsOf } from '#tests/fuzz/api-requests.ts'
import { openFuzzHouse } from '#tests/fuzz/fuzz-house.ts'
import { createDatabaseOf, startTestServer } from '#tests/test-server.ts'
import { newAddress, openDoor, PASSWORD } from '../promises/door.ts'
import { spun } from '../promises/good-requests.ts'

/*
 * npm run sqlmap: a house on loopback, and sqlmap (from Debian, GPL; not part of this project) at every parameter of
 * every operation in our own OpenAPI document. Each injection point begins with a value that works.
 */

const { values } = parseArgs({
  options: {
    level: { type: 'string', default: '3' },
    risk: { type: 'string', default: '2' },
    /** For one operation; then sqlmap is stopped, and that is said. */
    seconds: { type: 'string', default: '180' },
    only: { type: 'string' },
  },
})

/** Marks where sqlmap injects. */
const HERE = '*'

const server = await startTestServer()
const folder = await mkdtemp(join(tmpdir(), 'casino-club-sqlmap-'))
try {
  const { connectionString } = await createDatabaseOf(server.testRun)
  const house = await openFuzzHouse(connectionString, { TRUST_PROXY: 'true' })
  const door = await openDoor(house)
  const known: Readonly<Record<string, string>> = {
    user_id: String(door.ben.playerId),
    round_id: String(await spun(door, door.ann)),
    session_id: String((await door.asPlayer(door.ann)).sessionId),
    invite_id: '1',
    site_id: door.ann.siteId,
    password: PASSWORD,
    current_password: PASSWORD,
    new_password: PASSWORD,
    refresh_token: (await door.asPlayer(door.ann)).refreshToken,
    game: 'slot',
    asset: 'token',
    limit: '10',
    birth_date: '1990-05-05',
    client_seed: 'lucky-koi',
    'idempotency-key': randomUUID(),
  }
  const tokens: Readonly<Record<string, string>> = {
    player: (await door.asPlayer(door.ann)).accessToken,
    premium: (await door.asPlayer(door.vip)).accessToken,
    vip: (await door.asPlayer(door.vip)).accessToken,
    operator: (await door.asOperator(door.operator, true)).accessToken,
    enrolling: (await door.asOperator(door.enrolling, false)).accessToken,
  }
  // Everybody comes from somewhere else and nobody's wrong guesses last: otherwise all that is seen is "wait".
  house.http.server.prependListener('request', (request) => {
    request.headers['x-forwarded-for'] = newAddress()
  })
  setInterval(() => void house.app.pool.query('delete from credentials_failure').catch(() => undefined), 250).unref()
  await house.http.listen({ port: 0, host: '127.0.0.1' })
  const { port } = house.http.server.address() as AddressInfo

  const document = house.http.swagger() as unknown as Parameters<typeof operationsOf>[0]
  const targets = operationsOf(document).flatMap((operation) => {
    const name = `${operation.method} ${operation.path}`
    const text = requestText(operation, known, tokens[operation.guard], port)
    return text === undefined || (values.only !== undefined && values.only !== name) ? [] : [{ name, text }]
  })
  say(`sqlmap at ${targets.length} operations, level ${values.level}, risk ${values.risk}`)
  let findings = 0
  let requests = 0
  house.http.server.on('request', () => requests++)
  for (const [at, { name, text }] of targets.entries()) {
    const before = requests
    const file = join(folder, `${at}.http`)
    await writeFile(file, text)
    const { said, isDone } = await sqlmap(file)
    const found = [...said.matchAll(/^(Parameter: .*|.*is vulnerable.*|.*appears to be .*injectable.*)$/gm)].map(
      ([line]) => line,
    )
    const isClean = said.includes('do not appear to be injectable') || said.includes('does not seem to be injectable')
    if (found.length > 0) findings++
    const verdict =
      found.length > 0
        ? found.join('; ')
        : isClean
          ? 'nothing'
          : isDone
            ? `unclear: ${said.slice(-300)}`
            : 'nothing so far'
    say(`${name}: ${points(text)} points, ${requests - before} requests${isDone ? '' : ' (time is up)'}: ${verdict}`)
  }
  say(`${requests} requests, findings: ${findings}`)
  process.exitCode = findings > 0 ? 1 : 0
  await house.close()
} finally {
  await server.stop()
  await rm(folder, { recursive: true, force: true })
}

function points(text: string): number {
  return text.split(HERE).length - 1
}

/** The request as it goes over the wire, every parameter marked; undefined where there is none. */
function requestText(
  operation: Operation,
  known: Readonly<Record<string, string>>,
  token: string | undefined,
  port: number,
): string | undefined {
  const { method, path, parameters, body } = operation
  const of = (place: string) => parameters.filter((each) => each.in === place)
  const filled = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => `${known[name] ?? '1'}${HERE}`)
  const query = of('query').map(({ name }) => `${name}=${known[name] ?? 'x'}${HERE}`)
  const fields = Object.entries(body?.properties ?? {}).map(([name, schema]) => {
    const isNumber = schema.type === 'integer'
    return `"${name}": ${isNumber ? `10${HERE}` : `"${known[name] ?? 'x'}${HERE}"`}`
  })
  const headers = of('header').map(({ name }) => `${name}: ${known[name] ?? 'x'}${HERE}`)
  if (filled === path && query.length + fields.length + headers.length === 0) return undefined
  const payload = fields.length === 0 ? '' : `{${fields.join(', ')}}`
  return [
    `${method} ${filled}${query.length === 0 ? '' : `?${query.join('&')}`} HTTP/1.1`,
    `Host: 127.0.0.1:${port}`,
    `User-Agent: Sqlmap${HERE}`,
    'Accept-Language: en',
    ...(token === undefined ? [] : [`Authorization: Bearer ${token}`]),
    ...headers,
    ...(payload === '' ? [] : ['Content-Type: application/json']),
    '',
    payload,
  ].join('\r\n')
}

function sqlmap(file: string): Promise<{ said: string; isDone: boolean }> {
  const flags = [
    '--batch',
    '--disable-coloring',
    '--flush-session',
    '--dbms=postgresql',
    '--ignore-code=401,403,404,422,429',
  ]
  const limits = [`--level=${values.level}`, `--risk=${values.risk}`, '--time-sec=5', '--timeout=10', '--retries=1']
  return new Promise((settle, fail) => {
    // On a terminal of its own: anything else on its standard input sqlmap would take for a list of targets.
    const asked = ['sqlmap', '-r', file, ...flags, ...limits, `--output-dir=${folder}`].join(' ')
    const child = spawn('script', ['-qec', asked, '/dev/null'], { stdio: ['ignore', 'pipe', 'pipe'] })
    let said = ''
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (part) => (said += String(part)))
    const timeIsUp = setTimeout(() => child.kill('SIGKILL'), Number(values.seconds) * 1_000)
    child.once('error', fail)
    child.once('exit', (_, signal) => {
      clearTimeout(timeIsUp)
      settle({ said, isDone: signal === null })
    })
  })
}
