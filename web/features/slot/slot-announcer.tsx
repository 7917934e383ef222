'use client'

import { StageAnnouncer } from '#features/stage/stage-announcer.tsx'
import { useText } from '#text/text-provider.tsx'
import type { Scene } from './slot-scene.model.ts'
import { useSymbolName } from './use-symbol-name.ts'

/** Says each result once, after the last reel: symbols, win, balance. Refusals and lost lines are said at once. */
export function SlotAnnouncer({ scene }: { scene: Scene }) {
  const { t } = useText()
  const nameOf = useSymbolName()
  const { stage } = scene

  const sentence = (() => {
    if (stage.phase === 'celebrating' || stage.phase === 'settled') {
      const { round, proportion } = stage
      const reels = round.reels.map(nameOf).join(', ')
      const kind = proportion === 'big_win' ? 'win' : proportion
      return t(`slot.announce.${kind}`, { reels, win: round.win, balance: round.balance })
    }
    return ''
  })()
  const alarm = stage.phase === 'refused' ? stage.sentence : stage.phase === 'unknown' ? t('slot.announce.unknown') : ''

  return <StageAnnouncer sentence={sentence} alarm={alarm} />
}
