import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const folder = join(import.meta.dirname, '../src')
const sources = readdirSync(folder).filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))

/** Offences are sentences, so that a red test is a list of things to do. */
function offences(): string[] {
  return sources.flatMap((name) => {
    const source = readFileSync(join(folder, name), 'utf8')
    const imports = [...source.matchAll(/from '([^']+)'/g)].map((match) => match[1] ?? '')
    const code = source.replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*/g, '')
    return [
      ...imports
        .filter((from) => !/^\.\/[a-z0-9.-]+\.ts$/.test(from) && !from.startsWith('@noble/hashes/'))
        .filter((from) => !(name === 'cli.ts' && from.startsWith('node:')))
        .map((from) => `${name}: imports ${from}`),
      ...[...code.matchAll(/Math\.random|Date\.now|new Date|parseFloat|Math\.fround|\bBuffer\b/g)].map(
        (match) => `${name}: uses ${match[0]}`,
      ),
      ...(source.split('\n').length > 251 ? [`${name}: is longer than 250 lines`] : []),
    ]
  })
}

test('everything but the command line runs in a browser, draws nothing by itself and knows no clock', () => {
  expect(sources.length).toBeGreaterThan(20)
  expect(offences()).toEqual([])
})
