'use client'

import { isRefused, Unreachable } from '#server-link/failure.ts'
import { useText } from '#text/text-provider.tsx'
import { Button } from '#ui/button.tsx'
import { Empty } from '#ui/empty.tsx'
import { failureWords } from './failure-words.ts'

/** In the place of what could not be loaded, with the way to try again. */
export function LoadFailed({ error, onRetry, busy }: { error: unknown; onRetry: () => void; busy: boolean }) {
  const { t } = useText()
  const requestId = isRefused(error) || error instanceof Unreachable ? error.requestId : null
  return (
    <div role="alert">
      <Empty picture="offline" title={t('common.failure.loadTitle')} body={failureWords(error, t)}>
        <Button look="secondary" busy={busy} onClick={onRetry}>
          {t('common.retry')}
        </Button>
        {requestId && <p className="w-full text-sm text-muted">{t('common.failure.reference', { id: requestId })}</p>}
      </Empty>
    </div>
  )
}
