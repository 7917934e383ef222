'use client'

import { lazy, Suspense, useCallback, useRef, useState } from 'react'
import { RarityMark } from '#features/odds/rarity-name.tsx'
import { SittingFigures } from '#features/stage/sitting-figures.tsx'
import { Machine, OddsButton, StageFrame } from '#features/stage/stage-frame.tsx'
import { useStageKeys } from '#features/stage/stage-keys.ts'
import { prefersCalm, usePrefs } from '#stores/prefs.ts'
import { formatPpm } from '#text/format.ts'
import { useText } from '#text/text-provider.tsx'
import { GachaAnnouncer } from './gacha-announcer.tsx'
import { type Count, isBusy, type Prize, rarities, type Scene, shownBalance, shownMisses } from './gacha-scene.model.ts'
import { LatestPulls, RecentWinners } from './gacha-side.tsx'
import { playSound } from './gacha-sound.ts'
import { GachaStage } from './gacha-stage.tsx'
import { type Reveal, timings } from './gacha-timeline.ts'
import type { Market } from './market.model.ts'
import { PityMeter } from './pity-meter.tsx'
import { PullButtons } from './pull-buttons.tsx'
import { useGachaScene } from './use-gacha-scene.ts'
import './gacha.css'

// The sheet reckons chances for where the player stands; it comes when it is asked for.
const OddsSheet = lazy(() => import('./odds-sheet.tsx').then(({ OddsSheet }) => ({ default: OddsSheet })))

/** The gacha, whole: machine, prices, pity, sitting, odds. What comes out is the server's; this performs it. */
export function GachaScene() {
  const { t } = useText()
  const play = useGachaScene()
  const { scene, market } = play
  const { stage } = scene
  const motion = usePrefs((prefs) => prefs.motion)
  const isCalm = prefersCalm(motion)
  const [areOddsOpen, setOddsOpen] = useState(false)
  const [wereOddsWanted, setOddsWanted] = useState(false)
  const balance = shownBalance(scene)
  const machine = useRef<HTMLDivElement>(null)

  /** Whoever had scrolled down to the odds must not miss what they have pulled. */
  const pull = (count: Count) => {
    machine.current?.scrollIntoView({ block: 'nearest', behavior: isCalm ? 'auto' : 'smooth' })
    play.pull(count)
  }

  useRevealKeys({ isOff: areOddsOpen || !isBusy(stage), onNext: play.showNext, onSkip: play.skip })

  const soundStep = useCallback((prize: Prize, plan: Reveal) => {
    const { sound: isOn, volume } = usePrefs.getState()
    if (!isOn) return
    playSound('drop', volume, timings.dropMs * 0.6)
    playSound(prize.rarity, volume, plan.opensAtMs)
  }, [])

  return (
    <StageFrame
      game="gacha"
      phase={stage.phase}
      balance={balance}
      countsForMs={isCalm ? 0 : 400}
      sitting={
        <SittingFigures
          game="gacha"
          net={scene.session.net}
          startedAt={play.startedAt}
          last={{
            label: t('gacha.session.left'),
            value: (
              <span data-testid="gacha-left">
                {scene.pullsLeft === null ? '—' : t('gacha.session.leftOf', { n: scene.pullsLeft })}
              </span>
            ),
          }}
        />
      }
      main={
        <>
          <Machine
            game="gacha"
            signWidth={588}
            ref={machine}
            inDoubt={stage.phase === 'unknown' ? stage : null}
            isUnavailable={play.isUnavailable}
            onCheck={play.checkOutcome}
            onRetry={play.retry}
          >
            <Display scene={scene} isReady={(market !== null && balance !== null) || play.isUnavailable} />
            <GachaStage stage={stage} isCalm={isCalm} onShown={play.showNext} onStep={soundStep} />
            {isBusy(stage) && <RevealControls scene={scene} onNext={play.showNext} onSkip={play.skip} />}
          </Machine>
          <PullButtons priceTokens={market?.priceTokens ?? null} obstacleTo={play.obstacleTo} onPull={pull} />
          <WhatYouGet
            market={market}
            onOpen={() => {
              setOddsWanted(true)
              setOddsOpen(true)
            }}
          />
        </>
      }
      side={
        <>
          <PityMeter misses={shownMisses(scene)} after={play.pityAfter} />
          <LatestPulls rounds={scene.session.latest} />
          <RecentWinners />
        </>
      }
    >
      <GachaAnnouncer scene={scene} />
      {wereOddsWanted && (
        <Suspense>
          <OddsSheet isOpen={areOddsOpen} onClose={() => setOddsOpen(false)} />
        </Suspense>
      )}
    </StageFrame>
  )
}

/** The line above the machine: what it waits for, what came, or why nothing did. */
function Display({ scene: { stage }, isReady }: { scene: Scene; isReady: boolean }) {
  const { t } = useText()
  const isBad = stage.phase === 'refused' || stage.phase === 'unknown'
  return (
    <div className="stage-screen gacha-screen" data-bad={isBad || undefined} aria-hidden="true">
      {!isReady ? (
        <p>{t('gacha.screen.loading')}</p>
      ) : stage.phase === 'asking' ? (
        <p>{t('gacha.screen.turning')}</p>
      ) : stage.phase === 'revealing' ? (
        stage.round.count === 1 ? (
          <p>{t('gacha.screen.opening')}</p>
        ) : (
          <p className="numerals">{t('gacha.screen.at', { n: stage.at + 1, all: stage.round.count })}</p>
        )
      ) : stage.phase === 'settled' ? (
        <>
          <p>{stage.round.situation}</p>
          {stage.round.count === 10 && <p className="gacha-screen-more">{stage.round.summary}</p>}
        </>
      ) : stage.phase === 'refused' ? (
        <p>{stage.sentence}</p>
      ) : stage.phase === 'unknown' ? (
        <p>{t('gacha.screen.unknown')}</p>
      ) : (
        <p>{t('gacha.screen.idle')}</p>
      )}
    </div>
  )
}

/** From the first frame on: everything at once, or the next one. */
function RevealControls(props: { scene: Scene; onNext: () => void; onSkip: () => void }) {
  const { scene, onNext, onSkip } = props
  const { t } = useText()
  const { stage } = scene
  const isSkipping = stage.phase === 'asking' && stage.wantsSkip
  const isRow =
    stage.phase === 'asking' ? stage.ask.count === 10 : stage.phase === 'revealing' && stage.round.count === 10
  return (
    <div className="gacha-reveal-controls">
      {stage.phase === 'revealing' && isRow && (
        <button type="button" aria-keyshortcuts="ArrowRight" data-testid="gacha-next" onClick={onNext}>
          {t('gacha.reveal.next')}
        </button>
      )}
      <button
        type="button"
        aria-keyshortcuts="Escape"
        aria-disabled={isSkipping}
        data-testid="gacha-skip"
        onClick={onSkip}
      >
        {t(isRow ? 'gacha.reveal.skipAll' : 'gacha.reveal.skip')}
      </button>
    </div>
  )
}

/** The effective chances, always in sight beside what a pull costs; everything else is one tap away. */
function WhatYouGet({ market, onOpen }: { market: Market | null; onOpen: () => void }) {
  const { t, language } = useText()
  return (
    <section className="stage-panel gacha-get" aria-label={t('gacha.get.label')}>
      <div className="gacha-get-head">
        <p>
          <strong>{t('gacha.get.label')}</strong>
          <span className="stage-caption">{t('gacha.get.contains')}</span>
        </p>
        <OddsButton game="gacha" onOpen={onOpen} />
      </div>
      <dl>
        {rarities.map((rarity) => (
          <div key={rarity} data-rarity={rarity}>
            <dt>
              <RarityMark rarity={rarity} className="size-3.5" />
              {t(`odds.gacha.${rarity}`)}
            </dt>
            <dd className="numerals">{market ? formatPpm(market.longRun[rarity] * 1_000_000, language) : '—'}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}

/** While capsules open: the right arrow shows the next one, Escape all of them. Keys never pull: a button does. */
function useRevealKeys({ isOff, onNext, onSkip }: { isOff: boolean; onNext: () => void; onSkip: () => void }): void {
  useStageKeys(isOff, (event) => {
    if (event.key === 'Escape') onSkip()
    if (event.key === 'ArrowRight') {
      event.preventDefault()
      onNext()
    }
  })
}
