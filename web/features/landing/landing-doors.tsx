'use client'

import { QueryClientProvider } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { doorIn } from '#features/entry/door.model.ts'
import { DoorDialog } from '#features/entry/door-dialog.tsx'
import { useDoor } from '#features/entry/use-door.ts'
import { createQueryClient } from '#server-link/query-client.ts'
import type { Dictionary } from '#text/dictionaries.ts'
import type { Language } from '#text/languages.ts'
import { TextProvider } from '#text/text-provider.tsx'
import { doorFace } from '#ui/fonts-door.ts'
import { LiveRegion } from '#ui/live-region.tsx'
import { Toaster } from '#ui/toaster.tsx'

declare global {
  interface Window {
    /** The link that was pressed before this was here; see door-script.tsx. */
    clubDoor?: HTMLAnchorElement | undefined
  }
}

/** The landing's dialogs. Nothing of this is in the page until a door is asked for. */
export function LandingDoors({ language, dictionary }: { language: Language; dictionary: Dictionary }) {
  const [queryClient] = useState(createQueryClient)
  const { door, open, close } = useDoor()
  const [isAlive, setAlive] = useState(false)
  const pressed = useRef<HTMLAnchorElement>(null)

  useEffect(() => setAlive(true), [])
  useEffect(() => {
    const take = () => {
      const link = window.clubDoor
      if (!link) return
      window.clubDoor = undefined
      link.removeAttribute('aria-busy')
      pressed.current = link
      open(doorIn(`#${link.dataset['door']}`) ?? 'login')
    }
    take()
    document.addEventListener('club-door', take)
    return () => document.removeEventListener('club-door', take)
  }, [open])

  // Some browsers do not focus a link that is clicked, and then a closed dialog has nothing to give the focus back to.
  const wasOpen = useRef(false)
  useEffect(() => {
    if (wasOpen.current && door === null) pressed.current?.focus()
    wasOpen.current = door !== null
  }, [door])

  // The player's pages are another document: a whole load, in place of the entry that the dialog made.
  const leave = (path: string) => location.replace(`/${language}${path}`)
  // Not even an empty dialog in the prerendered page: its face alone would be 86 KB for everybody.
  if (!isAlive) return null
  return (
    <QueryClientProvider client={queryClient}>
      <TextProvider language={language} dictionary={dictionary}>
        <div className={doorFace.variable} style={{ fontFamily: 'var(--face-body), var(--font-body)' }}>
          <DoorDialog
            door={door}
            onDoor={open}
            onClose={close}
            onLoggedIn={() => leave('/home')}
            onSignedUp={() => leave('/age')}
          />
          <Toaster label={dictionary.common.toast.label} dismissLabel={dictionary.common.toast.dismiss} />
          <LiveRegion />
        </div>
      </TextProvider>
    </QueryClientProvider>
  )
}
