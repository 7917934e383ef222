import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import pg from 'pg'
import { afterAll, describe, expect, test } from 'vitest'
import { createInvite } from '#modules/accounts/create-invite.ts'
import { createTestDatabase } from '#tests/database.ts'
import { openTestHouse } from '#tests/house.ts'

/*
 * What the people and machines who run the club rely on: health, figures, and a stop that loses nothing.
 */

describe('health', () => {
  test.each([
    ['/health', 'healthy'],
    ['/health/live', 'alive'],
    ['/health/ready', 'ready'],
  ])('%s: %s', async (url, status) => {
    const reply = await (await aHouse).http.inject(url)
    expect([reply.statusCode, reply.json()]).toEqual([200, { status }])
  })

  test('without its database the process lives and is neither healthy nor ready; then it comes back by itself', async () => {
    const { connectionString } = await createTestDatabase()
    const line = await openLine(connectionString)
    const { http } = await openTestHouse({ connectionString: line.connectionString })
    const statuses = async () =>
      Promise.all(
        ['/health', '/health/live', '/health/ready', '/api/games/slot/config'].map(
          async (url) => (await http.inject(url)).statusCode,
        ),
      )
    line.cut()
    expect(await statuses()).toEqual([503, 200, 503, 503])
    const { headers, payload } = await http.inject('/health')
    expect(JSON.parse(payload)).toMatchObject({ code: 'outage', status: 503 })
    expect(headers['content-type']).toBe('application/problem+json; charset=utf-8')

    await line.mend()
    expect(await statuses()).toEqual([200, 200, 200, 200])
  })
})

describe('metrics', () => {
  test('are figures as Prometheus wants them', async () => {
    const { http, app } = await aHouse
    await http.inject('/api/wallet')
    app.metrics.rounds.inc({ game: 'slot', answer: 'played' })
    const { statusCode, headers, payload } = await http.inject('/metrics')
    expect([statusCode, headers['content-type']]).toEqual([200, 'text/plain; version=0.0.4; charset=utf-8'])
    expect(complaintsAbout(payload)).toEqual([])
    for (const name of ['casino_http_request_duration_seconds', 'casino_rounds_total', 'casino_ledger_differences'])
      expect(payload).toContain(`# TYPE ${name} `)
  })

  test.each([
    ['# TYPE a_b gauge\na_b 1\n', 'a_b: no HELP'],
    ['# HELP a_b x\na_b 1\n', 'a_b: no TYPE'],
    ['# HELP aB x\n# TYPE aB gauge\naB 1\n', 'aB: name'],
    ['# HELP a_b x\n# TYPE a_b counter\na_b 1\n', 'a_b: a counter ends in _total'],
    ['# HELP a_total x\n# TYPE a_total gauge\na_total 1\n', 'a_total: only a counter ends in _total'],
    ['# HELP a_ms x\n# TYPE a_ms gauge\na_ms 1\n', 'a_ms: not a base unit'],
    ['# HELP a_b x\n# TYPE a_b gauge\na_b{player_id="7"} 1\n', 'a_b: a label that names somebody (player_id)'],
    ['# HELP a_b x\n# TYPE a_b gauge\na_b 1\na_b 2\n', 'a_b: said twice'],
    ['# HELP a_b x\n# TYPE a_b gauge\na_b one\n', 'a_b: no number'],
    ['# HELP a_b x\n# TYPE a_b histogram\na_b_bucket{le="1"} 1\na_b_sum 1\na_b_count 1\n', 'a_b: no +Inf bucket'],
  ])('and this would not be: %j', (text, complaint) => {
    expect(complaintsAbout(text)).toContain(complaint)
  })

  test('are for this machine, or for who has the token', async () => {
    const { http } = await aHouse
    expect((await http.inject({ url: '/metrics', remoteAddress: '203.0.113.9' })).statusCode).toBe(403)
    // Through a proxy on this machine, whether or not anybody told us of it.
    for (const header of ['x-forwarded-for', 'forwarded'])
      expect((await http.inject({ url: '/metrics', headers: { [header]: '203.0.113.9' } })).statusCode).toBe(403)
    const house = await openTestHouse({ settings: { METRICS_TOKEN: 'a token for the figures' } })
    const ask = (authorization?: string) =>
      house.http.inject({ url: '/metrics', headers: authorization === undefined ? {} : { authorization } })
    expect((await ask()).statusCode).toBe(403)
    expect((await ask('Bearer another')).statusCode).toBe(403)
    expect((await ask('Bearer a token for the figures')).statusCode).toBe(200)
  })
})

describe('a real process', () => {
  test.each(['SIGTERM', 'SIGINT'] as const)(
    '%s with an open stream and a spin under way: both get their answer, in ten seconds, and nothing is lost',
    async (signal) => {
      const { connectionString } = await createTestDatabase()
      const helper = await openTestHouse({ connectionString })
      const { code } = await createInvite(helper.app)
      const club = await startProcess(connectionString)

      const signedUp = await fetch(`${club.url}/api/auth/signup`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({
          site_id: 'late_guest',
          nickname: 'late guest',
          password: 'the last tram',
          invite_code: code,
        }),
      })
      expect(signedUp.status).toBe(201)
      const { access_token: token, user } = (await signedUp.json()) as {
        access_token: string
        user: { user_id: number }
      }
      const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }

      const stream = await fetch(`${club.url}/sse/live`, { headers })
      expect(stream.status).toBe(200)
      const heard = stream.text()

      // The spin cannot go on until we let go of the player's wallet.
      const holder = new pg.Client({ connectionString })
      await holder.connect()
      await holder.query('begin')
      await holder.query('select from ledger_account where player_id = $1 for update', [user.user_id])
      const spin = fetch(`${club.url}/api/games/slot/spin`, {
        method: 'POST',
        headers: { ...headers, 'idempotency-key': crypto.randomUUID() },
        body: '{"bet_amount":10}',
      })
      await waitUntil(async () => {
        const { rows } = await helper.app.pool.query("select from pg_stat_activity where wait_event_type = 'Lock'")
        return rows.length > 0
      })

      const from = performance.now()
      club.process.kill(signal)
      await wait(1_000)
      await expect(fetch(`${club.url}/health/ready`, { headers: { connection: 'close' } })).rejects.toThrow(
        'fetch failed',
      )
      expect(club.process.exitCode).toBeNull()
      await holder.query('commit')
      await holder.end()

      const answer = await spin
      const round = (await answer.json()) as { round_id: number; balance: number }
      expect(answer.status, JSON.stringify(round)).toBe(200)
      expect(await heard).toMatch(/event: bye\n/)
      expect(await club.ended).toEqual({ code: 0, signal: null })
      expect(performance.now() - from).toBeLessThan(10_000)
      expect(club.said()).toMatch(/stopped\n$/)

      const { rows } = await helper.app.pool.query('select balance_after from rounds_round where id = $1', [
        round.round_id,
      ])
      expect(rows).toEqual([{ balance_after: BigInt(round.balance) }])
    },
    60_000,
  )
})

const aHouse = openTestHouse()

/** A line to the database that can be cut and mended. */
async function openLine(connectionString: string) {
  const { user, password, database, host, port } = new pg.Client({ connectionString })
  const target = host.startsWith('/') ? { path: join(host, `.s.PGSQL.${port}`) } : { host, port }
  const open = new Set<Socket>()
  const line = createServer((near) => {
    const far = connect(target)
    near.pipe(far).pipe(near)
    for (const end of [near, far]) {
      open.add(end)
      end.on('error', () => undefined)
      end.on('close', () => open.delete(end))
    }
  })
  await new Promise<void>((resolve) => line.listen(0, '127.0.0.1', resolve))
  const address = line.address() as AddressInfo
  const cut = () => {
    line.close()
    for (const end of open) end.destroy()
  }
  afterAll(cut)
  return {
    connectionString: `postgres://${user}:${password}@127.0.0.1:${address.port}/${database}`,
    cut,
    mend: () => new Promise<void>((resolve) => line.listen(address.port, '127.0.0.1', resolve)),
  }
}

async function startProcess(connectionString: string) {
  const dataDir = await mkdtemp(join(tmpdir(), 'casino-club-process-'))
  const child: ChildProcess = spawn(process.execPath, [join(import.meta.dirname, '../src/main.ts')], {
    env: {
      PATH: process.env['PATH'] ?? '',
      DATABASE_URL: connectionString,
      DATA_DIR: dataDir,
      PORT: '0',
      HOST: '127.0.0.1',
      NODE_ENV: 'test',
      DEMO: 'false',
      LOG_LEVEL: 'trace',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  afterAll(async () => {
    child.kill('SIGKILL')
    await rm(dataDir, { recursive: true, force: true })
  })
  let said = ''
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding('utf8').on('data', (text: string) => {
      said += text
    })
  const ended = once(child, 'close').then(([code, signal]: (number | string | null)[]) => ({ code, signal }))
  await waitUntil(async () => {
    if (child.exitCode !== null) throw new Error(`it has ended:\n${said}`)
    return said.includes('Casino Club is open')
  })
  const [, port] = /Casino Club is open: http:\/\/localhost:(\d+)/.exec(said) ?? []
  return { process: child, url: `http://127.0.0.1:${port}`, ended, said: () => said }
}

async function waitUntil(isSo: () => Promise<boolean>): Promise<void> {
  for (const deadline = performance.now() + 40_000; performance.now() < deadline; await wait(20))
    if (await isSo()) return
  throw new Error('it did not happen in forty seconds')
}

/** What `promtool check metrics` would say, as far as we need it. */
function complaintsAbout(text: string): string[] {
  const complaints: string[] = []
  const help = new Set<string>()
  const types = new Map<string, string>()
  const samples = new Set<string>()
  const infinite = new Set<string>()
  for (const line of text.split('\n').filter(Boolean)) {
    const [, kind, named = '', rest = ''] = /^# (HELP|TYPE) (\S+) (.*)$/.exec(line) ?? []
    if (kind === 'HELP') help.add(named)
    else if (kind === 'TYPE') types.set(named, rest)
    if (kind !== undefined) continue
    const [, sample = '', labels = '', value = ''] = /^([^\s{]+)(\{.*\})? (\S+)$/.exec(line) ?? []
    const base = sample.replace(/_(bucket|sum|count)$/, '')
    const name = types.get(base) === 'histogram' ? base : sample
    const complain = (complaint: string) => complaints.push(`${name}: ${complaint}`)
    const type = types.get(name)
    if (!help.has(name)) complain('no HELP')
    if (type === undefined) complain('no TYPE')
    if (!/^[a-z][a-z0-9]*(_[a-z0-9]+)*$/.test(sample)) complain('name')
    if (type === 'counter' && !sample.endsWith('_total')) complain('a counter ends in _total')
    if (type !== 'counter' && sample.endsWith('_total')) complain('only a counter ends in _total')
    if (/_(ms|milliseconds|minutes|hours|kb|mb|kilobytes|percent)(_|$)/.test(sample)) complain('not a base unit')
    for (const [, label = ''] of labels.matchAll(/(\w+)="/g))
      if (/(^|_)(id|player|user|email|ip|token)$/.test(label)) complain(`a label that names somebody (${label})`)
    if (samples.has(sample + labels)) complain('said twice')
    samples.add(sample + labels)
    if (!/^([+-]?Inf|NaN|[-+0-9.eE]+)$/.test(value)) complain('no number')
    if (labels.includes('le="+Inf"')) infinite.add(name)
  }
  for (const [name, type] of types)
    if (type === 'histogram' && [...samples].some((each) => each.startsWith(`${name}_bucket`)) && !infinite.has(name))
      complaints.push(`${name}: no +Inf bucket`)
  return [...new Set(complaints)]
}
