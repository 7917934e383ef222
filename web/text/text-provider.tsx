'use client'

import { createContext, type ReactNode, useContext, useMemo } from 'react'
import type { Dictionary } from './dictionaries.ts'
import type { Language } from './languages.ts'
import { type Translate, translator } from './translate.ts'

type Text = {
  readonly t: Translate
  readonly language: Language
  /** `/home` becomes `/ko/home`. */
  readonly href: (path: `/${string}`) => string
}

const TextContext = createContext<Text | null>(null)

export function TextProvider(props: { language: Language; dictionary: Dictionary; children: ReactNode }) {
  const { language, dictionary, children } = props
  const text = useMemo<Text>(
    () => ({ language, t: translator(dictionary, language), href: (path) => `/${language}${path}` }),
    [language, dictionary],
  )
  return <TextContext value={text}>{children}</TextContext>
}

export function useText(): Text {
  const text = useContext(TextContext)
  if (!text) throw new Error('useText outside of TextProvider')
  return text
}
