'use client'

import { QueryClientProvider } from '@tanstack/react-query'
import { type ReactNode, useEffect, useState } from 'react'
import { createQueryClient } from '#server-link/query-client.ts'
import { restorePrefs } from '#stores/prefs.ts'
import type { Dictionary } from '#text/dictionaries.ts'
import type { Language } from '#text/languages.ts'
import { TextProvider } from '#text/text-provider.tsx'
import { LiveRegion } from '#ui/live-region.tsx'
import { Toaster } from '#ui/toaster.tsx'
import { OfflineHint } from './offline-hint.tsx'

export function AppProviders(props: { language: Language; dictionary: Dictionary; children: ReactNode }) {
  const { language, dictionary, children } = props
  const [queryClient] = useState(createQueryClient)
  useEffect(() => {
    restorePrefs()
    // For tests: a press before this reaches nobody.
    document.documentElement.dataset['alive'] = ''
  }, [])
  return (
    <QueryClientProvider client={queryClient}>
      <TextProvider language={language} dictionary={dictionary}>
        <OfflineHint />
        {children}
        <Toaster label={dictionary.common.toast.label} dismissLabel={dictionary.common.toast.dismiss} />
        <LiveRegion />
      </TextProvider>
    </QueryClientProvider>
  )
}
