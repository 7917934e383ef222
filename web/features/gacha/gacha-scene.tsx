'use client'

import './gacha.css'
import { lazy, Suspense, useCallback, useEffect, useRef, useState } from 'react'
import { RarityMark } from '#features/odds/rarity-name.tsx'
import { CountingNumber } from '#features/slot/counting-number.tsx'
import { prefersCalm, usePrefs } from '#stores/prefs.ts'
import { formatPpm } from '#text/format.ts'
import { useText } from '#text/text-provider.tsx'
import { wakeSound } from '#ui/synth.ts'
import { GachaAnnouncer } from './gacha-announcer.tsx'
import { type Count, isBusy, type Prize, rarities, type Scene, shownBalance, shownMisses } from './gacha-scene.model.ts'
import { LatestPulls, RecentWinners, SittingFigures } from './gacha-side.tsx'
import { playSound } from './gacha-sound.ts'
import { GachaStage } from './gacha-stage.tsx'
import { type Reveal, timings } from './gacha-timeline.ts'
import type { Market } from './market.model.ts'
import { PityMeter } from './pity-meter.tsx'
import { PullButtons } from './pull-buttons.tsx'
import { useGachaScene } from './use-gacha-scene.ts'

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
  const isUnknown = stage.phase === 'unknown'
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
    <div className="gacha" data-phase={stage.phase} data-testid="gacha">
      <header className="gacha-head">
        <h1 className="visually-hidden">{t('gacha.title')}</h1>
        <p className="gacha-balance">
          <span className="gacha-caption">{t('gacha.balance')}</span>
          <span className="numerals gacha-balance-value" data-testid="gacha-balance">
            {balance === null ? '—' : <CountingNumber value={balance} lengthMs={isCalm ? 0 : 400} />}
          </span>
        </p>
        <SoundSwitch />
      </header>

      <SittingFigures session={scene.session} startedAt={play.startedAt} pullsLeft={scene.pullsLeft} />

      <div className="gacha-main">
        <div ref={machine} className="gacha-machine">
          {/* biome-ignore lint/performance/noImgElement: a drawing of ours; there is nothing to optimise */}
          <img className="gacha-sign" src="/art/sign-neon-market.svg" alt="" width={588} height={66} />
          <Display scene={scene} isReady={(market !== null && balance !== null) || play.isUnavailable} />
          <GachaStage stage={stage} isCalm={isCalm} onShown={play.showNext} onStep={soundStep} />
          {isBusy(stage) && <RevealControls scene={scene} onNext={play.showNext} onSkip={play.skip} />}
          {isUnknown && (
            <Notice
              title={t('gacha.screen.unknown')}
              why={t('gacha.screen.unknownWhy')}
              action={t(stage.isChecking ? 'gacha.screen.checking' : 'gacha.screen.check')}
              isBusy={stage.isChecking}
              onAction={play.checkOutcome}
            />
          )}
          {play.isUnavailable && (
            <Notice
              title={t('gacha.screen.unavailable')}
              why={t('gacha.screen.unavailableWhy')}
              action={t('gacha.screen.retry')}
              isBusy={false}
              onAction={play.retry}
            />
          )}
        </div>

        <PullButtons priceTokens={market?.priceTokens ?? null} obstacleTo={play.obstacleTo} onPull={pull} />

        <WhatYouGet
          market={market}
          onOpen={() => {
            setOddsWanted(true)
            setOddsOpen(true)
          }}
        />
      </div>

      <aside className="gacha-side">
        <PityMeter misses={shownMisses(scene)} after={play.pityAfter} />
        <LatestPulls rounds={scene.session.latest} />
        <RecentWinners />
      </aside>

      <GachaAnnouncer scene={scene} />
      {wereOddsWanted && (
        <Suspense>
          <OddsSheet isOpen={areOddsOpen} onClose={() => setOddsOpen(false)} />
        </Suspense>
      )}
    </div>
  )
}

/** The line above the machine: what it waits for, what came, or why nothing did. */
function Display({ scene: { stage }, isReady }: { scene: Scene; isReady: boolean }) {
  const { t } = useText()
  const isBad = stage.phase === 'refused' || stage.phase === 'unknown'
  return (
    <div className="gacha-screen" data-bad={isBad || undefined} aria-hidden="true">
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
    <section className="gacha-get" aria-label={t('gacha.get.label')}>
      <div className="gacha-get-head">
        <p>
          <strong>{t('gacha.get.label')}</strong>
          <span className="gacha-caption">{t('gacha.get.contains')}</span>
        </p>
        <button type="button" className="gacha-tool" onClick={onOpen} data-testid="gacha-odds">
          <svg viewBox="0 0 24 24" aria-hidden="true">
            <path d="M5 19V11M12 19V5M19 19v-6" />
          </svg>
          {t('gacha.odds.open')}
        </button>
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

function SoundSwitch() {
  const { t } = useText()
  const isOn = usePrefs((prefs) => prefs.sound)
  const set = usePrefs((prefs) => prefs.set)
  return (
    <button
      type="button"
      className="gacha-tool gacha-tool-round"
      aria-label={t(isOn ? 'slot.sound.off' : 'slot.sound.on')}
      onClick={() => {
        wakeSound()
        set({ sound: !isOn })
      }}
    >
      <svg viewBox="0 0 24 24" aria-hidden="true">
        <path d="M4 9.500v5h3.500L12 18.500v-13L7.500 9.500z" />
        <path d={isOn ? 'M15.500 9a4 4 0 0 1 0 6M18 6.500a8 8 0 0 1 0 11' : 'M16 9.500l5 5M21 9.500l-5 5'} />
      </svg>
    </button>
  )
}

function Notice(props: { title: string; why: string; action: string; isBusy: boolean; onAction: () => void }) {
  return (
    <div className="gacha-notice">
      {/* biome-ignore lint/performance/noImgElement: a drawing of ours; there is nothing to optimise */}
      <img src="/art/mascot-sorry.svg" alt="" width={88} height={88} />
      <div className="gacha-notice-words">
        <p className="gacha-notice-title">{props.title}</p>
        <p>{props.why}</p>
        <button
          type="button"
          aria-disabled={props.isBusy}
          onClick={() => {
            if (!props.isBusy) props.onAction()
          }}
        >
          {props.action}
        </button>
      </div>
    </div>
  )
}

/** While capsules open: the right arrow shows the next one, Escape all of them. Keys never pull: a button does. */
function useRevealKeys(keys: { isOff: boolean; onNext: () => void; onSkip: () => void }): void {
  const latest = useRef(keys)
  useEffect(() => {
    latest.current = keys
  })
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      const { isOff, onNext, onSkip } = latest.current
      if (isOff || event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey) return
      if (event.key === 'Escape') onSkip()
      if (event.key === 'ArrowRight') {
        event.preventDefault()
        onNext()
      }
    }
    addEventListener('keydown', listen)
    return () => removeEventListener('keydown', listen)
  }, [])
}
