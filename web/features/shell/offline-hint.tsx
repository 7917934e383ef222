'use client'

import { useEffect, useState, useSyncExternalStore } from 'react'
import { useText } from '#text/text-provider.tsx'
import { Icon } from '#ui/icon.tsx'
import { toast } from '#ui/toast.store.ts'

function watchLine(onChange: () => void) {
  addEventListener('online', onChange)
  addEventListener('offline', onChange)
  return () => {
    removeEventListener('online', onChange)
    removeEventListener('offline', onChange)
  }
}

/** A strip over the page while there is no connection, and one word when it is back. */
export function OfflineHint() {
  const { t } = useText()
  const isOnline = useSyncExternalStore(
    watchLine,
    () => navigator.onLine,
    () => true,
  )
  const [wasOffline, setWasOffline] = useState(false)

  useEffect(() => {
    if (!isOnline) setWasOffline(true)
    else if (wasOffline) {
      setWasOffline(false)
      toast({ tone: 'good', text: t('common.offline.back') })
    }
  }, [isOnline, wasOffline, t])

  return (
    <div role="status" data-offline={isOnline ? undefined : ''} className="fixed inset-x-0 top-0 z-50">
      {!isOnline && (
        <p className="flex min-h-(--strip-height) items-center justify-center gap-2 bg-gold px-4 text-center text-sm font-semibold text-on-accent">
          <Icon name="offline" className="size-4" />
          {t('common.offline.gone')}
        </p>
      )}
    </div>
  )
}
