'use client'

import { lazy, Suspense, useState } from 'react'
import { useText } from '#text/text-provider.tsx'
import { Button } from '#ui/button.tsx'
import { Card } from '#ui/card.tsx'
import { Dialog } from '#ui/dialog.tsx'
import { Skeleton } from '#ui/skeleton.tsx'

// Few players come here for this, and the form brings fields and rules that the screen does without.
const PasswordForm = lazy(() => import('./password-form.tsx').then(({ PasswordForm }) => ({ default: PasswordForm })))

/** The password, and a dialog that changes it. The server ends every other session with it. */
export function PasswordCard() {
  const { t } = useText()
  const [isOpen, setOpen] = useState(false)
  return (
    <Card className="flex flex-wrap items-center justify-between gap-x-6 gap-y-4">
      <div className="min-w-0 flex-1 basis-64">
        <h2 className="font-bold">{t('account.password.title')}</h2>
        <p className="text-sm text-muted">{t('account.password.body')}</p>
      </div>
      <Button look="secondary" size="small" onClick={() => setOpen(true)}>
        {t('account.password.open')}
      </Button>
      <Dialog
        isOpen={isOpen}
        onClose={() => setOpen(false)}
        title={t('account.password.title')}
        closeLabel={t('common.close')}
      >
        <Suspense fallback={<Skeleton className="h-72" />}>
          {isOpen && <PasswordForm onDone={() => setOpen(false)} />}
        </Suspense>
      </Dialog>
    </Card>
  )
}
