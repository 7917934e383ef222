'use client'

import { usePathname } from 'next/navigation'
import { type MouseEvent, useEffect } from 'react'
import { type Language, languageNames, languages } from '#text/languages.ts'
import { useText } from '#text/text-provider.tsx'
import { inLanguage } from './site-path.ts'

/** The server leads `/` to the language of this cookie; there is nothing in it but `ko` or `en`. */
export function rememberLanguage(language: Language): void {
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing in Firefox and Safari
  document.cookie = `lang=${language}; Path=/; Max-Age=31536000; SameSite=Lax`
}

/** To the same page in the other language, keeping what the address says. */
export function LanguageLink({ className }: { className?: string }) {
  const { language } = useText()
  const path = usePathname()
  const other = languages.find((each) => each !== language) ?? language
  const follow = (event: MouseEvent<HTMLAnchorElement>) => {
    rememberLanguage(other)
    event.currentTarget.href = inLanguage(path, other) + location.search
  }
  useEffect(() => rememberLanguage(language), [language])
  return (
    <a href={inLanguage(path, other)} hrefLang={other} lang={other} className={className} onClick={follow}>
      {languageNames[other]}
    </a>
  )
}
