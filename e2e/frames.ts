import type { CDPSession, Page } from '@playwright/test'

type TraceEvent = { readonly name: string; readonly ts: number }

/** Frames that Chromium drew between two marks of the page, and how many of them while its main thread was blocked. */
export type Frames = {
  readonly seconds: number
  readonly drawn: number
  readonly blockedSeconds: number
  readonly drawnBlocked: number
}

const CATEGORIES = [
  'cc',
  'benchmark',
  'devtools.timeline',
  'disabled-by-default-devtools.timeline.frame',
  'blink.user_timing',
]

/**
 * Counts what a player sees while `act` runs. The page marks when the motion begins and ends
 * (`performance.mark`), because a page with a busy main thread delays whoever watches it from outside, too.
 */
export async function countFrames(page: Page, marks: [from: string, to: string], act: () => Promise<void>) {
  const devtools = await page.context().newCDPSession(page)
  const events: TraceEvent[] = []
  devtools.on('Tracing.dataCollected', ({ value }) => events.push(...(value as unknown as TraceEvent[])))
  await devtools.send('Tracing.start', {
    transferMode: 'ReportEvents',
    traceConfig: { includedCategories: CATEGORIES },
  })
  await act()
  await endOf(devtools)
  await devtools.detach()

  const [from, to] = marks.map((mark) => events.find(({ name }) => name === mark)?.ts)
  if (from === undefined || to === undefined || to <= from) throw new Error(`no ${marks.join(' and ')} in the trace`)
  const blocks = blocksBetween(events, from, to)
  const draws = events.filter(({ name, ts }) => name === 'DrawFrame' && ts >= from && ts <= to)
  return {
    seconds: (to - from) / 1e6,
    drawn: draws.length,
    blockedSeconds: blocks.reduce((sum, [began, ended]) => sum + (ended - began) / 1e6, 0),
    drawnBlocked: draws.filter(({ ts }) => blocks.some(([began, ended]) => ts >= began && ts <= ended)).length,
  } satisfies Frames
}

/** Blocks the page's main thread for 120 ms in every 250, and marks when. */
export const BLOCK_MAIN_THREAD = `setInterval(() => {
  performance.mark('block-began')
  const end = performance.now() + 120
  while (performance.now() < end);
  performance.mark('block-ended')
}, 250)`

function blocksBetween(events: readonly TraceEvent[], from: number, to: number): [number, number][] {
  const times = (mark: string) =>
    events
      .filter(({ name }) => name === mark)
      .map(({ ts }) => ts)
      .sort((a, b) => a - b)
  const ends = times('block-ended')
  return times('block-began').flatMap((began): [number, number][] => {
    const ended = ends.find((each) => each > began)
    return ended !== undefined && began >= from && ended <= to ? [[began, ended]] : []
  })
}

async function endOf(devtools: CDPSession): Promise<void> {
  const complete = new Promise<void>((resolve) => devtools.once('Tracing.tracingComplete', () => resolve()))
  await devtools.send('Tracing.end')
  await complete
}

export function together(parts: readonly Frames[]): Frames {
  const sum = (key: keyof Frames) => parts.reduce((total, each) => total + each[key], 0)
  return {
    seconds: sum('seconds'),
    drawn: sum('drawn'),
    blockedSeconds: sum('blockedSeconds'),
    drawnBlocked: sum('drawnBlocked'),
  }
}

export const perSecond = ({ drawn, seconds }: Frames) => drawn / seconds

/** Frames a second while blocked, as a share of those while free: near 1 on the compositor, near 0 for a script. */
export function steadiness({ seconds, drawn, blockedSeconds, drawnBlocked }: Frames): number {
  return drawnBlocked / blockedSeconds / ((drawn - drawnBlocked) / (seconds - blockedSeconds))
}
