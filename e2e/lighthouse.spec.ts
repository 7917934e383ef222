import { expect, test } from '@playwright/test'
import { type Place, withLighthouse } from './lighthouse.ts'

/*
 * What Lighthouse says and a busy machine does not change. Performance is printed, not judged: blocking time follows the
 * load of the machine; `npm run lighthouse` measures it. The largest picture does not wait for script on any of the three,
 * so its time is that of the simulated phone. Nothing may jump.
 */

const LARGEST_BY_MS = 3_000
/** With nothing cached. Nobody's neighbours are in it: the next page is fetched on intent (ui/link.tsx). */
const KILOBYTES: Readonly<Record<Place, number>> = { landing: 150, home: 370, slot: 370 }

test('Lighthouse, on a phone: accessibility, best practice, SEO, weight, no jumps, and a picture in time', async () => {
  test.setTimeout(600_000)
  await withLighthouse(process.env['CLUB_URL'] ?? '', async (measure) => {
    for (const place of ['landing', 'home', 'slot'] as const) {
      let marks = await measure(place)
      console.log(`Lighthouse, ${place}: ${JSON.stringify(marks)}`)
      // Simulated from what was measured: a slow moment of the machine only ever adds to it.
      for (let again = 0; again < 2 && marks.lcpMs > LARGEST_BY_MS; again++) {
        marks = await measure(place)
        console.log(`Lighthouse, ${place}, again: ${JSON.stringify(marks)}`)
      }
      const { accessibility, bestPractice, seo, faults } = marks
      expect([accessibility, bestPractice, seo], `${place}: ${faults}`).toEqual([100, 100, 100])
      expect(marks.cls, `${place}: ${marks.jumps}`).toBeLessThanOrEqual(0.02)
      expect(marks.lcpMs, place).toBeLessThanOrEqual(LARGEST_BY_MS)
      expect(marks.kilobytes, place).toBeLessThanOrEqual(KILOBYTES[place])
    }
  })
})
