import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { house, pinnedNode } from './pinned-node.mjs'
import { quietly, step } from './steps.mjs'

/** Runs every check, even after one has failed, and says whether all are well. `tidy`: the house rules, too. */
export async function runChecks({ tidy = true } = {}) {
  const inHouse = (...path) => join(house, ...path)
  const node =
    (what, ...args) =>
    () =>
      quietly(what, pinnedNode(), args, { cwd: house, env: { ...process.env, CI: '1' } })
  const checks = ['fairness', 'server', 'web']
    .filter((each) => existsSync(inHouse(each, 'tsconfig.json')))
    .map((each) => [
      `types in ${each}/`,
      node(`Type checking ${each}/`, inHouse('node_modules', 'typescript7', 'bin', 'tsc'), '--noEmit', '-p', each),
    ])
  checks.push([
    'formatting and lint',
    node('Biome', inHouse('node_modules', '@biomejs', 'biome', 'bin', 'biome'), 'check', '--error-on-warnings'),
  ])
  if (tidy && existsSync(inHouse('server', 'tests', 'tidy.test.ts'))) {
    const vitest = inHouse('node_modules', 'vitest', 'vitest.mjs')
    checks.push([
      'house rules',
      node('The house rules', vitest, 'run', '--project', 'server', 'server/tests/tidy.test.ts'),
    ])
  }
  let well = true
  for (const [name, check] of checks) {
    await step(name, check).catch((error) => {
      console.error(`${error.message}\n`)
      well = false
    })
  }
  return well
}
