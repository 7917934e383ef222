'use client'

import { QueryClientProvider } from '@tanstack/react-query'
import { type ReactNode, useEffect, useState } from 'react'
import { createQueryClient } from '#server-link/query-client.ts'
import { restorePrefs } from '#stores/prefs.ts'
import type { Dictionary } from '#text/dictionaries.ts'
import type { Language } from '#text/languages.ts'
import { TextProvider } from '#text/text-provider.tsx'

export function AppProviders(props: { language: Language; dictionary: Dictionary; children: ReactNode }) {
  const [queryClient] = useState(createQueryClient)
  useEffect(restorePrefs, [])
  return (
    <QueryClientProvider client={queryClient}>
      <TextProvider language={props.language} dictionary={props.dictionary}>
        {props.children}
      </TextProvider>
    </QueryClientProvider>
  )
}
