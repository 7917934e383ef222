'use client'

import { type FormEvent, useId, useRef, useState } from 'react'
import { useText } from '#text/text-provider.tsx'
import { Button } from '#ui/button.tsx'
import { Card, CardHead } from '#ui/card.tsx'
import { toast } from '#ui/toast.store.ts'
import { OfflineCommand } from './offline-command.tsx'
import { readPasted } from './receipt.model.ts'
import { Verification } from './verification.tsx'

/** For a receipt from anywhere. It does not leave the browser. */
export function CheckCard() {
  const { t } = useText()
  const id = useId()
  const [text, setText] = useState('')
  const [checked, setChecked] = useState<{ readonly receipt: unknown } | null>(null)
  const [trouble, setTrouble] = useState<'empty' | 'not_json' | 'not_a_receipt' | null>(null)

  const check = (json: string) => {
    const pasted = readPasted(json)
    setTrouble(pasted.kind === 'receipt' ? null : pasted.kind)
    setChecked(pasted.kind === 'receipt' ? { receipt: pasted.receipt } : null)
  }
  /** What is on its way into the field: whoever checks meanwhile means that, and not what still stands there. */
  const coming = useRef<Promise<string> | null>(null)
  const keysPressed = useRef(0)
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    const pressed = keysPressed.current
    const came = await coming.current?.catch(() => undefined)
    // Who has typed since then means neither what came nor what stood there.
    if (pressed === keysPressed.current) check(came ?? text)
  }
  const fill = (json: string) => {
    coming.current = null
    setText(json)
    setChecked(null)
    setTrouble(null)
  }
  const fillWith = async (source: Promise<string>) => {
    coming.current = source
    try {
      const json = await source
      if (coming.current === source) fill(json)
    } catch {
      if (coming.current === source) coming.current = null
      toast({ tone: 'bad', text: t('fairness.check.notLoaded') })
    }
  }
  const example = async () => {
    const { exampleReceipt } = await import('./check-receipt.ts')
    return JSON.stringify(exampleReceipt(), null, 2)
  }
  return (
    <Card>
      <CardHead title={t('fairness.paste.title')} />
      <form className="grid grid-cols-[minmax(0,1fr)] gap-3" onSubmit={(event) => void submit(event)}>
        <label htmlFor={id} className="text-muted">
          {t('fairness.paste.label')}
        </label>
        <textarea
          id={id}
          value={text}
          onChange={(event) => {
            keysPressed.current++
            fill(event.currentTarget.value)
          }}
          rows={6}
          spellCheck={false}
          autoCapitalize="off"
          autoComplete="off"
          placeholder={'{ "format": "casino-club-receipt-1", … }'}
          aria-invalid={trouble ? true : undefined}
          aria-describedby={trouble ? `${id}-line` : undefined}
          className="w-full rounded-sm border border-line-strong bg-bg px-4 py-3 font-mono text-[0.85rem] leading-5 placeholder:text-muted/70"
        />
        {trouble && (
          <p id={`${id}-line`} role="alert" className="text-sm text-bad">
            {t(`fairness.paste.${trouble}`)}
          </p>
        )}
        <div className="flex flex-wrap gap-2">
          <Button type="submit">{t('fairness.paste.submit')}</Button>
          <Button look="quiet" onClick={() => void fillWith(example())}>
            {t('fairness.paste.example')}
          </Button>
          <label className="relative inline-flex min-h-12 cursor-pointer items-center rounded-md px-5 font-bold has-focus-visible:outline-2 has-focus-visible:outline-offset-3 has-focus-visible:outline-focus hover:bg-raised">
            {t('fairness.paste.file')}
            <input
              type="file"
              accept="application/json,.json"
              className="visually-hidden"
              onChange={(event) => {
                const file = event.currentTarget.files?.[0]
                if (file) void fillWith(file.text())
                event.currentTarget.value = ''
              }}
            />
          </label>
        </div>
      </form>
      {checked ? (
        <div className="mt-5 grid grid-cols-[minmax(0,1fr)] gap-5 border-t border-line pt-5">
          <Verification receipt={checked.receipt} />
        </div>
      ) : (
        <div className="mt-5 border-t border-line pt-4">
          <OfflineCommand file="receipt.json" />
        </div>
      )}
    </Card>
  )
}
