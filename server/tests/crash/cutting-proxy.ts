import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import type { Dice } from '#tests/crash/dice.ts'

/**
 * Stands between the players and a server, and every now and then cuts a connection in the middle of an answer, with
 * a reset: what the house did is done, and whoever asked has heard half of it, or nothing.
 */
export type CuttingProxy = {
  readonly port: number
  readonly cuts: () => number
  /** Lets everything through from now, or cuts again. It begins calm. */
  readonly beCalm: (isCalm: boolean) => void
  readonly close: () => Promise<void>
}

/** Of a hundred pieces of an answer so many are cut. */
const CUT_PERCENT = 1

export async function openCuttingProxy(serverPort: number, dice: Dice): Promise<CuttingProxy> {
  let isCalm = true
  let cuts = 0
  const open = new Set<Socket>()
  const listener = createServer((client) => {
    const server = connect({ port: serverPort, host: '127.0.0.1', noDelay: true })
    client.setNoDelay(true)
    for (const [one, other] of [
      [client, server],
      [server, client],
    ] as const) {
      open.add(one)
      one.on('error', () => undefined)
      one.once('close', () => {
        open.delete(one)
        other.destroy()
      })
    }
    client.on('data', (part) => server.write(part))
    server.on('data', (part) => {
      if (isCalm || !dice.chance(CUT_PERCENT)) {
        client.write(part)
        return
      }
      cuts++
      server.destroy()
      client.write(part.subarray(0, dice.below(part.length)), () => client.resetAndDestroy())
    })
  })
  await new Promise<void>((settle) => listener.listen(0, '127.0.0.1', settle))
  return {
    port: (listener.address() as AddressInfo).port,
    cuts: () => cuts,
    beCalm: (calm) => {
      isCalm = calm
    },
    close: async () => {
      const closed = new Promise<void>((settle) => listener.close(() => settle()))
      for (const socket of open) socket.destroy()
      await closed
    },
  }
}
