'use client'

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useRef, useState } from 'react'
import { Notice } from '#features/entry/entry-frame.tsx'
import { mistakeInPassword, mistakesFromRefusal } from '#features/entry/signup.model.ts'
import { failureWords } from '#features/shell/failure-words.ts'
import { isRefused } from '#server-link/failure.ts'
import { answer, link } from '#server-link/link.ts'
import { meQuery, queryKeys } from '#server-link/queries.ts'
import { useText } from '#text/text-provider.tsx'
import { Button } from '#ui/button.tsx'
import { PasswordField } from '#ui/field.tsx'
import { toast } from '#ui/toast.store.ts'

export function PasswordForm({ onDone }: { onDone: () => void }) {
  const { t } = useText()
  const queryClient = useQueryClient()
  const me = useQuery(meQuery)
  const form = useRef<HTMLFormElement>(null)
  const [current, setCurrent] = useState('')
  const [wanted, setWanted] = useState('')
  const [wasPressed, setPressed] = useState(false)

  const change = useMutation({
    mutationFn: () =>
      answer(link.PATCH('/api/auth/password', { body: { current_password: current, new_password: wanted } })),
    onSuccess: async () => {
      toast({ tone: 'good', text: t('account.password.done') })
      onDone()
      await queryClient.invalidateQueries({ queryKey: queryKeys.loginSessions })
    },
    onError: focusFirstMistake,
  })
  const { error } = change

  const ownMistake = mistakeInPassword(wanted, me.data ? [me.data.site_id, me.data.nickname] : [])
  const theirMistake = isRefused(error) ? mistakesFromRefusal(error.code, error.reason)?.password : undefined
  const mistake = (wasPressed ? ownMistake : null) ?? theirMistake
  const isCurrentWrong = isRefused(error, 'accounts.current_password_wrong')
  const isCurrentMissing = wasPressed && current === ''

  function focusFirstMistake() {
    requestAnimationFrame(() => form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus())
  }

  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (change.isPending) return
    setPressed(true)
    if (ownMistake || current === '') focusFirstMistake()
    else change.mutate()
  }

  return (
    <form ref={form} onSubmit={submit} noValidate className="grid grid-cols-1 gap-3">
      {error && !isCurrentWrong && !theirMistake && <Notice tone="bad">{failureWords(error, t)}</Notice>}
      {/* For password managers, which otherwise do not know whose password this is. */}
      <input type="text" name="username" autoComplete="username" value={me.data?.site_id ?? ''} readOnly hidden />
      <PasswordField
        label={t('account.password.current')}
        error={
          isCurrentMissing ? t('account.password.missing') : isCurrentWrong ? t('account.password.wrong') : undefined
        }
        showLabel={t('entry.signup.show')}
        hideLabel={t('entry.signup.hide')}
        name="current-password"
        autoComplete="current-password"
        value={current}
        onChange={(event) => {
          if (isCurrentWrong) change.reset()
          setCurrent(event.target.value)
        }}
      />
      <PasswordField
        label={t('account.password.new')}
        hint={t('entry.signup.passwordHint')}
        error={mistake ? t(`entry.signup.${mistake}`) : undefined}
        showLabel={t('entry.signup.show')}
        hideLabel={t('entry.signup.hide')}
        name="new-password"
        autoComplete="new-password"
        maxLength={128}
        value={wanted}
        onChange={(event) => {
          if (theirMistake) change.reset()
          setWanted(event.target.value)
        }}
      />
      <Button type="submit" size="large" busy={change.isPending} busyLabel={t('account.password.busy')}>
        {t('account.password.submit')}
      </Button>
    </form>
  )
}
