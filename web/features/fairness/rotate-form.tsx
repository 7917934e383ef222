'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { failureWords } from '#features/shell/failure-words.ts'
import type { Seeds } from '#server-link/api.types.ts'
import { useText } from '#text/text-provider.tsx'
import { Button } from '#ui/button.tsx'
import { Field } from '#ui/field.tsx'
import { toast } from '#ui/toast.store.ts'
import { Digits } from './digits.tsx'
import { rotateSeeds } from './fairness.queries.ts'
import { isClientSeed, randomClientSeed } from './receipt.model.ts'

export function RotateForm({ current, onDone }: { current: Seeds['current']; onDone: () => void }) {
  const { t } = useText()
  const client = useQueryClient()
  const [seed, setSeed] = useState(() => randomClientSeed())
  // The same client seed is sent again after a lost answer, so the pair is never turned twice.
  const rotate = useMutation({
    mutationFn: () => rotateSeeds(client, seed),
    onSuccess: ({ last_revealed }) => {
      toast({ tone: 'good', text: t('fairness.rotate.done', { n: last_revealed?.rounds ?? 0 }) })
      onDone()
    },
  })
  const isPlain = isClientSeed(seed)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (isPlain && !rotate.isPending) rotate.mutate()
  }
  return (
    <form className="grid grid-cols-[minmax(0,1fr)] gap-4" onSubmit={submit}>
      <ul className="grid list-disc gap-1.5 pl-5">
        <li>{t('fairness.rotate.reveals', { n: current.next_nonce })}</li>
        <li>{t('fairness.rotate.startsOver')}</li>
        <li>{t('fairness.rotate.sameOdds')}</li>
      </ul>
      <div className="rounded-sm bg-raised/60 px-4 py-3">
        <p className="text-sm text-muted">{t('fairness.rotate.next')}</p>
        <Digits>{current.next_commitment}</Digits>
      </div>
      <Field
        label={t('fairness.rotate.seed')}
        hint={t('fairness.rotate.seedHint')}
        error={isPlain ? null : t('fairness.rotate.seedWrong')}
        value={seed}
        onChange={(event) => setSeed(event.currentTarget.value)}
        maxLength={64}
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        end={
          <Button look="quiet" size="small" onClick={() => setSeed(randomClientSeed())}>
            {t('fairness.rotate.another')}
          </Button>
        }
      />
      {rotate.error && (
        <p role="alert" className="text-bad">
          {failureWords(rotate.error, t)}
        </p>
      )}
      <Button
        type="submit"
        busy={rotate.isPending}
        busyLabel={t('fairness.rotate.busy')}
        offBecause={isPlain ? null : t('fairness.rotate.seedWrong')}
      >
        {t('fairness.rotate.submit')}
      </Button>
    </form>
  )
}
