'use client'

import { useText } from '#text/text-provider.tsx'
import { Button } from './button.tsx'
import { Icon } from './icon.tsx'
import { toast } from './toast.store.ts'

export function CopyButton({ text, label }: { text: string; label?: string }) {
  const { t } = useText()
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text)
      toast({ tone: 'good', text: t('common.copied') })
    } catch {
      toast({ tone: 'bad', text: t('common.copyFailed') })
    }
  }
  return (
    <Button look="secondary" size="small" onClick={copy} aria-label={label}>
      <Icon name="copy" />
      {t('common.copy')}
    </Button>
  )
}
