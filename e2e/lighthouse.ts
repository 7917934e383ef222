import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium } from '@playwright/test'
import lighthouse from 'lighthouse'
import { findChromium } from './find-chromium.ts'

/** Scores are out of 100, times in milliseconds of a simulated phone (4x slower, 1.6 Mbit/s), bytes as sent. */
export type Marks = {
  readonly performance: number
  readonly accessibility: number
  readonly bestPractice: number
  readonly seo: number
  readonly lcpMs: number
  readonly tbtMs: number
  readonly cls: number
  /** What jumped, worst first. */
  readonly jumps: readonly string[]
  readonly kilobytes: number
  /** Audits below full marks, performance left out: what to mend. */
  readonly faults: readonly string[]
}

export const PATHS = { landing: '/ko', home: '/ko/home', slot: '/ko/games/slot' } as const
export type Place = keyof typeof PATHS

/**
 * Opens one Chromium, signs a player in and hands out the measuring. The landing is measured signed in, too: the
 * page is the same. Lighthouse drives the same browser over its port, so the cookies are those of the player.
 */
export async function withLighthouse(
  origin: string,
  work: (measure: (place: Place) => Promise<Marks>) => Promise<void>,
) {
  const { executablePath, env } = await findChromium()
  const profile = mkdtempSync(join(tmpdir(), 'casino-club-lighthouse-'))
  const port = await freePort()
  const browser = await chromium.launchPersistentContext(profile, {
    executablePath,
    env: { ...(process.env as Record<string, string>), ...env },
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', `--remote-debugging-port=${port}`],
  })
  try {
    const page = await browser.newPage()
    await page.goto(`${origin}/ko/login`)
    await page.locator('input[name=username]').fill('demo_luna')
    await page.locator('input[name=password]').fill('neon-garden-58')
    await page.keyboard.press('Enter')
    await page.waitForURL('**/home')
    await page.goto('about:blank')
    await work((place) => measure(`${origin}${PATHS[place]}`, port))
  } finally {
    await browser.close()
    rmSync(profile, { recursive: true, force: true })
  }
}

const MOST_TRIES = 3

/**
 * Lighthouse sometimes has nothing to tell: no first paint in its trace, although the page was there (2 of 15 runs). That
 * is no figure of ours, so it is asked again; what it does say is never asked for twice.
 */
async function measure(url: string, port: number): Promise<Marks> {
  for (let tries = 1; ; tries++) {
    try {
      return await measureOnce(url, port)
    } catch (error) {
      if (!(error instanceof NothingToTell) || tries === MOST_TRIES) throw error
      console.log(`${error.message}; once more`)
    }
  }
}

class NothingToTell extends Error {}

async function measureOnce(url: string, port: number): Promise<Marks> {
  const result = await lighthouse(url, {
    port,
    onlyCategories: ['performance', 'accessibility', 'best-practices', 'seo'],
    logLevel: 'error',
  })
  if (!result) throw new NothingToTell(`Lighthouse says nothing about ${url}`)
  const { lhr } = result
  if (lhr.runtimeError) throw new NothingToTell(`Lighthouse, ${url}: ${lhr.runtimeError.message}`)
  if (lhr.finalDisplayedUrl !== url) throw new Error(`${url} led to ${lhr.finalDisplayedUrl}`)
  const score = (category: string) => Math.round((lhr.categories[category]?.score ?? 0) * 100)
  const figure = (audit: string) => lhr.audits[audit]?.numericValue ?? Number.NaN
  const judged = ['accessibility', 'best-practices', 'seo'].flatMap(
    (category) => lhr.categories[category]?.auditRefs.map(({ id }) => id) ?? [],
  )
  return {
    performance: score('performance'),
    accessibility: score('accessibility'),
    bestPractice: score('best-practices'),
    seo: score('seo'),
    lcpMs: Math.round(figure('largest-contentful-paint')),
    tbtMs: Math.round(figure('total-blocking-time')),
    cls: Number(figure('cumulative-layout-shift').toFixed(3)),
    jumps: jumpsIn(lhr.audits['layout-shifts']?.details),
    kilobytes: Math.round(figure('total-byte-weight') / 1024),
    faults: judged.filter((id) => {
      const { score: got, scoreDisplayMode: mode } = lhr.audits[id] ?? {}
      return mode !== 'informative' && typeof got === 'number' && got < 1
    }),
  }
}

function jumpsIn(details: unknown): string[] {
  if (typeof details !== 'object' || details === null || !('items' in details) || !Array.isArray(details.items))
    return []
  return details.items.map((item: { score?: number; node?: { selector?: string } }) =>
    [item.score?.toFixed(3), item.node?.selector].join(' '),
  )
}

async function freePort(): Promise<number> {
  const probe = createServer()
  await new Promise<void>((listening) => probe.listen(0, '127.0.0.1', listening))
  const address = probe.address()
  await new Promise((closed) => probe.close(closed))
  if (typeof address !== 'object' || address === null) throw new Error('no free port')
  return address.port
}
