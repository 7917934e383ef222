import type { Metadata } from 'next'
import { dictionaryOf } from '#text/dictionaries.ts'
import { languageOf, languages } from '#text/languages.ts'
import { type TextKey, translator } from '#text/translate.ts'
import { siteOrigin } from '#ui/site.ts'

type Props = { readonly params: Promise<{ lang: string }> }

/** Title in the page's language and the address of the same page in the other one. */
export function pageMetadata(path: `/${string}`, title: TextKey) {
  return async ({ params }: Props): Promise<Metadata> => {
    const language = languageOf((await params).lang)
    return {
      metadataBase: new URL(siteOrigin),
      title: translator(dictionaryOf(language), language)(title),
      alternates: {
        canonical: `/${language}${path}`,
        languages: Object.fromEntries(languages.map((other) => [other, `/${other}${path}`])),
      },
    }
  }
}
