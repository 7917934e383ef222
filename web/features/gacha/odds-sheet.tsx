'use client'

import { useQuery } from '@tanstack/react-query'
import { type GachaOddsView, gachaOddsView, readPublishedGacha } from '#features/odds/gacha-odds.model.ts'
import { Table } from '#features/odds/odds-parts.tsx'
import { RarityName } from '#features/odds/rarity-name.tsx'
import { percent } from '#features/odds/slot-odds.model.ts'
import { gachaConfigQuery, gachaStatsQuery } from '#server-link/queries.ts'
import { useText } from '#text/text-provider.tsx'
import { buttonClasses } from '#ui/button.tsx'
import { Dialog } from '#ui/dialog.tsx'
import { Link } from '#ui/link.tsx'
import { Skeleton } from '#ui/skeleton.tsx'
import { nextChances } from './next-chances.ts'

type Read = NonNullable<ReturnType<typeof readPublishedGacha>>

/** What a pull really gives: in the long run, and for the very next one of this player. */
export function OddsSheet({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  const { t, href } = useText()
  const published = useQuery(gachaConfigQuery)
  const read = published.data ? readPublishedGacha(published.data) : null
  return (
    <Dialog isOpen={isOpen} onClose={onClose} title={t('gacha.odds.title')} closeLabel={t('common.close')}>
      <p className="text-muted">{t('gacha.odds.lead')}</p>
      {published.data && read ? (
        <Odds read={read} view={gachaOddsView(read.report, published.data.stock)} />
      ) : (
        <Skeleton className="h-72" />
      )}
      <Link href={href('/odds/gacha')} className={buttonClasses('secondary')}>
        {t('gacha.odds.all')}
      </Link>
    </Dialog>
  )
}

function Odds({ read: { config }, view }: { read: Read; view: GachaOddsView }) {
  const { t, language } = useText()
  const stats = useQuery(gachaStatsQuery).data
  const mine = stats
    ? nextChances(config, {
        misses: stats.misses,
        sinceEpic: stats.pulls_since_epic,
        sinceLegendary: stats.pulls_since_legendary,
      })
    : null
  const nameOf = (id: string, rarity: keyof typeof config.prizes) =>
    config.prizes[rarity].rows.find((row) => row.id === id)?.name[language] ?? id
  const firstEpic = view.waits.find(({ target }) => target === 'epic_or_better')
  const { one, ten } = config.priceTokens
  return (
    <>
      <section>
        <Table
          caption={t('odds.gacha.getTitle')}
          heads={[t('odds.gacha.rarity'), t('odds.gacha.longRun'), t('gacha.odds.next')]}
          rows={view.rarities.map(({ rarity, longRun }) => [
            <RarityName key="rarity" rarity={rarity} />,
            <strong key="long" className="numerals text-lg">
              {longRun}
            </strong>,
            <span key="next" data-testid={`next-${rarity}`}>
              {mine ? percent(mine[rarity]) : '—'}
            </span>,
          ])}
        />
        <p className="mt-2 text-sm text-muted">{t('gacha.odds.nextNote', { n: stats?.misses ?? 0 })}</p>
      </section>
      <section>
        <h3 className="font-bold">{t('gacha.odds.rulesTitle')}</h3>
        <ul className="mt-2 grid list-disc gap-1.5 pl-5 text-[0.95rem]">
          <li>{t('gacha.odds.price', { one, ten })}</li>
          <li>{t('odds.gacha.pityRule', { n: config.pity.afterMisses })}</li>
          {firstEpic?.half && firstEpic.ninety && (
            <li>{t('gacha.odds.wait', { half: firstEpic.half.tokens, ninety: firstEpic.ninety.tokens })}</li>
          )}
          <li>{t('odds.gacha.duplicates', config.duplicateTokens)}</li>
          <li>{t('gacha.odds.looks')}</li>
          <li>{t('gacha.odds.same')}</li>
        </ul>
      </section>
      <section>
        <h3 className="font-bold">{t('odds.gacha.itemsTitle')}</h3>
        <p className="text-sm text-muted">{t('odds.gacha.itemsLead')}</p>
        <Table
          caption={t('odds.gacha.itemsTitle')}
          heads={[t('odds.gacha.item'), t('odds.gacha.longRun'), t('odds.gacha.stock')]}
          rows={view.items.map(({ id, rarity, longRun, stock }) => [
            <span key="item" className="inline-grid">
              {nameOf(id, rarity)}
              <span className="text-sm font-normal text-muted">
                <RarityName rarity={rarity} />
              </span>
            </span>,
            longRun,
            stock
              ? stock.left === 0
                ? t('gacha.odds.gone')
                : t('odds.gacha.stockOf', stock)
              : t('odds.gacha.unlimited'),
          ])}
        />
      </section>
    </>
  )
}
