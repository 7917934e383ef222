import { spawn } from 'node:child_process'
import { constants } from 'node:os'
import { fileURLToPath } from 'node:url'
import { pinnedNode } from './pinned-node.mjs'
import { Trouble } from './trouble.mjs'

const STOP_WITH_PARENT = fileURLToPath(new URL('stop-with-parent.mjs', import.meta.url))
// What Node has made of our TypeScript, for the next start: half a second and twenty megabytes less (docs/reports/start-up.md).
const COMPILED = fileURLToPath(new URL('../node_modules/.cache/compiled', import.meta.url))

/**
 * Runs a TypeScript program with the pinned Node until it ends; resolves with its exit code.
 *
 * It lives in a process group of its own and gets each signal from us, once. Otherwise Ctrl-C would reach it
 * two or three times (from the terminal, from npm, from us), and a second one means "stop at once".
 */
export function handOver(args, { env = process.env, cwd = process.cwd() } = {}) {
  return new Promise((settle, reject) => {
    const child = spawn(pinnedNode(), ['--import', STOP_WITH_PARENT, ...args], {
      cwd,
      env: { NODE_COMPILE_CACHE: COMPILED, ...env, CASINO_CLUB_STARTER: String(process.pid) },
      detached: process.platform !== 'win32',
      stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
    })
    let lastPassedAt = 0
    const pass = (signal) => {
      if (Date.now() - lastPassedAt < 1_000) return
      lastPassedAt = Date.now()
      child.kill(signal)
    }
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, pass)
    child.once('error', (error) => reject(new Trouble(`Node could not be started: ${error.message}`)))
    child.once('exit', (code, signal) => settle(signal ? 128 + constants.signals[signal] : code))
  })
}
