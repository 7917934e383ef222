'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, type ReactNode, useEffect, useRef, useState } from 'react'
import { failureWords } from '#features/shell/failure-words.ts'
import { isRefused } from '#server-link/failure.ts'
import { answer, link } from '#server-link/link.ts'
import { queryKeys } from '#server-link/queries.ts'
import { rememberSignedIn } from '#server-link/session-memory.ts'
import { formatCountdown } from '#text/format.ts'
import { useText } from '#text/text-provider.tsx'
import { Button } from '#ui/button.tsx'
import { Field, PasswordField } from '#ui/field.tsx'
import { say } from '#ui/live-region.tsx'
import { Notice } from './entry-frame.tsx'
import { useCountdown } from './use-countdown.ts'

const reasonTexts = {
  ended: 'entry.login.ended',
  elsewhere: 'entry.login.endedElsewhere',
  'signed-out': 'entry.login.signedOut',
} as const

type Props = {
  /** Why somebody stands here who was inside a moment ago. */
  readonly reason?: string | null | undefined
  readonly onDone: () => void
  /** The way to the invitation, for who has no account. */
  readonly invitation: ReactNode
}

/** The log-in form, the same one on its page and in its dialog. */
export function LoginForm({ reason, onDone, invitation }: Props) {
  const { t } = useText()
  const queryClient = useQueryClient()
  const passwordInput = useRef<HTMLInputElement>(null)
  const [siteId, setSiteId] = useState('')
  const [password, setPassword] = useState('')
  const [isMissing, setMissing] = useState(false)
  const [lockedUntil, setLockedUntil] = useState<number | null>(null)
  const secondsLocked = useCountdown(lockedUntil)

  const login = useMutation({
    mutationFn: () => answer(link.POST('/api/auth/login', { body: { site_id: siteId.trim(), password } })),
    onSuccess: ({ user }) => {
      rememberSignedIn()
      queryClient.clear()
      queryClient.setQueryData(queryKeys.me, user)
      onDone()
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
    <div>
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
      <details className="mt-4 text-center text-muted">
        <summary className="inline-flex min-h-11 items-center rounded-sm px-2 underline decoration-line-strong underline-offset-4 hover:text-fg">
          {t('entry.login.forgot')}
        </summary>
        <p className="mx-auto max-w-[44ch] pb-2 text-[0.95rem]">{t('entry.login.forgotHow')}</p>
      </details>
      <p className="mt-1 flex flex-wrap items-center justify-center gap-x-2 text-muted">
        {t('entry.login.noAccount')}
        {invitation}
      </p>
    </div>
  )
}
