export const languages = ['ko', 'en'] as const
export type Language = (typeof languages)[number]

export const languageNames: Readonly<Record<Language, string>> = { ko: '한국어', en: 'English' }

/** The language of a `[lang]` segment. Only these two are generated, so anything else is a mistake of ours. */
export function languageOf(segment: string): Language {
  const language = languages.find((each) => each === segment)
  if (!language) throw new Error(`no such language: ${segment}`)
  return language
}
