'use client'

import { useRouter } from 'next/navigation'
import { safeNext } from '#features/shell/site-path.ts'
import { useText } from '#text/text-provider.tsx'
import { buttonClasses } from '#ui/button.tsx'
import { Link } from '#ui/link.tsx'
import { EntryPane } from './entry-frame.tsx'
import { LoginForm } from './login-form.tsx'
import { useQueryParam } from './use-query-param.ts'

export function LoginScreen() {
  const { t, href } = useText()
  const router = useRouter()
  const next = useQueryParam('next')
  const reason = useQueryParam('reason')
  return (
    <EntryPane title={t('entry.login.title')} lead={t('entry.login.lead')} mascot="happy">
      <LoginForm
        reason={reason}
        onDone={() => router.replace(safeNext(next ?? null, href('/home')))}
        invitation={
          <Link href={href('/invite')} className={buttonClasses('quiet', 'small', 'px-2 text-accent')}>
            {t('entry.login.toInvite')}
          </Link>
        }
      />
    </EntryPane>
  )
}
