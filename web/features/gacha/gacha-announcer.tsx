'use client'

import { StageAnnouncer } from '#features/stage/stage-announcer.tsx'
import { useText } from '#text/text-provider.tsx'
import type { Scene } from './gacha-scene.model.ts'

/** Says each result once, when all of it has been shown: one sentence for ten. Refusals and lost lines at once. */
export function GachaAnnouncer({ scene }: { scene: Scene }) {
  const { t } = useText()
  const { stage } = scene
  const sentence = (() => {
    if (stage.phase !== 'settled') return ''
    const { round } = stage
    const [only] = round.prizes
    if (round.count === 10 || !only) return t('gacha.announce.ten', { summary: round.summary, balance: round.balance })
    const what = { rarity: t(`odds.gacha.${only.rarity}`), name: only.name, balance: round.balance }
    return only.duplicateTokens === null
      ? t('gacha.announce.new', what)
      : t('gacha.announce.duplicate', { ...what, n: only.duplicateTokens })
  })()
  const alarm =
    stage.phase === 'refused' ? stage.sentence : stage.phase === 'unknown' ? t('gacha.announce.unknown') : ''
  return <StageAnnouncer sentence={sentence} alarm={alarm} />
}
