'use client'

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { type FormEvent, useState } from 'react'
import { failureWords } from '#features/shell/failure-words.ts'
import { safeNext } from '#features/shell/site-path.ts'
import { useRequirePlayer } from '#features/shell/use-session.ts'
import { isRefused } from '#server-link/failure.ts'
import { answer, link } from '#server-link/link.ts'
import { meQuery, queryKeys } from '#server-link/queries.ts'
import { useText } from '#text/text-provider.tsx'
import { Button, buttonClasses } from '#ui/button.tsx'
import { Field } from '#ui/field.tsx'
import { Link } from '#ui/link.tsx'
import { toast } from '#ui/toast.store.ts'
import { hyphenated, isBirthDate } from './birth-date.ts'
import { EntryPane, Notice } from './entry-frame.tsx'
import { useQueryParam } from './use-query-param.ts'

export function AgeScreen() {
  const { t, href } = useText()
  useRequirePlayer()
  const router = useRouter()
  const queryClient = useQueryClient()
  const me = useQuery(meQuery)
  const onward = safeNext(useQueryParam('next') ?? null, href('/welcome'))
  const [name, setName] = useState('')
  const [birthDate, setBirthDate] = useState('')
  const [isJudged, setJudged] = useState(false)

  const verify = useMutation({
    mutationFn: () => answer(link.POST('/api/identity/verify', { body: { name: name.trim(), birth_date: birthDate } })),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: queryKeys.me })
      toast({ tone: 'good', text: t('entry.age.done') })
      router.replace(onward)
    },
  })

  const nameError = isJudged && name.trim() === '' ? t('entry.age.nameInvalid') : null
  const isDate = isBirthDate(birthDate, new Date())
  const dateError = isJudged && !isDate ? t('entry.age.birthDateInvalid') : null

  const submit = (event: FormEvent) => {
    event.preventDefault()
    setJudged(true)
    if (!verify.isPending && name.trim() !== '' && isDate) verify.mutate()
  }

  if (me.data?.age_verified && !verify.isSuccess) {
    return (
      <EntryPane title={t('entry.age.title')} lead={t('entry.age.already')} mascot="happy">
        <Link href={onward} className={buttonClasses('primary', 'large', 'w-full')}>
          {t('entry.age.continue')}
        </Link>
      </EntryPane>
    )
  }

  const { error } = verify
  return (
    <EntryPane title={t('entry.age.title')} lead={t('entry.age.lead')} mascot="idle">
      <form method="post" onSubmit={submit} noValidate className="grid grid-cols-1 gap-3">
        {error ? (
          <Notice tone="bad">
            {isRefused(error, 'accounts.under_age')
              ? t('entry.age.underAge')
              : isRefused(error, 'accounts.identity_in_use')
                ? t('entry.age.inUse')
                : failureWords(error, t)}
          </Notice>
        ) : (
          <Notice tone="plain">{t('entry.age.development')}</Notice>
        )}
        <Field
          label={t('entry.age.name')}
          error={nameError}
          name="name"
          autoComplete="name"
          maxLength={40}
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
        <Field
          label={t('entry.age.birthDate')}
          hint={t('entry.age.birthDateHint')}
          error={dateError}
          name="bday"
          autoComplete="bday"
          inputMode="numeric"
          placeholder="YYYY-MM-DD"
          value={birthDate}
          onChange={(event) => setBirthDate(hyphenated(event.target.value))}
        />
        <Button type="submit" size="large" busy={verify.isPending} busyLabel={t('entry.age.busy')}>
          {t('entry.age.submit')}
        </Button>
        <Link href={onward} className={buttonClasses('quiet', 'medium', 'text-muted')}>
          {t('entry.age.later')}
        </Link>
      </form>
    </EntryPane>
  )
}
