'use client'

import { useText } from '#text/text-provider.tsx'
import { Button, buttonClasses } from '#ui/button.tsx'

export function CrashScreen({ onRetry }: { onRetry: () => void }) {
  const { t, href } = useText()
  return (
    <div role="alert" className="mx-auto grid max-w-md justify-items-center gap-3 px-4 py-16 text-center">
      {/* biome-ignore lint/performance/noImgElement: a small drawing; the export has no image optimizer */}
      <img src="/art/mascot-sorry.svg" alt="" width={144} height={144} className="size-36" />
      <h1 className="text-2xl font-bold">{t('common.crash.title')}</h1>
      <p className="text-muted">{t('common.crash.body')}</p>
      <div className="mt-3 flex flex-wrap justify-center gap-3">
        <Button onClick={onRetry}>{t('common.crash.again')}</Button>
        {/* A whole load on purpose: whatever broke may still be in memory. */}
        <a href={href('/home')} className={buttonClasses('secondary')}>
          {t('common.crash.home')}
        </a>
      </div>
    </div>
  )
}
