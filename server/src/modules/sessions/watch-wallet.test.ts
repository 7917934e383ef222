import { randomUUID } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { request } from 'node:http'
import { join } from 'node:path'
import { afterAll, expect, test, vi } from 'vitest'
import { readWallet } from '#modules/ledger/read-wallet.ts'
import { giveGift } from '#modules/operator/give-gift.ts'
import { GAMES, type House } from '#server/house.ts'
import { newcomer } from '#tests/at-the-door.ts'
import { newPlayer, openTestHouse, signIn } from '#tests/house.ts'

/*
 * What moves value through one process is told to streams that are open at another, whatever it was. The relay that
 * hands the events on runs when the test says so.
 */

const house = await openTestHouse()
const secondProcess = await openTestHouse({ connectionString: house.connectionString })
const open: (() => void)[] = []
afterAll(() => {
  for (const close of open) close()
})

type Mover = { readonly playerId: bigint; readonly headers: { authorization: string } }

/** Every way in which the value of somebody who is here already moves, by the reason of its transfer. */
const MOVES: Readonly<Record<string, (mover: Mover) => Promise<void>>> = {
  'slot.round': ({ headers }) => post('/api/games/slot/spin', headers, { bet_amount: 10 }),
  'gacha.round': ({ headers }) => post('/api/games/gacha/pull', headers, { pull_count: 1 }),
  'operator.gift': ({ playerId }) =>
    giveGift(house.app, { playerId, asset: 'gem', amount: 3n, requestId: randomUUID() }),
}

test.each(Object.entries(MOVES))(
  '%s: a tab that is open at another process hears of the balance, and nobody else does',
  async (_, move) => {
    const player = await newPlayer(house.app, { token: 500n })
    const other = await newPlayer(house.app, { token: 500n })
    await house.relay.drain()
    const headers = await signIn(house.app, player)
    const tab = await openLive(secondProcess, headers)
    const stranger = await openLive(secondProcess, await signIn(house.app, other))

    await move({ playerId: player, headers })
    await house.relay.drain()

    const { token, gem } = await readWallet(house.app.db, player)
    const told = `event: balance_changed\ndata: ${JSON.stringify({ token: Number(token), gem: Number(gem) })}`
    await vi.waitFor(() => expect(tab.said()).toContain(told), 5_000)
    expect(stranger.said()).not.toContain('balance_changed')
  },
)

test('accounts.start_balance: a newcomer’s first page hears of it', async () => {
  const { access } = await newcomer(house)
  const tab = await openLive(secondProcess, { authorization: `Bearer ${access}` })

  await house.relay.drain()

  await vi.waitFor(() => expect(tab.said()).toContain('data: {"token":200,"gem":0}'), 5_000)
})

test('no value moves for a reason that is not tried here, and docs/money.md knows them all', async () => {
  const tried = [...Object.keys(MOVES), 'accounts.start_balance']
  const inCode = GAMES.map(({ id }) => `${id}.round`)
  const modules = join(import.meta.dirname, '..')
  for (const file of await readdir(modules, { recursive: true })) {
    const text = file.endsWith('.ts') && !file.includes('.test.') ? await readFile(join(modules, file), 'utf8') : ''
    if (/\bpostTransfers?\(/.test(text) && !file.startsWith('ledger'))
      inCode.push(...[...text.matchAll(/reason: '([^']+)'/g)].flatMap(([, reason]) => reason ?? []))
  }
  const money = await readFile(join(modules, '../../../docs/money.md'), 'utf8')
  const inBook = [...money.matchAll(/^\| `(\w+\.\w+)` \|/gm)].flatMap(([, reason]) => reason ?? [])

  expect(inCode.toSorted()).toEqual(tried.toSorted())
  expect(inBook.toSorted()).toEqual(tried.toSorted())
})

async function post(url: string, headers: Mover['headers'], payload: object): Promise<void> {
  const reply = await house.http.inject({
    method: 'POST',
    url,
    headers: { ...headers, 'idempotency-key': randomUUID() },
    payload,
  })
  expect(reply.statusCode, reply.body).toBe(200)
}

async function openLive({ http }: House, headers: { authorization: string }) {
  if (!http.server.listening) await http.listen({ port: 0, host: '127.0.0.1' })
  const address = http.server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  const asked = request({ port, host: '127.0.0.1', path: '/sse/live', headers })
  asked.end()
  const response = await new Promise<import('node:http').IncomingMessage>((resolve, reject) =>
    asked.once('response', resolve).once('error', reject),
  )
  expect(response.statusCode).toBe(200)
  let text = ''
  response.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk
  })
  open.push(() => asked.destroy())
  return { said: () => text }
}
