'use client'

import { useEffect, useRef, useState } from 'react'
import { useText } from '#text/text-provider.tsx'
import { Button } from '#ui/button.tsx'
import { Dialog } from '#ui/dialog.tsx'
import type { Door } from './door.model.ts'
import { InviteForm } from './invite-form.tsx'
import { LoginForm } from './login-form.tsx'
import { SignupForm } from './signup-form.tsx'

type Props = {
  readonly door: Door | null
  readonly onDoor: (door: Door) => void
  readonly onClose: () => void
  readonly onLoggedIn: () => void
  readonly onSignedUp: () => void
}

/** Log-in and sign-up without leaving the page that one is on. The forms are those of the pages. */
export function DoorDialog({ door, onDoor, onClose, onLoggedIn, onSignedUp }: Props) {
  const { t } = useText()
  const [code, setCode] = useState<string | null>(null)
  const [looked, setLooked] = useState<string | null>(null)

  const swap = (to: Door, words: string) => (
    <Button look="quiet" size="small" className="px-2 text-accent" onClick={() => onDoor(to)}>
      {words}
    </Button>
  )
  const step = door === 'signup' ? (code === null ? 'invite' : 'signup') : 'login'

  // The browser gives the focus to the first control, the way out; and a step that goes takes the focus with it.
  const content = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (door !== null && step) content.current?.querySelector('input')?.focus()
  }, [door, step])

  return (
    <Dialog isOpen={door !== null} onClose={onClose} title={t(`entry.${step}.title`)} closeLabel={t('common.close')}>
      <div ref={content} className="grid grid-cols-1 gap-5">
        <p className="-mt-2 text-muted">{t(`entry.${step}.lead`)}</p>
        {step === 'login' && <LoginForm onDone={onLoggedIn} invitation={swap('signup', t('entry.login.toInvite'))} />}
        {step === 'invite' && (
          <InviteForm given={looked} onValid={setCode} login={swap('login', t('entry.invite.toLogin'))} />
        )}
        {step === 'signup' && code !== null && (
          <SignupForm
            code={code}
            onDone={onSignedUp}
            onInvite={(kept) => {
              setLooked(kept)
              setCode(null)
            }}
          />
        )}
      </div>
    </Dialog>
  )
}
