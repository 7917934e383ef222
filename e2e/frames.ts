import type { CDPSession, Page } from '@playwright/test'

type TraceEvent = {
  readonly name: string
  readonly ts: number
  readonly ph: string
  readonly pid: number
  readonly tid: number
  /** Time that the thread itself was at work, which does not grow with the load of the machine. */
  readonly tdur?: number
  readonly args?: {
    readonly frame_reporter?: { readonly state?: string; readonly affects_smoothness?: boolean }
    readonly chrome_frame_reporter?: { readonly state?: string; readonly affects_smoothness?: boolean }
  }
}

/** Frames that Chromium drew between two marks of the page, and how many of them while its main thread was blocked. */
export type Frames = {
  readonly seconds: number
  readonly drawn: number
  readonly blockedSeconds: number
  readonly drawnBlocked: number
  /** Frames that should have shown the motion and did not come. */
  readonly dropped: number
  /** The longest turn of the page's main thread, in milliseconds of its own work. */
  readonly longestTurnMs: number
}

const CATEGORIES = [
  'cc',
  'benchmark',
  'devtools.timeline',
  'disabled-by-default-devtools.timeline.frame',
  'blink.user_timing',
  'toplevel',
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
  const inTime = events.filter(({ ts }) => ts >= from && ts <= to)
  const draws = inTime.filter(({ name }) => name === 'DrawFrame')
  const marked = events.find(({ name }) => name === marks[0])
  const turns = inTime.filter(
    ({ name, pid, tid }) => name.endsWith('RunTask') && pid === marked?.pid && tid === marked.tid,
  )
  return {
    seconds: (to - from) / 1e6,
    drawn: draws.length,
    blockedSeconds: blocks.reduce((sum, [began, ended]) => sum + (ended - began) / 1e6, 0),
    dropped: inTime.filter(isDropped).length,
    longestTurnMs: Math.max(0, ...turns.map(({ tdur = 0 }) => tdur / 1000)),
    drawnBlocked: draws.filter(({ ts }) => blocks.some(([began, ended]) => ts >= began && ts <= ended)).length,
  } satisfies Frames
}

function isDropped({ name, ph, args }: TraceEvent): boolean {
  const reporter = args?.chrome_frame_reporter ?? args?.frame_reporter
  return (
    name === 'PipelineReporter' && ph === 'b' && reporter?.state === 'STATE_DROPPED' && !!reporter.affects_smoothness
  )
}

/** Blocks the page's main thread for 120 ms in every 250, and marks when. */
export const BLOCK_MAIN_THREAD = `globalThis.blocking = setInterval(() => {
  performance.mark('block-began')
  const end = performance.now() + 120
  while (performance.now() < end);
  performance.mark('block-ended')
}, 250)`
export const FREE_MAIN_THREAD = 'clearInterval(globalThis.blocking)'

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
    dropped: sum('dropped'),
    longestTurnMs: Math.max(...parts.map((each) => each.longestTurnMs)),
  }
}

/** Dropped frames, as a share of all that should have come. */
export const droppedShare = ({ drawn, dropped }: Frames) => dropped / (drawn + dropped)

export const perSecond = ({ drawn, seconds }: Frames) => drawn / seconds

/** Frames a second while blocked, as a share of those while free: near 1 on the compositor, near 0 for a script. */
export function steadiness({ seconds, drawn, blockedSeconds, drawnBlocked }: Frames): number {
  return drawnBlocked / blockedSeconds / ((drawn - drawnBlocked) / (seconds - blockedSeconds))
}
