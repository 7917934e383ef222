'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import Link from 'next/link'
import { useRouter } from 'next/navigation'
import { type FormEvent, useEffect, useRef, useState } from 'react'
import { failureWords } from '#features/shell/failure-words.ts'
import { safeNext } from '#features/shell/site-path.ts'
import { isRefused } from '#server-link/failure.ts'
import { answer, link } from '#server-link/link.ts'
import { queryKeys } from '#server-link/queries.ts'
import { rememberSignedIn } from '#server-link/session-memory.ts'
import { formatCountdown } from '#text/format.ts'
import { useText } from '#text/text-provider.tsx'
import { Button, buttonClasses } from '#ui/button.tsx'
import { Field, PasswordField } from '#ui/field.tsx'
import { say } from '#ui/live-region.tsx'
import { EntryPane, Notice } from './entry-frame.tsx'
import { useCountdown } from './use-countdown.ts'
import { useQueryParam } from './use-query-param.ts'

const reasonTexts = {
  ended: 'entry.login.ended',
  elsewhere: 'entry.login.endedElsewhere',
  'signed-out': 'entry.login.signedOut',
} as const

export function LoginScreen() {
  const { t, href } = useText()
  const router = useRouter()
  const queryClient = useQueryClient()
  const passwordInput = useRef<HTMLInputElement>(null)
  const [siteId, setSiteId] = useState('')
  const [password, setPassword] = useState('')
  const [isMissing, setMissing] = useState(false)
  const [lockedUntil, setLockedUntil] = useState<number | null>(null)
  const secondsLocked = useCountdown(lockedUntil)
  const next = useQueryParam('next')
  const reason = useQueryParam('reason')

  const login = useMutation({
    mutationFn: () => answer(link.POST('/api/auth/login', { body: { site_id: siteId.trim(), password } })),
    onSuccess: ({ user }) => {
      rememberSignedIn()
      queryClient.clear()
      queryClient.setQueryData(queryKeys.me, user)
      router.replace(safeNext(next ?? null, href('/home')))
    },
    onError: (error) => {
      if (isRefused(error) && error.retryAfterSeconds !== null) {
        setLockedUntil(Date.now() + error.retryAfterSeconds * 1000)
      }
      if (!isRefused(error, 'accounts.wrong_credentials')) return
      passwordInput.current?.focus()
      passwordInput.current?.select()
    },
  })

  const wasLocked = lockedUntil !== null && secondsLocked === 0
  useEffect(() => {
    if (wasLocked) say(t('entry.login.lockOver'))
  }, [wasLocked, t])

  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (login.isPending || secondsLocked > 0) return
    if (siteId.trim() === '' || password === '') return setMissing(true)
    setMissing(false)
    login.mutate()
  }

  const { error } = login
  const isLocked = secondsLocked > 0
  const time = formatCountdown(secondsLocked)
  const reasonText = reason && reason in reasonTexts ? reasonTexts[reason as keyof typeof reasonTexts] : null

  const notice = () => {
    if (isLocked) return <Notice tone="bad">{t('entry.login.locked', { time })}</Notice>
    if (isMissing) return <Notice tone="bad">{t('entry.login.empty')}</Notice>
    if (isRefused(error, 'accounts.wrong_credentials')) return <Notice tone="bad">{t('entry.login.wrong')}</Notice>
    if (wasLocked) return <Notice tone="good">{t('entry.login.lockOver')}</Notice>
    if (error) return <Notice tone="bad">{failureWords(error, t)}</Notice>
    return reasonText && <Notice tone="plain">{t(reasonText)}</Notice>
  }

  return (
    <EntryPane title={t('entry.login.title')} lead={t('entry.login.lead')} mascot="happy">
      <form method="post" onSubmit={submit} noValidate className="grid grid-cols-1 gap-5">
        {notice()}
        <Field
          lineless
          label={t('entry.signup.siteId')}
          name="username"
          autoComplete="username"
          autoCapitalize="off"
          autoCorrect="off"
          spellCheck={false}
          value={siteId}
          onChange={(event) => setSiteId(event.target.value)}
        />
        <PasswordField
          ref={passwordInput}
          lineless
          label={t('entry.signup.password')}
          showLabel={t('entry.signup.show')}
          hideLabel={t('entry.signup.hide')}
          name="password"
          autoComplete="current-password"
          value={password}
          onChange={(event) => setPassword(event.target.value)}
        />
        <Button
          type="submit"
          size="large"
          busy={login.isPending}
          busyLabel={t('entry.login.busy')}
          offBecause={isLocked ? t('entry.login.lockedButton', { time }) : null}
        >
          {isLocked ? t('entry.login.lockedButton', { time }) : t('entry.login.submit')}
        </Button>
      </form>
      <p className="mt-5 flex flex-wrap items-center justify-center gap-x-2 text-muted">
        {t('entry.login.noAccount')}
        <Link href={href('/invite')} className={buttonClasses('quiet', 'small', 'px-2 text-accent')}>
          {t('entry.login.toInvite')}
        </Link>
      </p>
    </EntryPane>
  )
}
