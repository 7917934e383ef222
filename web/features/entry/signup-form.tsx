'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type ChangeEvent, type FormEvent, useRef, useState } from 'react'
import { failureWords } from '#features/shell/failure-words.ts'
import { isRefused } from '#server-link/failure.ts'
import { answer, link } from '#server-link/link.ts'
import { queryKeys } from '#server-link/queries.ts'
import { rememberSignedIn } from '#server-link/session-memory.ts'
import { useText } from '#text/text-provider.tsx'
import { Button } from '#ui/button.tsx'
import { Checkbox, Field, PasswordField } from '#ui/field.tsx'
import { Icon } from '#ui/icon.tsx'
import { say } from '#ui/live-region.tsx'
import { Notice } from './entry-frame.tsx'
import {
  mistakesFromRefusal,
  mistakesIn,
  passwordStrength,
  type SignupField,
  type SignupMistakes,
  type SignupForm as SignupValues,
} from './signup.model.ts'

const blank: SignupValues = { siteId: '', nickname: '', password: '', phone: '', isAdult: false }

type Props = {
  readonly code: string
  readonly onDone: () => void
  /** Back to the invitation: with the code, to look at it again, or without one that is used up. */
  readonly onInvite: (code: string | null) => void
}

/** The sign-up form, the same one on its page and in its dialog. */
export function SignupForm({ code, onDone, onInvite }: Props) {
  const { t } = useText()
  const queryClient = useQueryClient()
  const form = useRef<HTMLFormElement>(null)
  const [values, setValues] = useState(blank)
  const [left, setLeft] = useState<ReadonlySet<SignupField>>(new Set())
  const [refused, setRefused] = useState<SignupMistakes>({})

  const mistakes = mistakesIn(values)
  /** A field is judged once it has been left, not while its first letters are typed. */
  const errorOf = (field: SignupField): string | null => {
    const mistake = refused[field] ?? (left.has(field) ? mistakes[field] : undefined)
    return mistake ? t(`entry.signup.${mistake}`) : null
  }
  const change = (field: SignupField, value: string | boolean) => {
    setValues((before) => ({ ...before, [field]: value }))
    setRefused(({ [field]: _, ...others }) => others)
  }
  const leave = (field: SignupField) => setLeft((before) => new Set(before).add(field))

  const signup = useMutation({
    mutationFn: () =>
      answer(
        link.POST('/api/auth/signup', {
          body: {
            site_id: values.siteId,
            nickname: values.nickname.trim(),
            password: values.password,
            invite_code: code,
            ...(values.phone === '' ? {} : { phone_number: values.phone }),
          },
        }),
      ),
    onSuccess: ({ user }) => {
      rememberSignedIn()
      queryClient.clear()
      queryClient.setQueryData(queryKeys.me, user)
      onDone()
    },
    onError: (error) => {
      const fields = isRefused(error) ? mistakesFromRefusal(error.code, error.reason) : null
      if (!fields) return
      setRefused(fields)
      focusFirstMistake()
    },
  })

  const focusFirstMistake = () => {
    requestAnimationFrame(() => form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus())
  }

  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (signup.isPending) return
    if (Object.keys(mistakes).length > 0) {
      setLeft(new Set(['siteId', 'nickname', 'password', 'phone', 'isAdult']))
      say(t('entry.signup.fix'))
      focusFirstMistake()
    } else {
      signup.mutate()
    }
  }

  const { error } = signup
  const isCodeGone = isRefused(error, 'accounts.invite_invalid')
  const belongsToField = isRefused(error) && mistakesFromRefusal(error.code, error.reason) !== null

  /** What every field of this form has. A name is written in small letters; an empty field is not complained of on leaving. */
  const fieldOf = (name: 'siteId' | 'nickname' | 'password' | 'phone') => ({
    label: t(`entry.signup.${name}`),
    hint: t(`entry.signup.${name}Hint`),
    error: errorOf(name),
    value: values[name],
    onChange: ({ target }: ChangeEvent<HTMLInputElement>) =>
      change(name, name === 'siteId' ? target.value.toLowerCase() : target.value),
    onBlur: () => values[name] && leave(name),
  })

  return (
    <form ref={form} method="post" onSubmit={submit} noValidate className="grid grid-cols-1 gap-3">
      <div className="mb-1 flex min-h-12 items-center gap-3 rounded-sm bg-raised pr-1 pl-4">
        <Icon name="check" className="size-5 text-good" />
        <span className="visually-hidden">{t('entry.signup.code')}</span>
        <strong className="min-w-0 flex-1 truncate tracking-[0.06em]">{code}</strong>
        <Button look="quiet" size="small" className="px-3 text-accent" onClick={() => onInvite(code)}>
          {t('entry.signup.changeCode')}
        </Button>
      </div>
      {isCodeGone && (
        <Notice tone="bad">
          {t('entry.signup.inviteInvalid')}{' '}
          <button
            type="button"
            className="min-h-6 font-bold underline underline-offset-4"
            onClick={() => onInvite(null)}
          >
            {t('entry.signup.toInvite')}
          </button>
        </Notice>
      )}
      {error && !isCodeGone && !belongsToField && <Notice tone="bad">{failureWords(error, t)}</Notice>}
      <Field
        {...fieldOf('siteId')}
        name="username"
        autoComplete="username"
        autoCapitalize="off"
        autoCorrect="off"
        spellCheck={false}
        maxLength={20}
      />
      <Field {...fieldOf('nickname')} name="nickname" autoComplete="nickname" maxLength={16} />
      <div>
        <PasswordField
          {...fieldOf('password')}
          showLabel={t('entry.signup.show')}
          hideLabel={t('entry.signup.hide')}
          name="new-password"
          autoComplete="new-password"
          maxLength={128}
        />
        <Strength password={values.password} />
      </div>
      <Field {...fieldOf('phone')} name="tel" type="tel" inputMode="tel" autoComplete="tel-national" maxLength={13} />
      <Checkbox
        label={t('entry.signup.adult')}
        hint={t('entry.signup.adultHint')}
        error={errorOf('isAdult')}
        checked={values.isAdult}
        onChange={(event) => change('isAdult', event.target.checked)}
      />
      <Button type="submit" size="large" className="mt-2" busy={signup.isPending} busyLabel={t('entry.signup.busy')}>
        {t('entry.signup.submit')}
      </Button>
    </form>
  )
}

function Strength({ password }: { password: string }) {
  const { t } = useText()
  const strength = passwordStrength(password)
  const word = ([null, 'weak', 'fair', 'strong'] as const)[strength]
  const tone = ['bg-line', 'bg-bad', 'bg-gold', 'bg-good'][strength]
  return (
    <div className="mt-1.5 flex h-5 items-center gap-2">
      {[1, 2, 3].map((step) => (
        <span key={step} className={`h-1.5 flex-1 rounded-full ${step <= strength ? tone : 'bg-line'}`} />
      ))}
      <span className="w-14 text-right text-sm text-muted">
        {word && (
          <>
            <span className="visually-hidden">{t('entry.signup.strength')} </span>
            {t(`entry.signup.${word}`)}
          </>
        )}
      </span>
    </div>
  )
}
