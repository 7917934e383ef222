import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { ensureWebBuilt } from './build-web.mjs'
import { ensureInstalled } from './install.mjs'
import { house } from './pinned-node.mjs'
import { runPlaywright, runVitest } from './test-runners.mjs'

/** Runs the tests and counts them. A runner that fails without a failed test counts as one failure. */
export async function runTests(vitestArgs, { browser }) {
  await ensureInstalled()
  if (browser) await ensureWebBuilt()
  console.log('\nvitest: unit, database, races, HTTP')
  const results = [await runVitest(vitestArgs)]
  if (browser && existsSync(join(house, 'e2e', 'playwright.config.ts'))) {
    console.log('\nPlaywright: the journeys in a browser')
    results.push(await runPlaywright(['--project=phone*', '--project=desktop*']))
    console.log('\nPlaywright: what measures time, with nothing beside it')
    results.push(await runPlaywright(['--project=measured']))
  }
  return {
    passed: results.reduce((sum, each) => sum + each.passed, 0),
    failed: results.reduce((sum, each) => sum + Math.max(each.failed, each.code === 0 ? 0 : 1), 0),
  }
}
