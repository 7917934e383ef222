'use client'

import { useQuery } from '@tanstack/react-query'
import { type FormEvent, type ReactNode, useEffect, useRef, useState } from 'react'
import { failureWords } from '#features/shell/failure-words.ts'
import { answer, link } from '#server-link/link.ts'
import { formatMoment } from '#text/format.ts'
import { useText } from '#text/text-provider.tsx'
import { Button } from '#ui/button.tsx'
import { Field, type FieldVerdict } from '#ui/field.tsx'
import { Icon } from '#ui/icon.tsx'
import { toast } from '#ui/toast.store.ts'
import { askDelayMs, reasonOf, shortestCode, tidyCode } from './invite.model.ts'

type Props = {
  /** A code that came with the address. */
  readonly given?: string | null | undefined
  readonly onValid: (code: string) => void
  /** The way to the log-in, for who has an account already. */
  readonly login: ReactNode
}

/** Asks for an invitation and says at once what is wrong with it; the same form on its page and in its dialog. */
export function InviteForm({ given, onValid, login }: Props) {
  const { t, language } = useText()
  const input = useRef<HTMLInputElement>(null)
  const [code, setCode] = useState('')
  const [asked, setAsked] = useState('')
  const [isEmptyPress, setEmptyPress] = useState(false)

  useEffect(() => {
    if (given) setCode(tidyCode(given))
  }, [given])

  useEffect(() => {
    if (code.length < shortestCode) return setAsked('')
    const timer = setTimeout(() => setAsked(code), askDelayMs)
    return () => clearTimeout(timer)
  }, [code])

  const check = useQuery({
    queryKey: ['invite', asked],
    queryFn: ({ signal }) => answer(link.POST('/api/invite/validate', { signal, body: { code: asked } })),
    enabled: asked !== '',
    staleTime: 20_000,
    retry: false,
  })
  const isSettled = asked === code && asked !== ''
  const verdict = isSettled ? check.data : undefined
  const isChecking = code.length >= shortestCode && (!isSettled || check.isFetching)

  const error =
    isEmptyPress && code === ''
      ? t('entry.invite.empty')
      : isSettled && check.error
        ? failureWords(check.error, t)
        : verdict && !verdict.is_valid
          ? t(`entry.invite.${reasonOf(verdict)}`)
          : null

  const good = () => {
    if (!verdict?.is_valid) return ''
    const places = verdict.remaining_uses === null ? '' : t('entry.invite.remaining', { n: verdict.remaining_uses })
    const until = verdict.expires_at
      ? t('entry.invite.until', { when: formatMoment(verdict.expires_at, language) })
      : ''
    return [t('entry.invite.valid'), [places, until].filter(Boolean).join(' · ')].filter(Boolean).join(' ')
  }
  const line: FieldVerdict | null = isChecking
    ? { tone: 'quiet', text: t('entry.invite.checking') }
    : verdict?.is_valid
      ? { tone: 'good', text: good() }
      : null

  const paste = async () => {
    try {
      setCode(tidyCode(await navigator.clipboard.readText()))
    } catch {
      toast({ tone: 'bad', text: t('entry.invite.pasteFailed') })
    }
    input.current?.focus()
  }

  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (verdict?.is_valid) return onValid(code)
    setEmptyPress(true)
    if (isSettled && check.error) void check.refetch()
    input.current?.focus()
  }

  return (
    <div>
      <form onSubmit={submit} noValidate className="grid grid-cols-1 gap-4">
        <Field
          ref={input}
          large
          label={t('entry.invite.label')}
          name="code"
          value={code}
          error={isChecking ? null : error}
          verdict={line}
          autoComplete="one-time-code"
          autoCapitalize="characters"
          autoCorrect="off"
          spellCheck={false}
          enterKeyHint="go"
          maxLength={64}
          onChange={(event) => setCode(tidyCode(event.target.value))}
          end={
            <Button look="quiet" size="small" onClick={paste} className="text-accent">
              <Icon name="paste" />
              {t('entry.invite.paste')}
            </Button>
          }
        />
        <Button type="submit" size="large" busy={isChecking} busyLabel={t('entry.invite.checking')}>
          {t('entry.invite.continue')}
        </Button>
      </form>
      <p className="mt-5 flex flex-wrap items-center justify-center gap-x-2 text-muted">
        {t('entry.invite.haveAccount')}
        {login}
      </p>
    </div>
  )
}
