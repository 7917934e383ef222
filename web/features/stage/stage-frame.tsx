'use client'

import './stage.css'
import type { ReactNode, Ref } from 'react'
import { usePrefs } from '#stores/prefs.ts'
import { useText } from '#text/text-provider.tsx'
import { wakeSound } from '#ui/synth.ts'
import { CountingNumber } from './counting-number.tsx'

/** Games that have a stage. Each has the words of it in its own catalogue, under the same keys. */
export type StagedGame = 'slot' | 'gacha'

/**
 * The room of a game: what I have, the tools, the sitting, the machine with what acts on it, and what stands beside it.
 * On a phone one below the other; on a desktop the machine has the sitting and the side panels at its right.
 */
export function StageFrame(props: {
  game: StagedGame
  phase: string
  balance: number | null
  /** How long the balance counts to its new value, in milliseconds. */
  countsForMs: number
  tools?: ReactNode
  sitting: ReactNode
  main: ReactNode
  side: ReactNode
  children: ReactNode
}) {
  const { game, phase, balance, countsForMs, tools, sitting, main, side, children } = props
  const { t } = useText()
  return (
    <div className={`stage ${game}`} data-phase={phase} data-testid={game}>
      <header className="stage-head">
        <h1 className="visually-hidden">{t(`${game}.title`)}</h1>
        <p className="stage-balance">
          <span className="stage-caption">{t(`${game}.balance`)}</span>
          <span className="numerals stage-balance-value" data-testid={`${game}-balance`}>
            {balance === null ? '—' : <CountingNumber value={balance} lengthMs={countsForMs} />}
          </span>
        </p>
        <div className="stage-tools">
          {tools}
          <SoundSwitch />
        </div>
      </header>
      {sitting}
      <div className="stage-main">{main}</div>
      <aside className="stage-side">{side}</aside>
      {children}
    </div>
  )
}

/** The lit thing itself, under its sign. A trouble covers it. */
export function Machine(props: {
  game: StagedGame
  /** How wide the sign is drawn; all are 66 high. */
  signWidth: number
  tone?: string | undefined
  ref?: Ref<HTMLDivElement>
  /** Whether it is known that nothing is known: null while all is well. */
  inDoubt: { readonly isChecking: boolean } | null
  isUnavailable: boolean
  onCheck: () => void
  onRetry: () => void
  children: ReactNode
}) {
  const { game, signWidth, tone, ref, inDoubt, isUnavailable, onCheck, onRetry, children } = props
  const { t } = useText()
  return (
    <div ref={ref} className={`stage-machine ${game}-machine`} data-tone={tone}>
      {/* biome-ignore lint/performance/noImgElement: a drawing of ours; there is nothing to optimise */}
      <img className="stage-sign" src={`/art/sign-neon-${signs[game]}.svg`} alt="" width={signWidth} height={66} />
      {children}
      {inDoubt && (
        <Notice
          title={t(`${game}.screen.unknown`)}
          why={t(`${game}.screen.unknownWhy`)}
          action={t(inDoubt.isChecking ? `${game}.screen.checking` : `${game}.screen.check`)}
          isBusy={inDoubt.isChecking}
          onAction={onCheck}
        />
      )}
      {isUnavailable && (
        <Notice
          title={t(`${game}.screen.unavailable`)}
          why={t(`${game}.screen.unavailableWhy`)}
          action={t(`${game}.screen.retry`)}
          isBusy={false}
          onAction={onRetry}
        />
      )}
    </div>
  )
}

const signs: Readonly<Record<StagedGame, string>> = { slot: 'reels', gacha: 'market' }

/** What went wrong, and the one thing that helps. */
function Notice(props: { title: string; why: string; action: string; isBusy: boolean; onAction: () => void }) {
  return (
    <div className="stage-notice">
      {/* biome-ignore lint/performance/noImgElement: a drawing of ours; there is nothing to optimise */}
      <img src="/art/mascot-sorry.svg" alt="" width={88} height={88} />
      <div className="stage-notice-words">
        <p className="stage-notice-title">{props.title}</p>
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

/** The way to the odds, always in sight. */
export function OddsButton({ game, onOpen }: { game: StagedGame; onOpen: () => void }) {
  const { t } = useText()
  return (
    <button type="button" className="stage-tool" onClick={onOpen} data-testid={`${game}-odds`}>
      <svg viewBox="0 0 24 24" aria-hidden="true">
        <path d="M5 19V11M12 19V5M19 19v-6" />
      </svg>
      {t(`${game}.odds.open`)}
    </button>
  )
}

function SoundSwitch() {
  const { t } = useText()
  const isOn = usePrefs((prefs) => prefs.sound)
  const set = usePrefs((prefs) => prefs.set)
  return (
    <button
      type="button"
      className="stage-tool stage-tool-round"
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
