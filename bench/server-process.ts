import { type ChildProcess, spawn } from 'node:child_process'
import { createServer } from 'node:net'
import { join } from 'node:path'

const STOP_WITH_PARENT = join(import.meta.dirname, '../run/stop-with-parent.mjs')

export type ServerProcess = { readonly pid: number; readonly port: number; readonly stop: () => Promise<void> }

/** Starts a program of ours and waits until it says that it is open. */
export async function startServer(
  program: readonly string[],
  settings: Readonly<Record<string, string>>,
  nodeOptions: readonly string[] = [],
): Promise<ServerProcess> {
  const port = await freePort()
  const child: ChildProcess = spawn(process.execPath, [...nodeOptions, '--import', STOP_WITH_PARENT, ...program], {
    env: { PATH: process.env['PATH'], ...settings, PORT: String(port), CASINO_CLUB_STARTER: String(process.pid) },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
  // Ended early, we take it along: one that was put to sleep (SIGSTOP) would never hear that we are gone.
  const takeAlong = () => {
    for (const signal of ['SIGCONT', 'SIGTERM'] as const) child.kill(signal)
  }
  process.once('exit', takeAlong)
  child.once('exit', () => process.off('exit', takeAlong))
  let said = ''
  await new Promise<void>((settle, fail) => {
    for (const stream of [child.stdout, child.stderr])
      stream?.setEncoding('utf8').on('data', (text: string) => {
        said += text
        if (said.includes('Casino Club is open')) settle()
      })
    child.once('exit', () => fail(new Error(`${program.join(' ')} did not start:\n${said}`)))
  })
  return {
    pid: child.pid ?? 0,
    port,
    stop: async () => {
      const gone = new Promise((settle) => child.once('exit', settle))
      child.kill('SIGTERM')
      await gone
    },
  }
}

function freePort(): Promise<number> {
  return new Promise((settle, fail) => {
    const probe = createServer()
    probe.once('error', fail)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => settle(typeof address === 'object' && address ? address.port : 0))
    })
  })
}
