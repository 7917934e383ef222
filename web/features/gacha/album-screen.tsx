'use client'

import './album.css'
import { useQuery } from '@tanstack/react-query'
import { RarityName } from '#features/odds/rarity-name.tsx'
import { LoadFailed } from '#features/shell/load-failed.tsx'
import { PageHead } from '#features/shell/page-head.tsx'
import { gachaConfigQuery, inventoryQuery } from '#server-link/queries.ts'
import { formatDay } from '#text/format.ts'
import { useText } from '#text/text-provider.tsx'
import { buttonClasses } from '#ui/button.tsx'
import { Card } from '#ui/card.tsx'
import { Link } from '#ui/link.tsx'
import { Progress } from '#ui/progress.tsx'
import { Skeleton } from '#ui/skeleton.tsx'
import { type Place, type Shelf, shelvesOf } from './album.model.ts'
import type { Rarity } from './gacha-scene.model.ts'
import { readMarket } from './market.model.ts'
import { PrizePicture } from './prize-picture.tsx'

/** All prizes of the market, those one owns lit, with how many, since when, and what is still to be had of each. */
export function AlbumScreen() {
  const { t } = useText()
  const published = useQuery(gachaConfigQuery)
  const inventory = useQuery(inventoryQuery)
  const market = published.data ? readMarket(published.data) : null
  const failed = published.error ?? inventory.error
  const shelves = market && inventory.data ? shelvesOf(market.items, inventory.data.items) : null
  return (
    <div className="mx-auto grid max-w-4xl grid-cols-[minmax(0,1fr)] gap-4">
      <PageHead title={t('gacha.album.title')} lead={t('gacha.album.lead')} />
      {shelves ? (
        <Shelves shelves={shelves} />
      ) : failed ? (
        <LoadFailed
          error={failed}
          busy={published.isFetching || inventory.isFetching}
          onRetry={() => {
            void published.refetch()
            void inventory.refetch()
          }}
        />
      ) : (
        <div role="status" className="grid gap-4">
          <span className="visually-hidden">{t('common.loading')}</span>
          <Skeleton className="h-24" />
          <Skeleton className="h-56" />
          <Skeleton className="h-56" />
        </div>
      )}
    </div>
  )
}

function Shelves({ shelves }: { shelves: readonly Shelf[] }) {
  const { t, href } = useText()
  const all = shelves.reduce((sum, shelf) => sum + shelf.places.length, 0)
  const owned = shelves.reduce((sum, shelf) => sum + shelf.owned, 0)
  return (
    <>
      <Card lit className="flex flex-wrap items-center gap-x-6 gap-y-3">
        {owned === 0 && (
          // biome-ignore lint/performance/noImgElement: a small drawing; the export has no image optimizer
          <img src="/art/empty-album.svg" alt="" width={240} height={160} className="w-32" />
        )}
        <div className="min-w-0 flex-1 basis-56">
          <p className="mb-2 flex flex-wrap items-baseline justify-between gap-x-3">
            <span className="text-lg font-bold">
              {owned === 0 ? t('gacha.album.emptyTitle') : t('gacha.album.have')}
            </span>
            <span className="tabular text-muted" data-testid="album-count">
              <b className="text-lg text-fg">{owned}</b> / {all}
            </span>
          </p>
          <Progress
            label={t('gacha.album.have')}
            value={owned}
            max={all}
            valueText={t('gacha.album.haveOf', { n: owned, all })}
          />
          <p className="mt-2 text-sm text-muted">{owned === 0 ? t('gacha.album.emptyBody') : t('gacha.album.note')}</p>
        </div>
        <Link href={href('/games/gacha')} className={buttonClasses('secondary')}>
          {t('gacha.album.toMarket')}
        </Link>
      </Card>
      {shelves.map((shelf) => (
        <Card key={shelf.rarity}>
          <div className="mb-3 flex items-baseline justify-between gap-3">
            <h2 className="text-lg font-bold">
              <RarityName rarity={shelf.rarity} />
            </h2>
            <span className="tabular text-sm text-muted">
              {t('gacha.album.shelf', { n: shelf.owned, all: shelf.places.length })}
            </span>
          </div>
          <ul className="album">
            {shelf.places.map((place) => (
              <AlbumPlace key={place.id} place={place} rarity={shelf.rarity} />
            ))}
          </ul>
        </Card>
      ))}
    </>
  )
}

function AlbumPlace({ place, rarity }: { place: Place; rarity: Rarity }) {
  const { t, language } = useText()
  const { id, name, count, since, stock } = place
  return (
    <li className="album-place" data-rarity={rarity} data-owned={since !== null || undefined}>
      <PrizePicture item={id} rarity={rarity} isLazy />
      {count > 1 && <span className="album-count numerals">×{count}</span>}
      <p className="album-name">{name[language]}</p>
      <p className="album-since">
        {since === null ? t('gacha.album.notYet') : t('gacha.album.since', { when: formatDay(since, language) })}
      </p>
      {stock && (
        <p className="album-since">
          {stock.left === 0 ? t('gacha.odds.gone') : t('gacha.album.limited', { left: stock.left, all: stock.all })}
        </p>
      )}
    </li>
  )
}
