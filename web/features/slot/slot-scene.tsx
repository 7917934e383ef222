'use client'

import './slot.css'
import { streakBonusAt } from '@casino-club/fairness/slot.rules.ts'
import { lazy, Suspense, useEffect, useRef, useState } from 'react'
import { prefersCalm, usePrefs } from '#stores/prefs.ts'
import { useText } from '#text/text-provider.tsx'
import { wakeSound } from '#ui/synth.ts'
import { betBeside } from './bet-steps.ts'
import { CountingNumber } from './counting-number.tsx'
import type { Weighted } from './reel-cells.ts'
import { SlotAnnouncer } from './slot-announcer.tsx'
import { SlotControls } from './slot-controls.tsx'
import { isBusy, shownBalance, winningReels } from './slot-scene.model.ts'
import { SlotScreen } from './slot-screen.tsx'
import { LatestResults, SittingFigures } from './slot-sitting.tsx'
import { SlotStage, type SlotStageHandle } from './slot-stage.tsx'
import { countUpMs } from './slot-timeline.ts'
import { useSlotScene } from './use-slot-scene.ts'

// The sheet calculates exact odds, which is more code than the machine itself; it comes when it is asked for.
const OddsSheet = lazy(() => import('./odds-sheet.tsx').then(({ OddsSheet }) => ({ default: OddsSheet })))

// Big wins are rare: what they throw into the air comes while the first reels turn.
const loadCelebration = () => import('./slot-celebration.tsx')
const SlotCelebration = lazy(() => loadCelebration().then(({ SlotCelebration }) => ({ default: SlotCelebration })))

const noSymbols: readonly Weighted[] = []
const someLimits = { min: 10, max: 1_000 }

/** The slot, whole: machine, bet, sitting, odds. What comes up is the server's; this performs it. */
export function SlotScene() {
  const { t } = useText()
  const stage = useRef<SlotStageHandle>(null)
  const play = useSlotScene(stage)
  const { scene, config } = play
  const { stage: now } = scene
  const motion = usePrefs((prefs) => prefs.motion)
  const isCalm = prefersCalm(motion)
  const isTurning = isBusy(now)
  const isUnknown = now.phase === 'unknown'
  const [areOddsOpen, setOddsOpen] = useState(false)
  const [wereOddsWanted, setOddsWanted] = useState(false)

  const limits = config?.bet ?? someLimits
  const balance = shownBalance(scene)
  const isReady = config !== null && balance !== null
  const canSpin = isReady && !isTurning && !isUnknown && !play.isResting
  const result = now.phase === 'celebrating' || now.phase === 'settled' ? now : null
  const hasWon = result !== null && result.round.win > result.round.bet
  const winners = result && hasWon ? winningReels(result.round.reels) : []

  useSlotKeys({
    isOff: areOddsOpen,
    onSpin: play.spin,
    onBet: (direction) => {
      if (!isTurning && !isUnknown) play.chooseBet(betBeside(scene.bet, direction, limits))
    },
    onEscape: play.endCelebration,
  })

  useEffect(() => {
    if (isTurning) loadCelebration().catch(() => undefined)
  }, [isTurning])

  const openOdds = () => {
    setOddsWanted(true)
    setOddsOpen(true)
  }

  return (
    <div className="slot" data-phase={now.phase} data-testid="slot">
      <header className="slot-head">
        <h1 className="visually-hidden">{t('slot.title')}</h1>
        <p className="slot-balance">
          <span className="slot-caption">{t('slot.balance')}</span>
          <span className="numerals slot-balance-value" data-testid="slot-balance">
            {balance === null ? (
              '—'
            ) : (
              <CountingNumber value={balance} lengthMs={isCalm ? 0 : countUpMs(result?.proportion ?? 'loss')} />
            )}
          </span>
        </p>
        <div className="slot-tools">
          <button type="button" className="slot-tool" onClick={openOdds} data-testid="slot-odds">
            <svg viewBox="0 0 24 24" aria-hidden="true">
              <path d="M5 19V11M12 19V5M19 19v-6" />
            </svg>
            {t('slot.odds.open')}
          </button>
          <SoundSwitch />
        </div>
      </header>

      <SittingFigures session={scene.session} startedAt={play.startedAt} />

      <div className="slot-main">
        <div className="slot-machine" data-tone={hasWon ? result?.proportion : undefined}>
          {/* biome-ignore lint/performance/noImgElement: a drawing of ours; there is nothing to optimise */}
          <img className="slot-sign" src="/art/sign-neon-reels.svg" alt="" width={508} height={66} />
          <SlotScreen scene={scene} isCalm={isCalm} isReady={isReady || play.isUnavailable} />
          <SlotStage ref={stage} symbols={config?.reel.rows ?? noSymbols} winners={winners} />
          {now.phase === 'celebrating' && !isCalm && (
            <Suspense>
              <SlotCelebration
                key={now.round.roundId}
                round={now.round}
                proportion={now.proportion}
                onSkip={play.endCelebration}
              />
            </Suspense>
          )}
          {isUnknown && (
            <Notice
              title={t('slot.screen.unknown')}
              why={t('slot.screen.unknownWhy')}
              action={t(now.isChecking ? 'slot.screen.checking' : 'slot.screen.check')}
              isBusy={now.isChecking}
              onAction={play.checkOutcome}
            />
          )}
          {play.isUnavailable && (
            <Notice
              title={t('slot.screen.unavailable')}
              why={t('slot.screen.unavailableWhy')}
              action={t('slot.screen.retry')}
              isBusy={false}
              onAction={play.retry}
            />
          )}
        </div>

        <SlotControls
          bet={scene.bet}
          limits={limits}
          canSpin={canSpin}
          isTurning={isTurning}
          isResting={play.isResting && !isTurning}
          restsForMs={play.restsForMs}
          isLocked={isTurning || isUnknown || config === null}
          onBet={play.chooseBet}
          onSpin={play.spin}
        />
      </div>

      <aside className="slot-side">
        <Streak streak={scene.streak} bonusPercent={config ? streakBonusAt(config, scene.streak) : 0} />
        <LatestResults rounds={scene.session.latest} spinsLeft={play.spinsLeftToday} />
      </aside>

      <SlotAnnouncer scene={scene} />
      {wereOddsWanted && config !== null && (
        <Suspense>
          <OddsSheet
            config={config}
            publishedHash={play.configHash}
            isOpen={areOddsOpen}
            onClose={() => setOddsOpen(false)}
          />
        </Suspense>
      )}
    </div>
  )
}

function SoundSwitch() {
  const { t } = useText()
  const isOn = usePrefs((prefs) => prefs.sound)
  const set = usePrefs((prefs) => prefs.set)
  return (
    <button
      type="button"
      className="slot-tool slot-tool-round"
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

function Streak(props: { streak: number; bonusPercent: number }) {
  const { streak, bonusPercent } = props
  const { t } = useText()
  return (
    <section className="slot-streak" aria-label={t('slot.streak.label')}>
      <svg className="slot-flame" viewBox="0 0 24 24" aria-hidden="true" data-lit={bonusPercent > 0 || undefined}>
        <path d="M12 3c1 4 6 5.500 6 11a6 6 0 0 1-12 0c0-2.500 1.200-4 2.400-5 .3 1.600 1 2.500 1.900 3C10 9 10.500 5.500 12 3z" />
      </svg>
      <p>
        <span className="slot-caption">{t('slot.streak.label')}</span>
        <strong>{streak === 0 ? t('slot.streak.none') : t('slot.streak.now', { n: streak })}</strong>
      </p>
      {streak > 0 && (
        <p className="slot-streak-effect">
          {bonusPercent > 0 ? t('slot.streak.effect', { percent: bonusPercent }) : t('slot.streak.noEffect')}
        </p>
      )}
    </section>
  )
}

function Notice(props: { title: string; why: string; action: string; isBusy: boolean; onAction: () => void }) {
  return (
    <div className="slot-notice">
      {/* biome-ignore lint/performance/noImgElement: a drawing of ours; there is nothing to optimise */}
      <img src="/art/mascot-sorry.svg" alt="" width={88} height={88} />
      <div>
        <p className="slot-notice-title">{props.title}</p>
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

type Keys = {
  readonly isOff: boolean
  readonly onSpin: () => void
  readonly onBet: (direction: -1 | 1) => void
  readonly onEscape: () => void
}

/** Space and Enter spin and arrows change the bet, wherever the focus is, unless it is on something that needs them. */
function useSlotKeys(keys: Keys): void {
  const latest = useRef(keys)
  useEffect(() => {
    latest.current = keys
  })
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      const { isOff, onSpin, onBet, onEscape } = latest.current
      if (isOff || event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey) return
      if (event.key === 'Escape') return onEscape()
      const focus = event.target instanceof Element ? event.target : null
      if (focus?.closest('input, textarea, select, [role="dialog"], [role="menu"], [contenteditable]')) return
      // Up and down scroll the page; they only mean the bet to somebody who is at the controls.
      const isAtControls = focus?.closest('.slot-controls') != null
      const upDown = isAtControls ? { ArrowUp: 1, ArrowDown: -1 }[event.key] : undefined
      const direction = { ArrowRight: 1, ArrowLeft: -1 }[event.key] ?? upDown
      if (direction === 1 || direction === -1) {
        event.preventDefault()
        onBet(direction)
      }
      if ((event.key === ' ' || event.key === 'Enter') && !event.repeat && !focus?.closest('button, a, summary')) {
        event.preventDefault()
        onSpin()
      }
    }
    addEventListener('keydown', listen)
    return () => removeEventListener('keydown', listen)
  }, [])
}
