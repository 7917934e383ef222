'use client'

import { CountingNumber } from '#features/stage/counting-number.tsx'
import { useText } from '#text/text-provider.tsx'
import { isBusy, type Round, type Scene, winningReels } from './slot-scene.model.ts'
import { countUpMs } from './slot-timeline.ts'
import { useSymbolName } from './use-symbol-name.ts'

/** The display above the reels. For the eye only: `SlotAnnouncer` tells the same to those who listen. */
export function SlotScreen(props: { scene: Scene; isCalm: boolean; isReady: boolean }) {
  const { scene, isCalm, isReady } = props
  const { t } = useText()
  const { stage } = scene
  const tone = stage.phase === 'celebrating' || stage.phase === 'settled' ? stage.proportion : 'quiet'

  return (
    <div className="stage-screen slot-screen" data-tone={tone} aria-hidden="true">
      {!isReady ? (
        <p>{t('slot.screen.loading')}</p>
      ) : stage.phase === 'celebrating' || stage.phase === 'settled' ? (
        <ResultLine
          key={stage.round.roundId}
          round={stage.round}
          proportion={stage.proportion}
          lengthMs={isCalm || stage.phase === 'settled' ? 0 : countUpMs(stage.proportion)}
        />
      ) : isBusy(stage) ? (
        <p className="slot-screen-turning">{t('slot.screen.spinning')}</p>
      ) : stage.phase === 'refused' ? (
        <p className="slot-screen-refused">{stage.sentence}</p>
      ) : stage.phase === 'unknown' ? (
        <p className="slot-screen-refused">{t('slot.screen.unknown')}</p>
      ) : (
        <p>{t('slot.screen.idle')}</p>
      )}
    </div>
  )
}

function ResultLine(props: { round: Round; proportion: string; lengthMs: number }) {
  const { round, proportion, lengthMs } = props
  const { t } = useText()
  const nameOf = useSymbolName()
  if (proportion === 'loss') return <p>{t('slot.screen.loss')}</p>
  if (proportion === 'returned') return <p>{t('slot.screen.returned', { n: round.win })}</p>
  const winners = winningReels(round.reels)
  const symbol = nameOf(round.reels[winners[0] ?? 0] ?? '')
  return (
    <p className="slot-screen-win">
      <span className="slot-screen-what">
        {proportion === 'jackpot'
          ? t('slot.screen.jackpot')
          : t(winners.length === 3 ? 'slot.screen.triple' : 'slot.screen.pair', { symbol })}
      </span>
      <span className="numerals slot-screen-amount">
        +<CountingNumber value={round.win} from={0} lengthMs={lengthMs} />
      </span>
    </p>
  )
}
