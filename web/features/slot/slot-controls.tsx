'use client'

import { refuseHeldKey } from '#features/stage/stage-keys.ts'
import { useText } from '#text/text-provider.tsx'
import { type BetLimits, betBeside, betPresets } from './bet-steps.ts'

export function SlotControls(props: {
  bet: number
  limits: BetLimits
  canSpin: boolean
  isTurning: boolean
  isResting: boolean
  restsForMs: number
  isLocked: boolean
  onBet: (bet: number) => void
  onSpin: () => void
}) {
  const { bet, limits, canSpin, isTurning, isResting, restsForMs, isLocked, onBet, onSpin } = props
  const { t } = useText()
  const isLeast = bet <= limits.min
  const isMost = bet >= limits.max
  const move = (direction: -1 | 1) => {
    if (!isLocked) onBet(betBeside(bet, direction, limits))
  }

  return (
    <div className="slot-controls">
      <fieldset className="slot-bet">
        <legend className="visually-hidden">{t('slot.bet.label')}</legend>
        <div className="slot-bet-row">
          <button
            type="button"
            className="slot-step"
            aria-label={t('slot.bet.less')}
            aria-disabled={isLocked || isLeast}
            onClick={() => move(-1)}
          >
            <svg viewBox="0 0 24 24" aria-hidden="true">
              <path d="M6 12h12" />
            </svg>
          </button>
          <p className="slot-bet-value">
            <span className="stage-caption">{t('slot.bet.label')}</span>
            <output className="numerals" aria-live="polite">
              {t('slot.tokens', { n: bet })}
            </output>
          </p>
          <button
            type="button"
            className="slot-step"
            aria-label={t('slot.bet.more')}
            aria-disabled={isLocked || isMost}
            onClick={() => move(1)}
          >
            <svg viewBox="0 0 24 24" aria-hidden="true">
              <path d="M6 12h12M12 6v12" />
            </svg>
          </button>
        </div>
        {/* biome-ignore lint/a11y/useSemanticElements: a fieldset inside a fieldset would be read twice */}
        <div className="slot-presets" role="group" aria-label={t('slot.bet.presets')}>
          {betPresets(limits).map((preset) => (
            <button
              key={preset}
              type="button"
              className="slot-preset numerals"
              aria-pressed={preset === bet}
              aria-disabled={isLocked}
              aria-label={t('slot.tokens', { n: preset })}
              onClick={() => {
                if (!isLocked) onBet(preset)
              }}
            >
              {preset.toLocaleString('en')}
            </button>
          ))}
        </div>
      </fieldset>
      <button
        type="button"
        className="stage-press slot-spin"
        data-testid="slot-spin"
        data-turning={isTurning || undefined}
        aria-disabled={!canSpin}
        // What is seen must be part of the name: who speaks to the machine says what stands on the button.
        aria-label={isTurning || isResting ? undefined : t('slot.spin.named', { n: bet })}
        aria-keyshortcuts="Space Enter"
        onClick={() => {
          if (canSpin) onSpin()
        }}
        onKeyDown={refuseHeldKey}
      >
        <span className="slot-spin-word">
          {isTurning ? t('slot.spin.busy') : isResting ? t('slot.spin.resting') : t('slot.spin.label')}
        </span>
        {isResting && <span className="slot-spin-rest" style={{ animationDuration: `${restsForMs}ms` }} />}
      </button>
    </div>
  )
}
