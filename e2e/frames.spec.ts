import type { Page } from '@playwright/test'
import { expect, test } from './club.ts'
import { BLOCK_MAIN_THREAD, countFrames, droppedShare, type Frames, perSecond, steadiness, together } from './frames.ts'

/*
 * The reels turn on the compositor, so a busy main thread cannot make them stutter. How many frames a machine
 * draws at all depends on what else it does; whether it goes on drawing while the page is blocked does not. So the reels
 * are compared with themselves, blocked and free, and with two boxes measured in turns with them: one that the
 * compositor moves, as good as it gets here, and one that a script moves, which must fail.
 * The 50 of 60 frames that we promise, blocked, and no more than a twentieth dropped, undisturbed, are asked for when the
 * machine has them to give. How long our own script keeps the main thread during a spin is counted in the thread's own time, which does not
 * grow with the load.
 */

const SPINS = 4
const STEADY = 0.6
const A_FREE_MACHINE = 57
const PROMISED = 50
const MEASURE_MS = 1_800
const MOST_DROPPED = 0.05
/** What browsers call a long animation frame; ours may not contain a turn of that length. */
const LONG_MS = 50

const lost = { reels: ['cherry', 'lemon', 'grape'], win_amount: 0 }

test('the reels go on turning while the main thread is blocked half of the time', async ({ page, club }) => {
  test.setTimeout(180_000)
  await club.signUp(page)
  // The same outcome each time: a celebration would be another thing to measure.
  await page.route('**/api/games/slot/spin', async (route) => {
    const { bet_amount: bet } = route.request().postDataJSON()
    await route.fulfill({
      json: {
        ...lost,
        round_id: 1,
        bet_amount: bet,
        is_jackpot: false,
        streak: 1,
        streak_bonus_percent: 2,
        balance: 180,
      },
    })
  })
  await page.goto(club.url('/games/slot'))
  await page.locator('[data-testid=slot-spin][aria-disabled=false]').waitFor()
  await page.evaluate('document.fonts.ready')

  const undisturbed = [await watchReels(page), await watchReels(page)]
  await page.evaluate(BLOCK_MAIN_THREAD)
  const measured: Record<'reels' | 'compositor' | 'script', Frames[]> = { reels: [], compositor: [], script: [] }
  for (let spin = 0; spin < SPINS; spin++) {
    measured.compositor.push(await watchBox(page, 'compositor'))
    measured.reels.push(await watchReels(page))
    measured.script.push(await watchBox(page, 'script'))
  }

  const [reels, compositor, script] = [measured.reels, measured.compositor, measured.script].map(together)
  if (!reels || !compositor || !script) throw new Error('nothing measured')
  const said = (name: string, frames: Frames) =>
    `${name} ${perSecond(frames).toFixed(1)} a second (${steadiness(frames).toFixed(2)} while blocked, ${(droppedShare(frames) * 100).toFixed(1)} % dropped)`
  const calm = together(undisturbed)
  console.log(
    `frames, not blocked: ${perSecond(calm).toFixed(1)} a second, ${(droppedShare(calm) * 100).toFixed(1)} % dropped, longest turn ${calm.longestTurnMs.toFixed(0)} ms`,
  )
  console.log(`frames: ${said('reels', reels)}, ${said('compositor', compositor)}, ${said('script', script)}`)

  const asGoodAsItGets = steadiness(compositor)
  expect(steadiness(reels), 'the reels').toBeGreaterThanOrEqual(STEADY * asGoodAsItGets)
  // A measure that a script's motion passes measures nothing.
  expect(steadiness(script), 'a box moved by a script').toBeLessThan(
    STEADY * Math.max(asGoodAsItGets, steadiness(reels)),
  )
  expect(calm.longestTurnMs, 'a spin without anything else').toBeGreaterThan(0)
  expect(calm.longestTurnMs, 'a spin without anything else').toBeLessThanOrEqual(LONG_MS)
  if (perSecond(compositor) < A_FREE_MACHINE) return
  expect(perSecond(reels)).toBeGreaterThanOrEqual(PROMISED)
  // Undisturbed: with the page blocked half of the time even a box on the compositor drops some (2 of 100, measured).
  expect(droppedShare(calm)).toBeLessThanOrEqual(MOST_DROPPED)
})

async function watchReels(page: Page): Promise<Frames> {
  await page.locator('[data-testid=slot-spin][aria-disabled=false]').waitFor({ timeout: 30_000 })
  await page.evaluate(`{
    const scene = document.querySelector('[data-testid=slot]')
    scene.addEventListener('click', () => performance.mark('reels-pressed'), { capture: true, once: true })
    new MutationObserver((_, observer) => {
      if (!/settled|celebrating/.test(scene.dataset.phase)) return
      performance.mark('reels-stopped')
      observer.disconnect()
    }).observe(scene, { attributeFilter: ['data-phase'] })
  }`)
  return countFrames(page, ['reels-pressed', 'reels-stopped'], async () => {
    await page.getByTestId('slot-spin').click()
    await page.waitForSelector('[data-testid=slot]:is([data-phase=settled], [data-phase=celebrating])', {
      timeout: 30_000,
    })
  })
}

/** One box over the page, moved by the browser's compositor or by a script. */
async function watchBox(page: Page, by: 'compositor' | 'script'): Promise<Frames> {
  return countFrames(page, ['box-began', 'box-ended'], async () => {
    await page.evaluate(`new Promise((resolve) => {
      const box = document.createElement('div')
      box.style.cssText = 'position:fixed;left:0;top:0;width:64px;height:64px;background:#888;will-change:transform'
      document.body.append(box)
      const began = performance.now()
      performance.mark('box-began')
      if (${by === 'compositor'}) {
        box.animate([{ transform: 'translateX(0)' }, { transform: 'translateX(300px)' }], { duration: 400, iterations: Infinity })
      } else {
        const step = (now) => {
          box.style.transform = 'translateX(' + (((now - began) % 400) / 400) * 300 + 'px)'
          if (box.isConnected) requestAnimationFrame(step)
        }
        requestAnimationFrame(step)
      }
      setTimeout(() => {
        performance.mark('box-ended')
        box.remove()
        resolve()
      }, ${MEASURE_MS})
    })`)
  })
}
