import { readFile, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { settingsTable } from '#server/config.ts'

/*
 * `npm run settings` prints the table of settings into both READMEs, between their two marks. With
 * `--check` it changes nothing and fails when a committed table is stale.
 */

const FROM = '<!-- settings: npm run settings -->'
const TO = '<!-- end of settings -->'

const table = [
  '| setting | default | what it does |',
  '|---|---|---|',
  ...settingsTable().map(
    (row) => `| \`${row.name}\` | ${row.default === '' ? '' : `\`${row.default}\``} | ${row.description} |`,
  ),
].join('\n')

let stale = 0
for (const name of ['README.md', 'README.ko.md']) {
  const file = fileURLToPath(new URL(`../../${name}`, import.meta.url))
  const text = await readFile(file, 'utf8')
  const [before, after] = [text.split(FROM)[0], text.split(TO)[1]]
  if (before === undefined || after === undefined) throw new Error(`${name} has no place for the settings`)
  const fresh = `${before}${FROM}\n${table}\n${TO}${after}`
  if (fresh === text) console.log(`${name}: the settings are up to date`)
  else if (process.argv.includes('--check')) {
    console.error(`${name}: the settings are stale. Write them with: npm run settings`)
    stale++
  } else {
    await writeFile(file, fresh)
    console.log(`${name}: settings written`)
  }
}
process.exitCode = stale > 0 ? 1 : 0
