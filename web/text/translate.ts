import type { Dictionary } from './dictionaries.ts'
import type { Language } from './languages.ts'

type Leaves<Tree, Path extends string = ''> = {
  [Key in keyof Tree & string]: Tree[Key] extends string ? `${Path}${Key}` : Leaves<Tree[Key], `${Path}${Key}.`>
}[keyof Tree & string]

export type TextKey = Leaves<Dictionary>
export type TextValues = Readonly<Record<string, string | number>>
export type Translate = (key: TextKey, values?: TextValues) => string

/**
 * The part of ICU MessageFormat that our texts use: `{name}`, `{n, number}` and
 * `{n, plural, one {…} other {… # …}}`. The whole of it (use-intl) costs 10 KB on every page.
 */
export function fill(message: string, values: TextValues, language: Language): string {
  let text = ''
  for (let at = 0; at < message.length; ) {
    if (message[at] !== '{') {
      const next = message.indexOf('{', at)
      const end = next === -1 ? message.length : next
      text += message.slice(at, end)
      at = end
      continue
    }
    const end = closingBrace(message, at)
    text += fillOne(message.slice(at + 1, end), values, language)
    at = end + 1
  }
  return text
}

function fillOne(placeholder: string, values: TextValues, language: Language): string {
  const [name = '', kind = '', ...rest] = placeholder.split(',')
  const value = values[name.trim()]
  if (value === undefined) throw new Error(`text value missing: ${name.trim()}`)
  if (kind.trim() === 'number') return new Intl.NumberFormat(language).format(Number(value))
  if (kind.trim() !== 'plural') return String(value)

  const forms = pluralForms(rest.join(','))
  const form = forms.get(new Intl.PluralRules(language).select(Number(value))) ?? forms.get('other') ?? ''
  return fill(form.replaceAll('#', new Intl.NumberFormat(language).format(Number(value))), values, language)
}

function pluralForms(source: string): ReadonlyMap<string, string> {
  const forms = new Map<string, string>()
  for (let at = source.indexOf('{'), from = 0; at !== -1; at = source.indexOf('{', from)) {
    const end = closingBrace(source, at)
    forms.set(source.slice(from, at).trim(), source.slice(at + 1, end))
    from = end + 1
  }
  return forms
}

function closingBrace(source: string, open: number): number {
  for (let at = open, depth = 0; at < source.length; at++) {
    if (source[at] === '{') depth++
    if (source[at] === '}' && --depth === 0) return at
  }
  throw new Error(`unclosed brace in: ${source}`)
}

export function translator(dictionary: Dictionary, language: Language): Translate {
  return (key, values = {}) => {
    let found: unknown = dictionary
    for (const part of key.split('.')) found = (found as Record<string, unknown> | undefined)?.[part]
    if (typeof found !== 'string') throw new Error(`text missing: ${key}`)
    return fill(found, values, language)
  }
}
