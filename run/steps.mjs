import { spawn } from 'node:child_process'
import { explain, Trouble } from './trouble.mjs'

const interactive = process.stdout.isTTY === true && process.env.CI === undefined

export const seconds = (milliseconds) => `${(milliseconds / 1000).toFixed(milliseconds < 9_950 ? 1 : 0)} s`

/**
 * Does one named thing and prints how long it took. What takes longer than two seconds shows that it is
 * alive: a running clock on a terminal, a line now and then elsewhere.
 */
export async function step(name, work) {
  const startedAt = Date.now()
  const elapsed = () => seconds(Date.now() - startedAt)
  let words = 0
  const clock = setInterval(() => {
    words++
    if (interactive && words >= 2) process.stdout.write(`\r  … ${name}: ${elapsed()} so far `)
    else if (!interactive && words % 15 === 0) console.log(`  … ${name}: ${elapsed()} so far`)
  }, 1_000)
  const clearLine = () => interactive && process.stdout.write('\r\x1b[K')
  try {
    const result = await work()
    clearLine()
    console.log(`✓ ${name} (${elapsed()})`)
    return result
  } catch (error) {
    clearLine()
    console.log(`✗ ${name}: failed after ${elapsed()}`)
    throw error
  } finally {
    clearInterval(clock)
  }
}

/** Runs a program and keeps what it prints. Fails with what it said and, if asked to, what that means. */
export async function quietly(what, command, args, { explained = false, ...options } = {}) {
  const { code, output } = await run(command, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] })
  if (code === 0) return output
  const meaning = explained && explain(output)
  throw new Trouble(
    `${shortened(output.trimEnd().split('\n')).join('\n')}\n\n${what} failed.${meaning ? ` ${meaning}` : ''}`,
  )
}

/** Some programs say what is wrong first, and some last. */
function shortened(lines) {
  return lines.length <= 60 ? lines : [...lines.slice(0, 25), '…', ...lines.slice(-35)]
}

/** Runs a program on this very screen. Resolves with its exit code. */
export async function loudly(command, args, options = {}) {
  return (await run(command, args, { ...options, stdio: ['ignore', 'inherit', 'inherit'] })).code
}

function run(command, args, options) {
  return new Promise((settle, reject) => {
    const child = spawn(command, args, options)
    let output = ''
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text) => {
        output += text
      })
    }
    const pass = (signal) => child.kill(signal)
    process.on('SIGINT', pass).on('SIGTERM', pass)
    child.once('error', (error) => reject(new Trouble(`${command} could not be started: ${error.message}`)))
    child.once('close', (code, signal) => {
      process.off('SIGINT', pass).off('SIGTERM', pass)
      settle({ code: signal ? 1 : code, output: signal ? `${output}\n${signal}` : output })
    })
  })
}
