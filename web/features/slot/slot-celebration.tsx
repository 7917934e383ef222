'use client'

import { CountingNumber } from '#features/stage/counting-number.tsx'
import { useText } from '#text/text-provider.tsx'
import type { Proportion, Round } from './slot-scene.model.ts'
import { countUpMs, sparks } from './slot-timeline.ts'

/** Ado in proportion to the win. A small win gets its rings and its number, which are not here. */
export function SlotCelebration(props: { round: Round; proportion: Proportion; onSkip: () => void }) {
  const { round, proportion, onSkip } = props
  const { t } = useText()
  if (proportion !== 'big_win' && proportion !== 'jackpot') return null
  return (
    // The whole picture skips when tapped; the keyboard skips with Escape or by spinning again (slot-scene.tsx).
    <div className="slot-celebration" data-proportion={proportion} aria-hidden="true" onClick={onSkip}>
      {proportion === 'jackpot' && <div className="slot-rays" />}
      <div className="stage-sparks slot-sparks">
        {Array.from({ length: sparks(proportion) }, (_, place) => (
          <i
            // biome-ignore lint/suspicious/noArrayIndexKey: sparks have no identity but their place
            key={place}
            style={sparkPath(place)}
            data-kind={place % 3}
          />
        ))}
      </div>
      <div className="slot-banner">
        <p className="slot-banner-word">{t(proportion === 'jackpot' ? 'slot.screen.jackpot' : 'slot.screen.bigWin')}</p>
        <p className="numerals slot-banner-amount">
          +<CountingNumber value={round.win} from={0} lengthMs={countUpMs(proportion)} />
        </p>
      </div>
      <p className="slot-banner-skip">{t('slot.screen.skip')}</p>
    </div>
  )
}

/** Each spark has its own way, spread by the golden angle so that they never look like rows. */
function sparkPath(place: number): Record<`--${string}`, string> {
  const angle = place * 2.399963
  const far = 34 + ((place * 37) % 23)
  return {
    '--x': `${(Math.cos(angle) * far).toFixed(1)}cqw`,
    '--y': `${(Math.sin(angle) * far * 0.7 - 12).toFixed(1)}cqw`,
    '--wait': `${(place * 53) % 700}ms`,
    '--turn': `${((place * 97) % 360) - 180}deg`,
  }
}
