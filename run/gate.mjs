import './refuse-old-node.mjs'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { runTests } from './all-tests.mjs'
import { runChecks } from './checks.mjs'
import { ensureInstalled } from './install.mjs'
import { house, pinnedNode } from './pinned-node.mjs'
import { loudly, seconds } from './steps.mjs'
import { main } from './trouble.mjs'

/*
 * npm run gate: everything that must hold before a change lands, nothing twice. Every step runs, even after
 * one has failed; a table at the end says how each went. A step counts its tests, or one for itself.
 */

const { scripts } = JSON.parse(readFileSync(join(house, 'package.json'), 'utf8'))

const byExitCode = (code) => ({ passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1 })
const program =
  (...args) =>
  async () =>
    byExitCode(await loudly(pinnedNode(), args, { cwd: house }))

/** The TypeScript program behind one of our npm scripts, with arguments added. */
function script(name, ...args) {
  const [, ...ofScript] = scripts[name].split(' ').slice(1)
  return program(...ofScript, ...args)
}

const steps = [
  // The house rules (tidy) are one of the tests.
  ['types, formatting, lint', async () => byExitCode((await runChecks({ tidy: false })) ? 0 : 1)],
  ['tests, with coverage', () => runTests(['--coverage'], { browser: true })],
  // Printed from code and committed, because people read them; stale ones would mislead.
  ...['tables', 'openapi', 'odds', 'money', 'settings']
    .filter((each) => scripts[each]?.includes('in-house.mjs'))
    .map((each) => [`${each}: committed as printed`, script(each, '--check')]),
  ['backup, restore, compare, audit', program('server/tests/rehearse-backup.ts')],
  ...(existsSync(join(house, 'server', 'tests', 'crash', 'crash.ts'))
    ? [['kill -9 under load', program('server/tests/crash/crash.ts')]]
    : []),
]

await main(async () => {
  await ensureInstalled()
  const results = []
  for (const [name, work] of steps) {
    console.log(`\n== ${name}`)
    const startedAt = Date.now()
    const counted = await work().catch((error) => {
      console.error(error)
      return { passed: 0, failed: 1 }
    })
    results.push({ name, took: Date.now() - startedAt, ...counted })
  }

  console.log('\n== summary')
  const width = Math.max(...results.map(({ name }) => name.length))
  for (const { name, took, passed, failed } of results) {
    console.log(
      `${name.padEnd(width)}  ${seconds(took).padStart(7)}  ${failed ? `FAILED (${failed})` : `ok (${passed})`}`,
    )
  }
  const passed = results.reduce((sum, each) => sum + each.passed, 0)
  const failed = results.reduce((sum, each) => sum + each.failed, 0)
  console.log(`\n${passed} passed, ${failed} failed`)
  return failed > 0 ? 1 : 0
})
