'use client'

import { type Ref, useEffect, useImperativeHandle, useRef } from 'react'
import { cellsAround, openingReels, type ReelCells, sheetPosition, type Weighted } from './reel-cells.ts'
import type { Reels } from './slot-scene.model.ts'
import { type Stop, timings } from './slot-timeline.ts'

/**
 * The reels as a performer: it is told what to show and when, and knows nothing of stakes or servers.
 *
 * Everything that moves is handed to the compositor at once, delays included, so a busy main thread cannot make a reel
 * stutter. Only transform and opacity change; while a reel turns, nothing is painted.
 */
export type SlotStageHandle = {
  /** Winds up and turns until told otherwise. */
  readonly turn: () => void
  /** Stops each reel when its `Stop` says, counted from `pressedAt`; tells when one has come to rest. */
  readonly stop: (reels: Reels, stops: readonly Stop[], pressedAt: number, onStopped: () => void) => void
  /** Comes to rest on what was there before: nothing has been decided. */
  readonly rest: () => void
  /** Calm motion: the result without a journey. */
  readonly show: (reels: Reels) => void
}

type Reel = {
  readonly window: HTMLElement
  readonly strip: HTMLElement
  readonly fast: HTMLElement
  readonly ring: HTMLElement
  animations: Animation[]
}

const places = [0, 1, 2] as const

export function SlotStage(props: {
  ref: Ref<SlotStageHandle>
  symbols: readonly Weighted[]
  /** Reels to ring when they have won, from 0. */
  winners: readonly number[]
}) {
  const { ref, symbols, winners } = props
  const root = useRef<HTMLDivElement>(null)
  const reels = useRef<readonly Reel[]>([])
  const dice = useRef(symbols)
  dice.current = symbols

  useEffect(() => {
    const found = [...(root.current?.querySelectorAll<HTMLElement>('.slot-reel') ?? [])]
    reels.current = found.flatMap((window) => {
      const [strip, fast, ring] = ['.slot-strip', '.slot-fast', '.slot-ring'].map((part) =>
        window.querySelector<HTMLElement>(part),
      )
      return strip && fast && ring ? [{ window, strip, fast, ring, animations: [] }] : []
    })
    return () => {
      for (const reel of reels.current) endAnimations(reel)
    }
  }, [])

  useImperativeHandle(ref, () => {
    const around = (symbol: string, passing: number) => cellsAround(symbol, dice.current, passing, Math.random)
    const land = (symbols: Reels) => {
      for (const [place, reel] of reels.current.entries()) {
        endAnimations(reel)
        layCells(reel.strip, around(symbols[place as 0 | 1 | 2], 0))
      }
    }
    return {
      turn: () => {
        // Read once, before anything is written: a size asked for in between would lay the page out three times.
        const cell = cellHeight(reels.current)
        for (const [place, reel] of reels.current.entries()) turnReel(reel, place, cell)
      },
      stop: (symbols, stops, pressedAt, onStopped) => {
        const cell = cellHeight(reels.current)
        for (const stop of stops) {
          const reel = reels.current[stop.reel]
          if (reel) stopReel(reel, cell, stop, pressedAt, around(symbols[stop.reel], timings.stopCells), onStopped)
        }
      },
      rest: () => {
        const cell = cellHeight(reels.current)
        for (const reel of reels.current) restReel(reel, cell)
      },
      show: land,
    }
  }, [])

  return (
    <div ref={root} className="slot-reels" aria-hidden="true" data-testid="slot-reels">
      {places.map((place) => (
        <div key={place} className="slot-reel" data-won={winners.includes(place) || undefined}>
          <div className="slot-strip">
            {openingWindow(place).map((symbol, row) => (
              <div
                // biome-ignore lint/suspicious/noArrayIndexKey: cells have no identity but their row
                key={row}
                className="slot-cell"
                style={{ backgroundPositionY: `${sheetPosition(symbol)}%` }}
              />
            ))}
          </div>
          <div className="slot-fast" style={{ backgroundPositionY: `calc(var(--cell) * ${place * 2})` }} />
          <div className="slot-shade" />
          <div className="slot-ring" />
        </div>
      ))}
      <div className="slot-line" />
    </div>
  )
}

/** The prerendered picture has no dice, so its scenery is written down. */
function openingWindow(place: 0 | 1 | 2): readonly [string, string, string] {
  const above = ['cherry', 'orange', 'cherry'] as const
  const below = ['lemon', 'cherry', 'orange'] as const
  return [above[place], openingReels[place], below[place]]
}

function layCells(strip: HTMLElement, { window, passing }: ReelCells): void {
  const symbols = [...window, ...passing]
  while (strip.children.length > symbols.length) strip.lastElementChild?.remove()
  while (strip.children.length < symbols.length) {
    const cell = document.createElement('div')
    cell.className = 'slot-cell'
    strip.append(cell)
  }
  for (const [row, symbol] of symbols.entries()) {
    const cell = strip.children[row]
    if (cell instanceof HTMLElement) cell.style.backgroundPositionY = `${sheetPosition(symbol)}%`
  }
}

function cellHeight([reel]: readonly Reel[]): number {
  return reel?.strip.firstElementChild?.getBoundingClientRect().height ?? 0
}

function endAnimations(reel: Reel): void {
  for (const animation of reel.animations) animation.cancel()
  reel.animations = []
  reel.window.classList.remove('slot-reel-turning')
}

const down = (pixels: number) => `translate3d(0, ${pixels}px, 0)`

function turnReel(reel: Reel, place: number, cell: number): void {
  endAnimations(reel)
  reel.window.classList.add('slot-reel-turning')
  const turn = cell * 6
  const delay = place * timings.startStaggerMs
  const full = timings.windUpMs + timings.speedUpMs
  const breath = timings.windUpMs / full
  reel.animations = [
    reel.strip.animate(
      [
        { transform: down(0), opacity: 1, easing: 'cubic-bezier(.3, 0, .4, 1)' },
        { transform: down(-timings.windUpPx), opacity: 1, offset: breath, easing: 'cubic-bezier(.5, 0, .9, .6)' },
        { transform: down(cell * 1.6), opacity: 0 },
      ],
      { duration: full, delay, fill: 'both' },
    ),
    reel.fast.animate([{ opacity: 0 }, { opacity: 0, offset: breath, easing: 'ease-in' }, { opacity: 1 }], {
      duration: full,
      delay,
      fill: 'both',
    }),
    reel.fast.animate([{ transform: down(-turn) }, { transform: down(0) }], {
      duration: timings.loopMs,
      delay,
      iterations: Number.POSITIVE_INFINITY,
      fill: 'backwards',
    }),
  ]
}

function stopReel(
  reel: Reel,
  cell: number,
  stop: Stop,
  pressedAt: number,
  cells: ReelCells,
  onStopped: () => void,
): void {
  const passed = performance.now() - pressedAt
  const delay = Math.max(0, stop.startsAtMs - passed)
  // The old strip is invisible by now, so the new one can be laid before it is needed: nothing is painted later.
  layCells(reel.strip, cells)
  const turning = reel.animations.slice(1)
  reel.animations[0]?.cancel()
  const fade = timings.stopMs * 0.32
  const arrive = reel.strip.animate(
    [
      { transform: down(-cell * timings.stopCells), easing: 'cubic-bezier(.2, .6, .4, 1)' },
      { transform: down(timings.overshootPx), offset: 0.72, easing: 'ease-in-out' },
      { transform: down(-timings.settlePx), offset: 0.88, easing: 'ease-in-out' },
      { transform: down(0) },
    ],
    { duration: timings.stopMs, delay, fill: 'both' },
  )
  reel.animations = [
    ...turning,
    arrive,
    reel.strip.animate([{ opacity: 0 }, { opacity: 1 }], { duration: fade, delay, fill: 'both' }),
    reel.fast.animate([{ opacity: 1 }, { opacity: 0 }], { duration: fade, delay, fill: 'forwards' }),
  ]
  if (stop.ringAtMs !== null) {
    const ringDelay = Math.max(0, stop.ringAtMs - passed)
    reel.animations.push(
      // One pulse takes a second: well below three flashes a second.
      reel.ring.animate([{ opacity: 0.25 }, { opacity: 1 }], {
        duration: 500,
        delay: ringDelay,
        iterations: Math.max(1, Math.ceil((delay - ringDelay) / 500)),
        direction: 'alternate',
      }),
    )
  }
  let isOver = false
  const end = () => {
    if (isOver) return
    isOver = true
    if (arrive.playState === 'idle') return // cancelled: the scene was left or another spin has begun
    endAnimations(reel)
    onStopped()
  }
  arrive.onfinish = end
  // A page in the background gets no frames, and then no finish either; the result must be told all the same.
  setTimeout(end, delay + timings.stopMs + 400)
}

function restReel(reel: Reel, cell: number): void {
  const turning = reel.animations
  const settle = reel.strip.animate(
    [
      { transform: down(-cell * 1.5), opacity: 0, easing: 'cubic-bezier(.2, .6, .4, 1)' },
      { transform: down(timings.overshootPx), opacity: 1, offset: 0.8, easing: 'ease-in-out' },
      { transform: down(0), opacity: 1 },
    ],
    { duration: timings.restMs },
  )
  const calmDown = reel.fast.animate([{ opacity: 1 }, { opacity: 0 }], {
    duration: timings.restMs / 2,
    fill: 'forwards',
  })
  reel.animations = [...turning.slice(1), settle, calmDown]
  turning[0]?.cancel()
  settle.onfinish = () => endAnimations(reel)
}
