import type { Page } from '@playwright/test'
import { expect, test } from './club.ts'
import {
  BLOCK_MAIN_THREAD,
  countFrames,
  droppedShare,
  FREE_MAIN_THREAD,
  type Frames,
  perSecond,
  steadiness,
  together,
} from './frames.ts'

/*
 * What moves on a stage moves on the compositor, so a busy main thread cannot make it stutter. How many frames a machine
 * draws at all depends on what else it does; whether it goes on drawing while the page is blocked does not. So each stage
 * is compared with itself, blocked and free, and with two boxes measured in turns with it: one that the
 * compositor moves, as good as it gets here, and one that a script moves, which must fail.
 * The 50 of 60 frames that we promise, blocked, and no more than a twentieth dropped, undisturbed, are asked for when the
 * machine has them to give. How long our own script keeps the main thread during an act is counted in the thread's own time, which does not
 * grow with the load.
 */

const TURNS = 4
const STEADY = 0.6
/** As the box on the compositor has it, frames drawn a second and dropped, while the page is blocked. */
const A_FREE_MACHINE = { perSecond: 57, dropped: 0.02 }
const PROMISED = 50
const MEASURE_MS = 1_800
const MOST_DROPPED = 0.05
/** A neighbour on the machine takes frames, too, for seconds at a time. A stage that stutters stutters every time. */
const MOST_TRIES = 3
/** What browsers call a long animation frame; ours may not contain a turn of that length. */
const LONG_MS = 50

test('the reels go on turning while the main thread is blocked half of the time', async ({ page, club }) => {
  test.setTimeout(300_000)
  await club.signUp(page)
  // The same outcome each time: a celebration would be another thing to measure.
  await page.route('**/api/games/slot/spin', async (route) => {
    const { bet_amount: bet } = route.request().postDataJSON()
    const lost = { reels: ['cherry', 'lemon', 'grape'], win_amount: 0, is_jackpot: false }
    const streak = { streak: 1, streak_bonus_percent: 2 }
    await route.fulfill({ json: { ...lost, ...streak, round_id: 1, bet_amount: bet, balance: 180 } })
  })
  await page.goto(club.url('/games/slot'))
  await measure(page, { stage: 'slot', button: 'slot-spin', name: 'reels' })
})

test('capsules go on falling and opening while the main thread is blocked half of the time', async ({ page, club }) => {
  test.setTimeout(300_000)
  await club.signUp(page)
  // The same prize each time, without the rays of the two rarest, which turn on after the act has ended.
  await page.route('**/api/games/gacha/pull', (route) =>
    route.fulfill({
      json: {
        round_id: 1,
        pull_count: 1,
        price_tokens: 50,
        items: [
          {
            item_id: 'neon-umbrella',
            name: 'Neon Umbrella',
            rarity: 'rare',
            drawn: 'rare',
            by_pity: false,
            duplicate_tokens: null,
          },
        ],
        duplicate_tokens: 0,
        balance: 180,
        psychological_message: 'A rare one.',
        message: 'One rare item.',
      },
    }),
  )
  await page.goto(club.url('/games/gacha'))
  await measure(page, { stage: 'gacha', button: 'gacha-pull-1', name: 'capsules' })
})

type Measured = { readonly stage: string; readonly button: string; readonly name: string }

/** Measures one act of a stage, undisturbed and blocked, against the boxes, and asks for what we promise. */
async function measure(page: Page, on: Measured): Promise<void> {
  await page.locator(`[data-testid=${on.button}][aria-disabled=false]`).waitFor()
  await page.evaluate('document.fonts.ready')
  for (let left = MOST_TRIES; left > 0; left--) {
    const kept = await measureOnce(page, on)
    if (kept === 'not asked' || (kept.perSecond >= PROMISED && kept.dropped <= MOST_DROPPED)) return
    if (left > 1) continue
    expect(kept.perSecond, 'drawn a second, blocked').toBeGreaterThanOrEqual(PROMISED)
    // Undisturbed: with the page blocked half of the time even a box on the compositor drops some (2 of 100, measured).
    expect(kept.dropped, 'dropped, undisturbed').toBeLessThanOrEqual(MOST_DROPPED)
  }
}

async function measureOnce(
  page: Page,
  on: Measured,
): Promise<'not asked' | { readonly perSecond: number; readonly dropped: number }> {
  const undisturbed = [await watchStage(page, on), await watchStage(page, on)]
  await page.evaluate(BLOCK_MAIN_THREAD)
  const measured: Record<'stage' | 'compositor' | 'script', Frames[]> = { stage: [], compositor: [], script: [] }
  for (let turn = 0; turn < TURNS; turn++) {
    measured.compositor.push(await watchBox(page, 'compositor'))
    measured.stage.push(await watchStage(page, on))
    measured.script.push(await watchBox(page, 'script'))
  }
  await page.evaluate(FREE_MAIN_THREAD)

  const [stage, compositor, script] = [measured.stage, measured.compositor, measured.script].map(together)
  if (!stage || !compositor || !script) throw new Error('nothing measured')
  const said = (name: string, frames: Frames) =>
    `${name} ${perSecond(frames).toFixed(1)} a second (${steadiness(frames).toFixed(2)} while blocked, ${(droppedShare(frames) * 100).toFixed(1)} % dropped)`
  const calm = together(undisturbed)
  console.log(
    `frames, ${on.name} not blocked: ${perSecond(calm).toFixed(1)} a second, ${(droppedShare(calm) * 100).toFixed(1)} % dropped, longest turn ${calm.longestTurnMs.toFixed(0)} ms`,
  )
  console.log(`frames: ${said(on.name, stage)}, ${said('compositor', compositor)}, ${said('script', script)}`)

  const asGoodAsItGets = steadiness(compositor)
  expect(steadiness(stage), on.name).toBeGreaterThanOrEqual(STEADY * asGoodAsItGets)
  // A measure that a script's motion passes measures nothing.
  expect(steadiness(script), 'a box moved by a script').toBeLessThan(
    STEADY * Math.max(asGoodAsItGets, steadiness(stage)),
  )
  expect(calm.longestTurnMs, 'an act without anything else').toBeGreaterThan(0)
  expect(calm.longestTurnMs, 'an act without anything else').toBeLessThanOrEqual(LONG_MS)
  const isFree = perSecond(compositor) >= A_FREE_MACHINE.perSecond && droppedShare(compositor) <= A_FREE_MACHINE.dropped
  if (!isFree) return 'not asked'
  return { perSecond: perSecond(stage), dropped: droppedShare(calm) }
}

async function watchStage(page: Page, { stage, button }: Measured): Promise<Frames> {
  await page.locator(`[data-testid=${button}][aria-disabled=false]`).waitFor({ timeout: 30_000 })
  await page.evaluate(`{
    const scene = document.querySelector('[data-testid=${stage}]')
    scene.addEventListener('click', () => performance.mark('act-began'), { capture: true, once: true })
    new MutationObserver((_, observer) => {
      if (!/settled|celebrating/.test(scene.dataset.phase)) return
      performance.mark('act-ended')
      observer.disconnect()
    }).observe(scene, { attributeFilter: ['data-phase'] })
  }`)
  return countFrames(page, ['act-began', 'act-ended'], async () => {
    await page.getByTestId(button).click()
    await page.waitForSelector(
      `[data-testid=${stage}]:is([data-phase=asking], [data-phase=spinning], [data-phase=revealing])`,
    )
    await page.waitForSelector(`[data-testid=${stage}]:is([data-phase=settled], [data-phase=celebrating])`, {
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
