import { loadavg } from 'node:os'
import { type Marks, PATHS, type Place, withLighthouse } from './lighthouse.ts'
import openClub from './open-club.ts'

/*
 * npm run lighthouse: each page on a simulated phone, the median of 3 by performance. Prints a table for
 * docs/reports/web.md; the load of the machine belongs to it, because blocking time is measured, not simulated.
 */

const RUNS = 3

const closeClub = await openClub()
try {
  await withLighthouse(process.env['CLUB_URL'] ?? '', async (measure) => {
    console.log(
      '| page | performance (all runs) | accessibility | best practice | SEO | LCP ms | TBT ms | CLS | KB | load |',
    )
    console.log('|---|---|---|---|---|---|---|---|---|---|')
    for (const place of Object.keys(PATHS) as Place[]) {
      const all: Marks[] = []
      for (let run = 0; run < RUNS; run++) all.push(await measure(place))
      all.sort((a, b) => a.performance - b.performance)
      const median = all[Math.floor(RUNS / 2)]
      if (!median) throw new Error('no run')
      const { performance, accessibility, bestPractice, seo, lcpMs, tbtMs, cls, kilobytes, faults } = median
      const runs = all.map((each) => each.performance).join(', ')
      const load = loadavg()[0]?.toFixed(1)
      console.log(
        `| ${place} | **${performance}** (${runs}) | ${accessibility} | ${bestPractice} | ${seo} | ${lcpMs} | ${tbtMs} | ${cls} | ${kilobytes} | ${load} |`,
      )
      if (faults.length > 0) console.log(`\n${place}: ${faults.join(', ')}\n`)
    }
  })
} finally {
  await closeClub()
}
