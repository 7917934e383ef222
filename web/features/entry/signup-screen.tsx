'use client'

import { useRouter } from 'next/navigation'
import { useText } from '#text/text-provider.tsx'
import { buttonClasses } from '#ui/button.tsx'
import { Link } from '#ui/link.tsx'
import { EntryPane } from './entry-frame.tsx'
import { SignupForm } from './signup-form.tsx'
import { useQueryParam } from './use-query-param.ts'

export function SignupScreen() {
  const { t, href } = useText()
  const router = useRouter()
  const code = useQueryParam('code')

  if (code === null || code === '') {
    return (
      <EntryPane title={t('entry.signup.title')} lead={t('entry.signup.needsCode')} mascot="thinking">
        <Link href={href('/invite')} className={buttonClasses('primary', 'large', 'w-full')}>
          {t('entry.signup.toInvite')}
        </Link>
      </EntryPane>
    )
  }
  return (
    <EntryPane title={t('entry.signup.title')} lead={t('entry.signup.lead')}>
      <SignupForm
        code={code ?? ''}
        onDone={() => router.replace(href('/age'))}
        onInvite={(kept) => router.push(kept ? `${href('/invite')}?code=${encodeURIComponent(kept)}` : href('/invite'))}
      />
    </EntryPane>
  )
}
