import './refuse-old-node.mjs'
import { runTests } from './all-tests.mjs'
import { main } from './trouble.mjs'

/*
 * npm test: everything, on a real PostgreSQL and in a real browser. Arguments go to vitest (npm test -- ledger);
 * with arguments the browser tests are left out.
 */

await main(async () => {
  const args = process.argv.slice(2)
  const { passed, failed } = await runTests(args, { browser: args.length === 0 })
  console.log(`\n${passed} passed, ${failed} failed`)
  return failed > 0 || passed === 0 ? 1 : 0
})
