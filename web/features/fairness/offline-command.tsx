'use client'

import { useText } from '#text/text-provider.tsx'
import { CopyButton } from '#ui/copy-button.tsx'
import { Digits } from './digits.tsx'

/** How to check a receipt without us. */
export function OfflineCommand({ file }: { file: string }) {
  const { t } = useText()
  const command = `node run/in-house.mjs fairness/src/cli.ts verify ${file}`
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-2">
      <p className="text-sm text-muted">{t('fairness.keep.offline')}</p>
      <div className="flex flex-wrap items-center gap-3 rounded-sm bg-bg py-2 pr-2 pl-3">
        <span className="min-w-0 flex-1 basis-48">
          <Digits>{command}</Digits>
        </span>
        <CopyButton text={command} label={t('fairness.copyOf', { what: t('fairness.keep.command') })} />
      </div>
    </div>
  )
}
