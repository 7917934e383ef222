import { parseArgs } from 'node:util'
import { defaultGacha } from '@casino-club/fairness/gacha.default.ts'
import { say } from '#server/tell-progress.ts'
import { startTestServer, type TestRun } from '#tests/test-server.ts'
import { criticalCounts, legendariesOf, meanOf, powerOf, together } from './count-legendaries.ts'
import { DEFECTS } from './defects.ts'
import { ALPHA, LEGENDARY_ALPHA } from './judge-chance.ts'
import type { ChanceSize } from './play-chance.ts'
import { type ChanceReport, redChecks, runChance } from './run-chance.ts'

/*
 * `npm run chance`: a million spins and two million pulls through the real engine, into a real database, against the
 * exact model; a hundred thousand of the rounds are then decided again by the verifier and by Python. Tables that are
 * red are played once more with four times as many rounds and new seeds (reliability, 5.4).
 *
 * `npm run chance -- --defects [--only NAME]`: each known way of cheating planted, and seen.
 */

const { values } = parseArgs({
  options: {
    spins: { type: 'string', default: '1000000' },
    pulls: { type: 'string', default: '2000000' },
    players: { type: 'string', default: '250' },
    derive: { type: 'string', default: '100000' },
    mutations: { type: 'string', default: '20000' },
    defects: { type: 'boolean', default: false },
    only: { type: 'string' },
  },
})
const size: ChanceSize = {
  players: Number(values.players),
  spins: Number(values.spins),
  pulls: Number(values.pulls),
  placed: 110,
}
const derive = { most: Number(values.derive), mutations: Number(values.mutations) }

async function measure(testRun: TestRun, wanted: ChanceSize): Promise<ChanceReport> {
  const report = await runChance(testRun, { size: wanted, derive })
  const { spins, pulls, playSeconds, verdicts, faults, differences, derivation } = report
  say(`${spins} spins and ${pulls} pulls in ${playSeconds.toFixed(0)} s, ${wanted.players} players with a pair of`)
  say(`seeds each, and ${wanted.placed} more whose counters were put before pity.\n`)
  say('| table | G, z² or count | degrees of freedom | p |\n|---|---|---|---|')
  for (const { table, g, freedom, p } of verdicts)
    say(`| ${table} | ${g.toFixed(freedom === 0 ? 0 : 2)} | ${freedom === 0 ? 'exact' : freedom} | ${p.toFixed(4)} |`)
  const { rounds, verified, agreed, mutations, unnoticed, complaints } = derivation
  say(
    `\n${verified} of ${rounds} rounds verified from their receipts, ${agreed} agreed on by the second implementation;`,
  )
  say(`${mutations - unnoticed.length} of ${mutations} receipts with one changed place found out.`)
  for (const each of [...faults, ...differences, ...complaints, ...unnoticed]) say(`✗ ${each}`)
  const red = redChecks(report)
  say(`\n${red.length === 0 ? 'green' : `RED: ${red.join(', ')}`} at α = ${ALPHA}\n`)
  return report
}

/** What the legendary test finds, computed from the exact distributions of what it counts. */
function describePower(): void {
  const pulls = Math.ceil(size.pulls / 10 / size.players) * 10
  const distribution = (times: number) => together(legendariesOf(defaultGacha, pulls, times), size.players)
  const published = distribution(1)
  const [tooFew, tooMany] = criticalCounts(published, LEGENDARY_ALPHA)
  say(`Legendary: ${meanOf(published).toFixed(1)} expected, red at ${tooFew} or fewer and ${tooMany} or more. Power:`)
  for (const percent of [-10, -5, 5, 10, 15])
    say(`  ${percent} %: ${powerOf(published, distribution(1 + percent / 100), LEGENDARY_ALPHA).toFixed(6)}`)
  say('')
}

async function runOnce(testRun: TestRun): Promise<number> {
  describePower()
  const first = await measure(testRun, size)
  const red = redChecks(first)
  if (red.length === 0) return 0
  // Chance does not explain these, so they are not asked a second time.
  if (red.length > first.red.length) return 1
  say('Red once: again with four times as many and new seeds.\n')
  const second = await measure(testRun, { ...size, spins: 4 * size.spins, pulls: 4 * size.pulls })
  return redChecks(second).length === 0 ? 0 : 1
}

async function runDefects(testRun: TestRun, only: string | undefined): Promise<number> {
  const defects = DEFECTS.filter(({ name }) => only === undefined || name === only)
  if (defects.length === 0)
    throw new Error(`there is no defect "${only}"; there are ${DEFECTS.map(({ name }) => name).join(', ')}`)
  say('| defect | spins | pulls | has to be seen by | seen by |\n|---|---|---|---|---|')
  let seen = 0
  for (const { name, what, size: own, seenBy } of defects) {
    const report = await runChance(testRun, { size: own, derive: { most: 20_000, mutations: 0 }, defect: name })
    const red = redChecks(report)
    const isSeen = red.includes(seenBy)
    if (isSeen) seen += 1
    say(
      `| ${name}: ${what} | ${report.spins} | ${report.pulls} | ${isSeen ? '' : 'NOT '}${seenBy} | ${red.join(', ')} |`,
    )
  }
  say(`\n${seen} of ${defects.length} defects seen`)
  return seen === defects.length ? 0 : 1
}

const server = await startTestServer()
try {
  const { testRun } = server
  process.exitCode = await (values.defects ? runDefects(testRun, values.only) : runOnce(testRun))
} finally {
  await server.stop()
}
