import { request } from 'node:http'
import { afterAll, expect, test, vi } from 'vitest'
import type { House } from '#server/house.ts'
import { newPlayer, openTestHouse, signIn } from '#tests/house.ts'

/*
 * A round played through one process is told to streams that are open at another. The relay that hands the event on
 * runs when the test says so.
 */

const house = await openTestHouse()
const secondProcess = await openTestHouse({ connectionString: house.connectionString })
const open: (() => void)[] = []
afterAll(() => {
  for (const close of open) close()
})

test('a second tab hears of the balance after a round, through another process, and nobody else does', async () => {
  const player = await newPlayer(house.app, { token: 500n })
  const other = await newPlayer(house.app, { token: 500n })
  const headers = await signIn(house.app, player)
  const tab = await openLive(secondProcess, headers)
  const stranger = await openLive(secondProcess, await signIn(house.app, other))

  const spin = await house.http.inject({
    method: 'POST',
    url: '/api/games/slot/spin',
    headers: { ...headers, 'idempotency-key': '0b0ab4bb-0f5c-4c69-9a8e-0f0a6f0f1a11' },
    payload: { bet_amount: 10 },
  })
  expect(spin.statusCode, spin.body).toBe(200)
  await house.relay.drain()

  await vi.waitFor(() => expect(tab.said()).toContain('event: balance_changed'), 5_000)
  expect(tab.said()).toContain(`data: ${JSON.stringify({ token: spin.json().balance, gem: 0 })}`)
  expect(stranger.said()).not.toContain('balance_changed')
})

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
