import './refuse-old-node.mjs'
import { existsSync, readFileSync } from 'node:fs'
import { ensureInstalled } from './install.mjs'
import { house, pinnedNode } from './pinned-node.mjs'
import { loudly, seconds } from './steps.mjs'
import { main } from './trouble.mjs'

/*
 * npm run nightly: what takes too long for every change, some hours together. Needs Debian's `dieharder`,
 * and `promtool` (package prometheus) for the alert rules. Every step runs, even after one has failed. With words as
 * arguments, the steps with one of them in their name (npm run nightly -- alert).
 */

const { scripts } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'))
const script =
  (name, ...args) =>
  () =>
    loudly(pinnedNode(), [...scripts[name].split(' ').slice(1), ...args], { cwd: house })

const steps = [
  ['the stream through dieharder', script('dieharder')],
  ['a million spins and two million pulls', script('chance')],
  ['known ways of cheating, planted', script('chance', '--defects')],
  ['kill -9, the long run', script('crash', '--kills', '300', '--acts', '200000')],
  ['known mistakes, planted and looked for with kill -9', script('crash', '--defects')],
  ['a hundred thousand made-up requests', script('fuzz', '--requests', '100000')],
  ...(existsSync(`${house}/ops/alerts`)
    ? [['alert rules', () => loudly('promtool', ['test', 'rules', 'ops/alerts/fairness.test.yml'], { cwd: house })]]
    : []),
]

await main(async () => {
  await ensureInstalled()
  const results = []
  const words = process.argv.slice(2)
  for (const [name, work] of steps.filter(
    ([name]) => words.length === 0 || words.some((word) => name.includes(word)),
  )) {
    console.log(`\n== ${name}`)
    const startedAt = Date.now()
    const code = await work().catch((error) => {
      console.error(error.message)
      return 1
    })
    results.push(`${name}: ${code === 0 ? 'ok' : 'FAILED'} (${seconds(Date.now() - startedAt)})`)
  }
  console.log(`\n== summary\n${results.join('\n')}`)
  return results.some((each) => each.includes('FAILED')) ? 1 : 0
})
