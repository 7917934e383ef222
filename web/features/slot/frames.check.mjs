// Counts the frames that a player sees while the reels turn, with and without a busy main thread.
//
//   node web/features/slot/frames.check.mjs [--root web/out] [--path /ko/games/slot] [--spins 3]
//
// Serves the built pages from `root`, answers the API itself, spins, and reads Chromium's own trace of drawn frames.
// Only animation that runs on the compositor can pass the row with 120 ms stalls. Exit code 1 when a limit is missed.

import { createReadStream, existsSync, statSync } from 'node:fs'
import { createServer } from 'node:http'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { configHash } from '@casino-club/fairness/canonical.ts'
import { defaultSlot } from '@casino-club/fairness/slot.default.ts'
import { chromium } from '@playwright/test'

const { values } = parseArgs({
  options: {
    root: { type: 'string', default: path.join(import.meta.dirname, '../../out') },
    path: { type: 'string', default: '/ko/games/slot' },
    spins: { type: 'string', default: '3' },
  },
})
const spins = Number(values.spins)
const limits = { drawnPerSecond: 50, droppedPercent: 5 }

const types = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
}
const server = createServer((request, response) => {
  const asked = path.join(values.root, decodeURIComponent(new URL(request.url ?? '/', 'http://host').pathname))
  const file = [`${asked}.html`, asked, path.join(asked, 'index.html')].find(
    (each) => existsSync(each) && statSync(each).isFile(),
  )
  if (!file) return response.writeHead(404).end()
  response.writeHead(200, { 'content-type': types[path.extname(file)] ?? 'application/octet-stream' })
  return createReadStream(file).pipe(response)
})
await new Promise((listening) => server.listen(0, '127.0.0.1', listening))
const origin = `http://127.0.0.1:${server.address().port}`

const outcomes = [
  { reels: ['cherry', 'lemon', 'grape'], win: 0 },
  { reels: ['orange', 'orange', 'seven'], win: 43 },
  { reels: ['diamond', 'diamond', 'diamond'], win: 648 },
]

async function answerApi(page) {
  let balance = 5_000
  let played = 0
  const replies = {
    '/api/auth/me': () => ({ user_id: 1, nickname: 'neon', rank: 'STANDARD', role: 'player', age_verified: true }),
    '/api/wallet': () => ({ balances: { token: balance, gem: 0 } }),
    '/api/games/slot/config': () => ({ config: defaultSlot, config_hash: configHash(defaultSlot), odds: {} }),
    '/api/games/slot/state': () => ({ streak: 3, streak_ends_at: null, spins_today: 0, spins_left_today: 1_000 }),
    '/api/games/sessions': () => ({ items: [], next_cursor: null }),
    '/api/games/slot/spin': () => {
      const { reels, win } = outcomes[played++ % outcomes.length]
      balance += win - 20
      return {
        round_id: played,
        bet_amount: 20,
        reels,
        win_amount: win,
        is_jackpot: false,
        streak: 3 + played,
        streak_bonus_percent: 6,
        balance,
      }
    },
  }
  await page.route(/\/(api|sse)\//, async (route) => {
    const reply = replies[new URL(route.request().url()).pathname]
    if (!reply) return route.fulfill({ status: 404, json: { code: 'not_found' } })
    return route.fulfill({ json: reply() })
  })
}

async function measure(browser, { name, stallMs = 0, slowdown = 1, phone = false }) {
  const context = await browser.newContext({
    viewport: phone ? { width: 390, height: 844 } : { width: 1280, height: 900 },
    deviceScaleFactor: phone ? 3 : 1,
  })
  const page = await context.newPage()
  await answerApi(page)
  await page.addInitScript(() => {
    globalThis.longFrames = []
    new PerformanceObserver((list) => globalThis.longFrames.push(...list.getEntries())).observe({
      type: 'long-animation-frame',
    })
  })
  await page.goto(origin + values.path)
  const button = page.getByTestId('slot-spin')
  const free = page.locator('[data-testid=slot-spin][aria-disabled=false]')
  await free.waitFor()
  await page.evaluate(() => document.fonts.ready)
  await page.waitForTimeout(800)

  const devtools = await context.newCDPSession(page)
  if (slowdown > 1) await devtools.send('Emulation.setCPUThrottlingRate', { rate: slowdown })
  if (stallMs > 0) {
    await page.evaluate((ms) => {
      setInterval(() => {
        const end = performance.now() + ms
        while (performance.now() < end);
      }, 250)
    }, stallMs)
  }
  const events = []
  devtools.on('Tracing.dataCollected', ({ value }) => events.push(...value))
  await page.evaluate(() => {
    globalThis.longFrames.length = 0
  })

  // Marks of the page itself, in the clock of the trace: a stalled page also delays the harness, which must not count.
  await page.evaluate(() => {
    const scene = document.querySelector('[data-testid=slot]')
    scene?.addEventListener('click', () => performance.mark('reels-pressed'), { capture: true })
    new MutationObserver(() => {
      if (/settled|celebrating/.test(scene?.dataset.phase ?? '')) performance.mark('reels-stopped')
    }).observe(scene, { attributeFilter: ['data-phase'] })
  })

  for (let spin = 0; spin < spins; spin++) {
    await free.waitFor({ timeout: 30_000 })
    await devtools.send('Tracing.start', {
      transferMode: 'ReportEvents',
      traceConfig: {
        includedCategories: [
          'cc',
          'benchmark',
          'devtools.timeline',
          'disabled-by-default-devtools.timeline.frame',
          'blink.user_timing',
        ],
      },
    })
    await button.click()
    // Only the turning counts: at rest nothing is drawn, and nothing should be.
    await page.waitForSelector('[data-testid=slot]:is([data-phase=settled], [data-phase=celebrating])', {
      timeout: 30_000,
    })
    const complete = new Promise((resolve) => devtools.once('Tracing.tracingComplete', resolve))
    await devtools.send('Tracing.end')
    await complete
  }
  const longFrames = await page.evaluate(() =>
    globalThis.longFrames.map(({ duration, scripts }) => [
      Math.round(duration),
      ...scripts.map((script) => `${script.invoker} ${Math.round(script.duration)}`),
    ]),
  )
  if (process.env['VERBOSE']) console.log(name, JSON.stringify(longFrames))
  await context.close()

  const marks = (mark) => events.filter((event) => event.name === mark).map((event) => event.ts)
  // A round that is won goes from celebrating to settled: the first mark after a press is when its reels stopped.
  const turns = marks('reels-pressed').map((from) => [
    from,
    Math.min(...marks('reels-stopped').filter((to) => to > from)),
  ])
  const isTurning = ({ ts }) => turns.some(([from, to]) => ts >= from && ts <= to)
  const seconds = turns.reduce((sum, [from, to]) => sum + (to - from) / 1e6, 0)
  const during = events.filter(isTurning)
  const reports = during
    .map((event) =>
      event.name === 'PipelineReporter' ? (event.args?.frame_reporter ?? event.args?.chrome_frame_reporter) : undefined,
    )
    .filter((report) => report && report.state !== 'STATE_NO_UPDATE_DESIRED')
  const dropped = reports.filter((report) => report.state === 'STATE_DROPPED' && report.affects_smoothness).length
  const drawn = during.filter((event) => event.name === 'DrawFrame').length
  return {
    name,
    seconds: Number(seconds.toFixed(1)),
    drawnPerSecond: Number((drawn / seconds).toFixed(1)),
    dropped,
    droppedPercent: Number(((100 * dropped) / Math.max(1, reports.length)).toFixed(1)),
    longFrames: longFrames.length,
  }
}

const executablePath = [process.env['CHROMIUM_PATH'], '/usr/bin/chromium'].find((each) => each && existsSync(each))
const browser = await chromium.launch({
  ...(executablePath ? { executablePath } : {}),
  args: ['--no-sandbox', '--disable-gpu'],
})
const rows = []
for (const conditions of [
  { name: 'quiet' },
  { name: '120 ms stalls', stallMs: 120 },
  { name: '4x slower', slowdown: 4 },
  { name: 'phone @3x', phone: true },
]) {
  rows.push(await measure(browser, conditions))
}
await browser.close()
server.close()
console.table(rows)

const faults = rows.flatMap((row) => [
  ...(['quiet', '120 ms stalls'].includes(row.name) && row.drawnPerSecond < limits.drawnPerSecond
    ? [`${row.name}: ${row.drawnPerSecond} frames a second, fewer than ${limits.drawnPerSecond}`]
    : []),
  ...(row.name === 'quiet' && row.droppedPercent > limits.droppedPercent
    ? [`${row.name}: ${row.droppedPercent} % dropped, more than ${limits.droppedPercent} %`]
    : []),
])
for (const fault of faults) console.error(fault)
process.exitCode = faults.length > 0 ? 1 : 0
