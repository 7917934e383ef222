'use client'

import { RarityName } from '#features/odds/rarity-name.tsx'
import { formatNumber } from '#text/format.ts'
import { useText } from '#text/text-provider.tsx'
import { classNames } from '#ui/class-names.ts'
import { Icon } from '#ui/icon.tsx'
import type { ExplainedPull, PullDraw } from './explain-pulls.ts'

type Names = Readonly<Record<string, { readonly ko: string; readonly en: string }>>

/** Pull by pull: where the player stood, each drawn number, the tickets it fell among, and what that gave. */
export function ExplainedPulls({ pulls, names }: { pulls: readonly ExplainedPull[]; names: Names }) {
  const { t } = useText()
  return (
    <ol className="grid grid-cols-[minmax(0,1fr)]" data-testid="explained-pulls">
      {pulls.map((pull, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a pull is its place
        <li key={place} className="border-t border-line first:border-t-0">
          <details open={place === 0 || !pull.ok} className="group/pull">
            <summary className="flex min-h-12 items-center gap-3 py-1.5">
              <Icon
                name={pull.ok ? 'check' : 'close'}
                className={classNames('size-5 stroke-[2.4]', pull.ok ? 'text-good' : 'text-bad')}
              />
              <span className="flex-1 font-semibold">{t('fairness.pull.title', { n: place + 1 })}</span>
              <RarityName rarity={pull.granted} />
              <span className="visually-hidden">{t(`fairness.state.${pull.ok ? 'good' : 'bad'}`)}</span>
              <Icon
                name="chevron"
                className="size-4 text-muted transition-transform duration-150 group-open/pull:rotate-90"
              />
            </summary>
            <div className="grid grid-cols-[minmax(0,1fr)] gap-2 pb-3 pl-8">
              <p className="text-[0.95rem] text-muted">
                {t('fairness.pull.stood', { n: pull.misses })}
                {pull.damped.length > 0 &&
                  ` ${t('fairness.pull.damped', { what: pull.damped.map((each) => t(`odds.gacha.${each}`)).join(', ') })}`}
              </p>
              <ol className="grid gap-2">
                {pull.draws.map((draw, index) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: a draw is its place
                  <li key={index} className="rounded-sm bg-raised/60 px-3 py-2 text-[0.95rem]">
                    <Draw draw={draw} names={names} />
                  </li>
                ))}
              </ol>
              {pull.byPity && <p className="text-[0.95rem] font-semibold">{t('fairness.pull.byPity')}</p>}
            </div>
          </details>
        </li>
      ))}
    </ol>
  )
}

function Draw({ draw, names }: { draw: PullDraw; names: Names }) {
  const { t, language } = useText()
  const number = (value: number) => formatNumber(value, language)
  const nameOf = (item: string) => names[item]?.[language] ?? item
  return (
    <>
      <p className="tabular text-sm text-muted">
        {t('fairness.pull.ticket', { bound: number(draw.bound), value: number(draw.value) })}
      </p>
      <p className="leading-snug">
        <b>
          {draw.decided === 'item'
            ? t('fairness.pull.item', { item: nameOf(draw.drawn) })
            : draw.decided === 'near_miss'
              ? t('fairness.pull.which', { kind: t(`odds.gacha.${draw.kind}`) })
              : t('fairness.pull.kind', {
                  kind: draw.kind === 'near_miss' ? t('fairness.pull.nearMiss') : t(`odds.gacha.${draw.kind}`),
                })}
        </b>{' '}
        <span className="tabular text-muted">
          {t('fairness.pull.range', { from: number(draw.tickets.from), to: number(draw.tickets.to) })}
        </span>
      </p>
      {draw.decided === 'item' && draw.given !== draw.drawn && (
        <p>{t('fairness.pull.gone', { item: nameOf(draw.given) })}</p>
      )}
    </>
  )
}
