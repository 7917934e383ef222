'use client'

import { useId } from 'react'
import { refuseHeldKey } from '#features/stage/stage-keys.ts'
import { formatNumber } from '#text/format.ts'
import { useText } from '#text/text-provider.tsx'
import type { Count, Obstacle } from './gacha-scene.model.ts'
import { discountPercent, type Market } from './market.model.ts'

/** One pull or ten, each with what it costs. A button that is off says why and keeps its focus. */
export function PullButtons(props: {
  priceTokens: Market['priceTokens'] | null
  obstacleTo: (count: Count) => Obstacle | null
  onPull: (count: Count) => void
}) {
  const { priceTokens, obstacleTo, onPull } = props
  return (
    <div className="gacha-pulls">
      {([1, 10] as const).map((count) => (
        <PullButton
          key={count}
          count={count}
          priceTokens={priceTokens}
          obstacle={obstacleTo(count)}
          onPull={() => onPull(count)}
        />
      ))}
    </div>
  )
}

function PullButton(props: {
  count: Count
  priceTokens: Market['priceTokens'] | null
  obstacle: Obstacle | null
  onPull: () => void
}) {
  const { count, priceTokens, obstacle, onPull } = props
  const { t, language } = useText()
  const id = useId()
  const price = priceTokens?.[count === 1 ? 'one' : 'ten'] ?? null
  const saved = priceTokens && count === 10 ? discountPercent(priceTokens) : 0
  const reason =
    obstacle?.why === 'short'
      ? t('gacha.pull.short', { n: obstacle.missing })
      : obstacle?.why === 'limit'
        ? t(obstacle.left === 0 ? 'gacha.pull.limitReached' : 'gacha.pull.limitLeft', { n: obstacle.left })
        : null
  return (
    <div className="gacha-pull-place">
      <button
        type="button"
        className="stage-press gacha-pull"
        data-testid={`gacha-pull-${count}`}
        data-count={count}
        aria-disabled={obstacle !== null}
        aria-describedby={reason ? id : undefined}
        onClick={() => {
          if (obstacle === null) onPull()
        }}
        onKeyDown={refuseHeldKey}
      >
        <span className="gacha-pull-word">{t(count === 1 ? 'gacha.pull.one' : 'gacha.pull.ten')}</span>
        <span className="gacha-pull-price">
          {saved > 0 && priceTokens && (
            <s>
              <span className="visually-hidden">{t('gacha.pull.insteadOf')} </span>
              {formatNumber(priceTokens.one * 10, language)}
            </s>
          )}
          <span className="numerals">{price === null ? '—' : t('gacha.tokens', { n: price })}</span>
        </span>
        {saved > 0 && <span className="gacha-pull-saved">{t('gacha.pull.saved', { percent: saved })}</span>}
      </button>
      {reason && (
        <p id={id} className="gacha-pull-reason">
          {reason}
        </p>
      )}
    </div>
  )
}
