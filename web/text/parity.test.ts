import fs from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'

const folder = import.meta.dirname

function leaves(tree: object, prefix = ''): [string, string][] {
  return Object.entries(tree).flatMap(([key, value]): [string, string][] =>
    typeof value === 'string' ? [[prefix + key, value]] : leaves(value, `${prefix}${key}.`),
  )
}

function texts(language: string): Map<string, string> {
  const files = fs.readdirSync(path.join(folder, language)).filter((name) => name.endsWith('.json'))
  const all = files.flatMap((name) => {
    const tree: object = JSON.parse(fs.readFileSync(path.join(folder, language, name), 'utf8'))
    return leaves(tree, `${name.replace('.json', '')}.`)
  })
  return new Map(all)
}

const placeholders = (text: string) => [...new Set([...text.matchAll(/\{(\w+)[,}]/g)].map((found) => found[1]))].sort()

const ko = texts('ko')
const en = texts('en')

test('Korean and English have the same keys', () => {
  expect([...en.keys()].sort()).toEqual([...ko.keys()].sort())
})

test('a text uses the same values in both languages', () => {
  const differing = [...ko].filter(
    ([key, text]) => JSON.stringify(placeholders(text)) !== JSON.stringify(placeholders(en.get(key) ?? '')),
  )
  expect(differing.map(([key]) => key)).toEqual([])
})

test('no text is empty, no English text is still Korean', () => {
  expect([...ko, ...en].filter(([, text]) => text.trim() === '').map(([key]) => key)).toEqual([])
  expect([...en].filter(([, text]) => /[가-힣]/.test(text.replace('한국어', ''))).map(([key]) => key)).toEqual([])
})
