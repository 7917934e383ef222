'use client'

import { useText } from '#text/text-provider.tsx'
import { Button } from './button.tsx'

type Pages = {
  readonly hasNextPage: boolean
  readonly isFetchingNextPage: boolean
  readonly fetchNextPage: () => unknown
}

/** Under a list that comes in pages: more, or that this was all of it. */
export function MoreButton({ pages }: { pages: Pages }) {
  const { t } = useText()
  if (!pages.hasNextPage) return <p className="pt-5 text-center text-sm text-muted">{t('common.endOfList')}</p>
  return (
    <div className="grid pt-4">
      <Button
        look="secondary"
        busy={pages.isFetchingNextPage}
        busyLabel={t('common.moreBusy')}
        onClick={() => void pages.fetchNextPage()}
      >
        {t('common.more')}
      </Button>
    </div>
  )
}
