import en from '#text/en/landing.json' with { type: 'json' }
import ko from '#text/ko/landing.json' with { type: 'json' }
import type { Language } from '#text/languages.ts'

/** Korean is the original: a translation that lacks one of its keys does not compile. */
export type LandingWords = typeof ko

const words: Readonly<Record<Language, LandingWords>> = { ko, en }

export function landingWords(language: Language): LandingWords {
  return words[language]
}

/** Puts values into `{name}` places. */
export function put(text: string, values: Readonly<Record<string, string | number>>): string {
  return text.replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ''))
}
