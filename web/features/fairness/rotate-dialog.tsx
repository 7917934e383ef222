'use client'

import { lazy, Suspense } from 'react'
import type { Seeds } from '#server-link/api.types.ts'
import { useText } from '#text/text-provider.tsx'
import { Dialog } from '#ui/dialog.tsx'
import { Skeleton } from '#ui/skeleton.tsx'

const RotateForm = lazy(() => import('./rotate-form.tsx').then(({ RotateForm }) => ({ default: RotateForm })))

export function RotateDialog(props: { current: Seeds['current']; isOpen: boolean; onClose: () => void }) {
  const { t } = useText()
  const { current, isOpen, onClose } = props
  return (
    <Dialog isOpen={isOpen} onClose={onClose} title={t('fairness.rotate.title')} closeLabel={t('common.close')}>
      <Suspense fallback={<Skeleton className="h-96" />}>
        <RotateForm current={current} onDone={onClose} />
      </Suspense>
    </Dialog>
  )
}
