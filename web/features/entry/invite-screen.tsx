'use client'

import { useRouter } from 'next/navigation'
import { useText } from '#text/text-provider.tsx'
import { buttonClasses } from '#ui/button.tsx'
import { Link } from '#ui/link.tsx'
import { EntryPane } from './entry-frame.tsx'
import { InviteForm } from './invite-form.tsx'
import { useQueryParam } from './use-query-param.ts'

export function InviteScreen() {
  const { t, href } = useText()
  const router = useRouter()
  const given = useQueryParam('code')
  return (
    <EntryPane title={t('entry.invite.title')} lead={t('entry.invite.lead')} mascot="idle">
      <InviteForm
        given={given}
        onValid={(code) => router.push(`${href('/signup')}?code=${encodeURIComponent(code)}`)}
        login={
          <Link href={href('/login')} className={buttonClasses('quiet', 'small', 'px-2 text-accent')}>
            {t('entry.invite.toLogin')}
          </Link>
        }
      />
    </EntryPane>
  )
}
