'use client'

import { useEffect, useRef } from 'react'
import { RarityMark } from '#features/odds/rarity-name.tsx'
import type { Prize, Rarity, Round, Stage } from './gacha-scene.model.ts'
import { ladder, planReveal, type Reveal, sparks, timings } from './gacha-timeline.ts'
import { PrizeCard } from './prize-card.tsx'

/**
 * Where capsules fall and open. It is told what to show and knows nothing of tokens or servers. Everything that moves
 * is handed to the compositor at once, delays included, and only transform and opacity change. For the eye only:
 * `GachaAnnouncer` tells the result to those who listen.
 */
export function GachaStage(props: {
  stage: Stage
  isCalm: boolean
  onShown: () => void
  onStep: (prize: Prize, plan: Reveal) => void
}) {
  const { stage, isCalm, onShown, onStep } = props
  const single = stage.phase === 'settled' && stage.round.count === 1 ? stage.round.prizes[0] : undefined
  return (
    <div className="gacha-stage" data-testid="gacha-stage" data-phase={stage.phase} aria-hidden="true">
      {/* biome-ignore lint/performance/noImgElement: a drawing of ours; there is nothing to optimise */}
      <img className="gacha-machine-picture" src="/art/gacha-machine.svg" alt="" width={320} height={260} />
      {stage.phase === 'revealing' && (
        <Capsule
          key={`${stage.round.roundId} ${stage.at}`}
          round={stage.round}
          at={stage.at}
          onShown={onShown}
          onStep={onStep}
        />
      )}
      {single && (
        <div className="gacha-single" data-rarity={single.rarity}>
          <Light rarity={single.rarity} isCalm={isCalm} />
          <PrizeCard prize={single} isLarge />
        </div>
      )}
      {stage.phase === 'settled' && stage.round.count === 10 && <Summary round={stage.round} isCalm={isCalm} />}
    </div>
  )
}

function Capsule(props: {
  round: Round
  at: number
  onShown: () => void
  onStep: (prize: Prize, plan: Reveal) => void
}) {
  const { round, at, onShown, onStep } = props
  const root = useRef<HTMLDivElement>(null)
  const prize = round.prizes[at]
  const tell = useRef({ onShown, onStep })
  useEffect(() => {
    tell.current = { onShown, onStep }
  })

  useEffect(() => {
    if (!root.current || !prize) return
    const plan = planReveal(prize, at === round.prizes.length - 1)
    const animations = performReveal(root.current, plan)
    tell.current.onStep(prize, plan)
    // On the clock, not on the end of an animation: a page in the background gets no frames, but the result must come.
    const timer = setTimeout(() => tell.current.onShown(), plan.endsAtMs)
    return () => {
      clearTimeout(timer)
      for (const animation of animations) animation.cancel()
    }
  }, [prize, at, round])

  if (!prize) return null
  return (
    <div ref={root} className="gacha-reveal" data-rarity={prize.rarity}>
      <div className="gacha-capsule">
        <div className="gacha-glow">
          {ladder.map((rarity) => (
            <i key={rarity} data-rarity={rarity} />
          ))}
        </div>
        {/* biome-ignore lint/performance/noImgElement: a drawing of ours; there is nothing to optimise */}
        <img data-part="bottom" src="/art/capsule-bottom.svg" alt="" width={96} height={96} />
        {/* biome-ignore lint/performance/noImgElement: a drawing of ours; there is nothing to optimise */}
        <img data-part="top" src="/art/capsule-top.svg" alt="" width={96} height={96} />
      </div>
      <ol className="gacha-ladder">
        {ladder.map((rarity) => (
          <li key={rarity} data-rarity={rarity}>
            <RarityMark rarity={rarity} className="size-full" />
          </li>
        ))}
      </ol>
      <div className="gacha-reveal-card">
        <Light rarity={prize.rarity} isCalm={false} />
        <PrizeCard prize={prize} isLarge />
      </div>
    </div>
  )
}

/** What a rarity throws around it: rays for a legendary, sparks from rare upwards. */
function Light({ rarity, isCalm }: { rarity: Rarity; isCalm: boolean }) {
  if (isCalm) return rarity === 'legendary' ? <div className="gacha-rays" /> : null
  return (
    <>
      {(rarity === 'legendary' || rarity === 'epic') && <div className="gacha-rays" data-rarity={rarity} />}
      <div className="stage-sparks gacha-sparks">
        {Array.from({ length: sparks[rarity] }, (_, place) => (
          <i
            // biome-ignore lint/suspicious/noArrayIndexKey: sparks have no identity but their place
            key={place}
            style={sparkPath(place)}
            data-kind={place % 3}
          />
        ))}
      </div>
    </>
  )
}

/** Ten at a glance, in the order in which they were drawn. */
function Summary({ round, isCalm }: { round: Round; isCalm: boolean }) {
  return (
    <div className="gacha-summary" data-testid="gacha-summary" data-calm={isCalm || undefined}>
      <ol>
        {round.prizes.map((prize, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a pull is its place
          <li key={place} className="gacha-summary-place" style={{ '--place': place } as Record<`--${string}`, number>}>
            <PrizeCard prize={prize} />
          </li>
        ))}
      </ol>
    </div>
  )
}

function performReveal(root: HTMLElement, plan: Reveal): Animation[] {
  const part = (selector: string) => root.querySelector<HTMLElement>(selector)
  const animations: Animation[] = []
  const animate = (element: HTMLElement | null, frames: Keyframe[], options: KeyframeAnimationOptions) => {
    if (element) animations.push(element.animate(frames, { fill: 'both', ...options }))
  }

  animate(
    part('.gacha-capsule'),
    [
      { transform: 'translateY(-150%) rotate(-24deg)', opacity: 0, easing: 'cubic-bezier(.5, 0, .9, .6)' },
      { transform: 'translateY(0) rotate(6deg)', opacity: 1, offset: 0.62, easing: 'ease-out' },
      { transform: 'translateY(-14%) rotate(-4deg)', opacity: 1, offset: 0.8, easing: 'ease-in' },
      { transform: 'translateY(0) rotate(0)', opacity: 1 },
    ],
    { duration: timings.dropMs },
  )
  for (const { rarity, atMs, stays } of plan.steps) {
    const lit = { opacity: 1, transform: 'scale(1.12)' }
    const rest = stays ? { opacity: 1, transform: 'scale(1)' } : { opacity: 0.22, transform: 'scale(1)' }
    animate(part(`.gacha-ladder [data-rarity=${rarity}]`), [{ opacity: 0.22, transform: 'scale(.8)' }, lit, rest], {
      delay: atMs,
      duration: timings.climbStepMs + (stays ? 0 : timings.dimMs),
    })
    // The glow inside follows: each mark's colour over the one before, and only what stays, stays.
    animate(part(`.gacha-glow [data-rarity=${rarity}]`), [{ opacity: 0 }, { opacity: 1 }, { opacity: stays ? 1 : 0 }], {
      delay: atMs,
      duration: timings.climbStepMs + (stays ? 0 : timings.dimMs),
    })
  }
  const shakeMs = plan.opensAtMs - timings.dropMs
  animate(part('.gacha-glow'), [{ transform: 'scale(.86)' }, { transform: 'scale(1.14)' }], {
    delay: timings.dropMs,
    duration: Math.max(1, shakeMs),
    easing: 'ease-in',
  })
  const open = { delay: plan.opensAtMs, duration: timings.openMs, easing: 'cubic-bezier(.2, .7, .3, 1)' }
  animate(
    part('[data-part=top]'),
    [{ transform: 'none' }, { transform: 'translate(-34%, -120%) rotate(-48deg)' }],
    open,
  )
  animate(part('[data-part=top]'), [{ opacity: 1 }, { opacity: 0 }], open)
  animate(part('[data-part=bottom]'), [{ transform: 'none' }, { transform: 'translate(26%, 90%) rotate(30deg)' }], open)
  animate(part('[data-part=bottom]'), [{ opacity: 1 }, { opacity: 0 }], open)
  animate(part('.gacha-glow'), [{ opacity: 1 }, { opacity: 0 }], open)
  animate(
    part('.gacha-reveal-card'),
    [
      { transform: 'scale(.3) rotateY(80deg)', opacity: 0 },
      { transform: 'scale(1.06) rotateY(0)', opacity: 1, offset: 0.75 },
      { transform: 'none', opacity: 1 },
    ],
    {
      delay: plan.opensAtMs + timings.openMs * 0.3,
      duration: timings.openMs * 0.7 + timings.cardMs,
      easing: 'ease-out',
    },
  )
  return animations
}

/** Each spark has its own way, spread by the golden angle so that they never look like rows. */
function sparkPath(place: number): Record<`--${string}`, string> {
  const angle = place * 2.399963
  const far = 26 + ((place * 37) % 23)
  return {
    '--x': `${(Math.cos(angle) * far).toFixed(1)}cqw`,
    '--y': `${(Math.sin(angle) * far * 0.75).toFixed(1)}cqw`,
    '--wait': `${(place * 53) % 600}ms`,
    '--turn': `${((place * 97) % 360) - 180}deg`,
  }
}
