import { matchesGlob } from 'node:path'
import { describe, expect, test } from 'vitest'
import { TILLS } from '#modules/ledger/ledger.rules.ts'
import { FLOORS, type Room } from '#server/floors.ts'
import vitestConfig from '../../vitest.config.ts'
import { type House, readFiles } from './tidy/house.ts'
import { offences } from './tidy/offences.ts'

/*
 * The rules of the house, read from its files. A failure here is a list of things to do.
 */

test('the house is tidy', () => {
  const files = readFiles()
  const generated = files.find(({ path }) => path.endsWith('/tables.generated.ts'))?.text ?? ''
  const tables = [...(/^export interface DB \{\n([^}]*)\}/m.exec(generated)?.[1] ?? '').matchAll(/^ {2}(\w+):/gm)]
  const house: House = {
    files,
    floors: FLOORS,
    tables: tables.map(([, name = '']) => name),
    tills: Object.keys(TILLS),
    isCollected,
  }
  expect(house.tables.length).toBeGreaterThan(10)
  expect(files.length).toBeGreaterThan(200)

  expect(offences(house)).toEqual([])
})

function isCollected(path: string): boolean {
  if (path.startsWith('e2e/')) return true
  const projects = vitestConfig.test?.projects ?? []
  return projects.some((project) => {
    if (typeof project !== 'object' || !('test' in project)) return false
    const { include = [], exclude = [] } = project.test ?? {}
    return include.some((glob) => matchesGlob(path, glob)) && !exclude.some((glob) => matchesGlob(path, glob))
  })
}

describe('a planted offence is named', () => {
  const floors: Readonly<Record<string, Room>> = {
    ledger: { floor: 1, tables: 'ledger_', doors: ['contract.ts', 'ledger.sql.ts', 'post-transfers.ts'] },
    odds: { floor: 1, tables: 'odds_', doors: ['live-config.ts'] },
    rewards: { floor: 2, tables: 'rewards_', till: 'rewards', doors: [] },
    gacha: { floor: 3, tables: 'gacha_', till: 'gacha', doors: ['pull-gacha.ts'] },
  }
  const tidyFiles: Readonly<Record<string, string>> = Object.fromEntries([
    ...Object.keys(floors).map((name) => [`server/src/modules/${name}/README.md`, `# ${name}\n`]),
    ...Object.entries(floors).flatMap(([name, { doors }]) =>
      doors.map((door) => [`server/src/modules/${name}/${door}`, 'export const one = 1\n']),
    ),
    ['server/migrations/0001_first.sql', migration()],
    ['docs/decisions/0001-first.md', '# First'],
  ])
  const look = (planted: Readonly<Record<string, string>>, changed: Partial<House> = {}) =>
    offences({
      files: Object.entries({ ...tidyFiles, ...planted }).map(([path, text]) => ({ path, text })),
      floors,
      tables: ['ledger_account', 'gacha_pity', 'outbox_event'],
      tills: ['rewards', 'gacha'],
      isCollected: (path) => path.startsWith('server/'),
      ...changed,
    })
  const m = (path: string) => `server/src/modules/${path}`
  const half = (one: string, other: string) => `${one}${other}`

  test('and nothing is, where nothing was planted', () => expect(look({})).toEqual([]))

  // biome-ignore format: a table; one planted offence a line
  test.each<[file: string, text: string, offence: string]>([
    // Floors and doors
    ['ledger/read.ts', "import { pull } from '#modules/gacha/pull-gacha.ts'", 'ledger (floor 1) imports gacha (floor 3)'],
    ['ledger/read.ts', "import type { Pull } from '../gacha/pull-gacha.ts'", 'ledger (floor 1) imports gacha (floor 3)'],
    ['ledger/read.ts', "const pull = await import('../gacha/pull-gacha.ts')", 'ledger (floor 1) imports gacha (floor 3)'],
    ['ledger/read.ts', "export { pull } from '../gacha/pull-gacha.ts'", 'ledger (floor 1) imports gacha (floor 3)'],
    ['ledger/read.ts', "type Pull = import('../gacha/pull-gacha.ts').Pull", 'ledger (floor 1) imports gacha (floor 3)'],
    ['ledger/read.ts', "import { live } from '#modules/odds/live-config.ts'", 'ledger imports odds, a neighbour on floor 1'],
    ['gacha/pull.ts', "import { apply } from '#modules/ledger/ledger.rules.ts'", "imports ledger/ledger.rules.ts, which is not one of ledger's doors"],
    ['gacha/pull.ts', "import { lock } from '#modules/ledger/ledger.sql.ts'", "imports ledger/ledger.sql.ts; another module's queries are not called (types may be)"],
    ['gacha/pull.ts', "import { house } from '#server/house.ts'", 'imports the roof (#server/house.ts)'],
    ['gacha/pull.ts', "import { newPlayer } from '#tests/house.ts'", 'imports the tests (#tests/house.ts)'],
    ['server/src/platform/jobs.ts', "import { pull } from '#modules/gacha/pull-gacha.ts'", 'the platform imports #modules/gacha/pull-gacha.ts'],
    ['server/src/platform/jobs.ts', "import { house } from '#server/house.ts'", 'imports the roof (#server/house.ts)'],
    ['server/src/vocabulary/clock.ts', "import { readFile } from 'node:fs'", 'the vocabulary imports node:fs'],
    ['server/src/vocabulary/clock.ts', "import type { Log } from '#platform/log.ts'", 'the vocabulary imports #platform/log.ts'],
    ['fairness/src/draws.ts', "import { later } from '../../server/src/vocabulary/clock.ts'", 'fairness imports ../../server/src/vocabulary/clock.ts'],
    ['fairness/src/draws.ts', "import { link } from '../../web/server-link/link.ts'", 'fairness imports ../../web/server-link/link.ts'],
    ['web/ui/card.tsx', "import type { App } from '../../server/src/app.ts'", 'web imports ../../server/src/app.ts'],
    ['web/ui/card.tsx', "import { app } from '@casino-club/server/app.ts'", 'web imports @casino-club/server/app.ts'],

    // What rules may do
    ['gacha/gacha.rules.ts', "import { lock } from './gacha.sql.ts'", 'imports ./gacha.sql.ts'],
    ['gacha/gacha.rules.ts', 'export async function f() {}', 'rules do not wait; this one is async'],
    ['gacha/gacha.rules.ts', 'await f()', 'rules do not wait; this one is async'],
    ['gacha/gacha.rules.ts', 'export const f = (): Promise<number> => g()', 'rules do not wait; this one is async'],
    ['gacha/gacha.rules.ts', 'export const f = () => Date.now()', 'rules do not call Date.now'],
    ['gacha/gacha.rules.ts', 'export const f = () => new Date()', 'rules do not look at the clock (new Date())'],
    ['gacha/gacha.rules.ts', 'export const f = () => systemClock.now()', 'rules do not look at the clock (systemClock)'],
    ['gacha/gacha.rules.ts', 'export const f = () => Math.random()', 'rules do not call Math.random'],
    ['gacha/gacha.rules.ts', "import { randomInt } from 'node:crypto'", 'rules do not import node:crypto'],
    ['gacha/gacha.rules.ts', "import { tell } from '#platform/outbox.ts'", 'rules do not import #platform/outbox.ts'],
    ['fairness/src/gacha.rules.ts', 'export const f = () => Math.random()', 'rules do not call Math.random'],

    // Who speaks SQL, and about what
    ['gacha/pull.ts', "const one = hotStatement('one', 'x')", 'speaks SQL; move it to a .sql.ts file'],
    ['gacha/pull.ts', "import { sql } from 'kysely'", 'speaks SQL; move it to a .sql.ts file'],
    ['gacha/pull.ts', "const rows = tx.sql.selectFrom('gacha_pity')", 'speaks SQL; move it to a .sql.ts file'],
    ['gacha/pull.ts', 'app.pool.query(text)', 'speaks SQL; move it to a .sql.ts file'],
    ['gacha/pull.ts', "const text = 'SELECT misses FROM gacha_pity'", 'speaks SQL; move it to a .sql.ts file'],
    ['gacha/pull.ts', half('const text = `update gacha_pity set misses = $', '{one}`'), 'speaks SQL; move it to a .sql.ts file'],
    ['server/src/seed-demo.ts', "const text = 'delete from ledger_account'", 'speaks SQL; move it to a .sql.ts file'],
    ['gacha/gacha.sql.ts', half('const text = `select * from gacha_pity join ledger_account on $', '{x}`'), 'touches ledger_account, which is not its own'],
    ['gacha/gacha.sql.ts', "tx.sql.insertInto('ledger_account as a')", 'touches ledger_account, which is not its own'],
    ['gacha/gacha.sql.ts', "const text = `select nextval('ledger_account_id_seq')`", 'touches ledger_account, which is not its own'],
    ['server/src/platform/outbox.ts', "const text = 'select id from ledger_account'", 'touches ledger_account, which is not its own'],

    // Tills
    ['gacha/pull.ts', "const postings = [{ from: 'rewards', to: 'player' }]", 'reaches into the till of rewards'],
    ['gacha/pull.ts', "const posting = { from: 'player', to: lucky ? 'gacha' : 'rewards' }", 'reaches into the till of rewards'],
    ['gacha/pull.ts', "const game = { till: 'rewards' }", 'reaches into the till of rewards'],
    ['server/src/seed-demo.ts', "const posting = { from: 'rewards', to: 'player' }", 'reaches into the till of rewards'],

    // Names, exports, voices
    ['gacha/README.md', 'line\n'.repeat(26), 'has 26 lines, more than 25'],
    ['gacha/utils.ts', '', 'say what is inside'],
    ['gacha/pull-helpers.ts', '', 'say what is inside'],
    ['gacha/common.rules.ts', '', 'say what is inside'],
    ['web/ui/helpers/card.tsx', '', 'say what is inside'],
    ['gacha/pull.ts', 'export default function pull() {}', 'exports a default; give it a name'],
    ['fairness/src/draws.ts', 'const draws = 1\nexport default draws', 'exports a default; give it a name'],
    ['gacha/pull.ts', "console.log('pulled')", 'console.log: say it to the log (tell-progress.ts for a terminal)'],

    // Tests
    ['gacha/pull.test.ts', '// test(later)', 'tests nothing'],
    ['bench/spin.test.ts', "test('spins', () => {})", 'no runner picks it up'],
    ['gacha/pull.test.ts', "test.skip('pulls', () => {})", 'test.skip: every test runs, always'],
    ['gacha/pull.test.ts', "it.only('pulls', () => {})", 'it.only: every test runs, always'],
    ['gacha/pull.test.ts', "test.todo('pulls')", 'test.todo: every test runs, always'],
    ['gacha/pull.test.ts', "test.skipIf(true)('pulls', () => {})", 'test.skipIf: every test runs, always'],
    ['gacha/pull.test.ts', "test.concurrent.runIf(true)('pulls', () => {})", 'test.concurrent.runIf: every test runs, always'],
    ['gacha/pull.races.test.ts', "describe.skip('races', () => test('one', f))", 'describe.skip: every test runs, always'],
    ['gacha/pull.test.ts', "test('pulls', (context) => context.skip())", 'context.skip: every test runs, always'],
  ])('%s: %s', (file, text, offence) => {
    const path = /^(ledger|gacha)\//.test(file) ? m(file) : file
    expect(look({ [path]: text })).toContain(`${file}: ${offence}`)
  })

  // biome-ignore format: a table; one planted offence a line
  test.each<[text: string, offence: string]>([
    [`\n// ${half('FIX', 'ME')}: later`, `2: a forgotten ${half('FIX', 'ME')}`],
    [`${half('TO', 'DO')}: say more`, `1: a forgotten ${half('TO', 'DO')}`],
    [`cd ${half('/wo', 'rk/main')}`, `1: names a place on somebody's machine (${half('/wo', 'rk/main')})`],
    [`open('${half('/ro', 'ot/.npmrc')}')`, `1: names a place on somebody's machine (${half('/ro', 'ot/.npmrc')})`],
    [half('https://registry.', 'npmjs.org/pg'), `1: names a package registry (${half('registry.', 'npmjs.org')})`],
    [half('-----BEGIN RSA ', 'PRIVATE KEY-----'), '1: contains what looks like a private key'],
    [half('AKIA', 'IOSFODNN7EXAMPLE'), '1: contains what looks like an AWS key'],
    [half('ghp_', '16C7e42F292c6912E7710c838347Ae178B4a'), '1: contains what looks like a GitHub token'],
    [half('npm_', '16C7e42F292c6912E7710c838347Ae178B4a'), '1: contains what looks like an npm token'],
    [half('sk_', 'live_4eC39HqLyjWDarjtT1zdp7dc'), '1: contains what looks like a Stripe key'],
    [half('xoxb', '-17653672481-19874698323'), '1: contains what looks like a Slack token'],
    [half('eyJhbGciOiJIUzI1NiJ9.', 'eyJzdWIiOiIxMjM0NTY3.SflKxwRJSMeKKF2QT4fw'), '1: contains what looks like a signed token'],
    [half('secret: "', 'Zx81kQp02LmVbN77aRtYuI3456"'), '1: contains what looks like a secret'],
    [half('postgres://app:', 'hunter22@db1.example.com/casino'), '1: contains what looks like a password'],
  ])('in any file: %s', (text, offence) => {
    expect(look({ 'ops/notes.md': text })).toEqual([`ops/notes.md:${offence}`])
  })

  // biome-ignore format: a table; one planted offence a line
  test.each<[path: string, text: string, offence: string]>([
    ['server/src/modules/quiz/ask.ts', '', 'quiz: has no README.md that says what it promises'],
    ['server/src/modules/quiz/README.md', '# quiz', 'quiz: is on no floor; add it to floors.ts'],
    ['server/migrations/0003_third.sql', migration(), '0003_third.sql: is not 0002_….sql; numbers have no gaps'],
    ['server/migrations/0001_again.sql', migration(), '0001_first.sql: is not 0002_….sql; numbers have no gaps'],
    ['server/migrations/0002_b.sql', migration('', '-- none'), '0002_b.sql: has nothing under "-- Down Migration"'],
    ['server/migrations/0002_b.sql', migration('-- none', ''), '0002_b.sql: has nothing under "-- Up Migration"'],
    ['server/migrations/0002_b.sql', 'drop table a;', '0002_b.sql: has nothing under "-- Up Migration"'],
    ['docs/decisions/0001-second.md', '# Second', 'docs/decisions/0001-second.md: 0001 is taken'],
    ['docs/decisions/second.md', '# Second', 'docs/decisions/second.md: is not NNNN-what-was-decided.md'],
  ])('%s: %s', (path, text, offence) => {
    expect(look({ [path]: text })).toContain(offence)
  })

  test('a module with more than twenty sources, tests not counted', () => {
    const sources = (count: number) =>
      Object.fromEntries(Array.from({ length: count }, (_, at) => [m(`odds/part-${at}.ts`), '']))
    expect(look({ ...sources(19), [m('odds/part.test.ts')]: "test('a', f)" })).toEqual([])
    expect(look(sources(20))).toEqual(['odds: has 21 sources, more than 20; split it'])
  })

  test('what floors.ts and the ledger claim and nobody has', () => {
    const quiz: Room = { floor: 3, tables: 'quiz_', doors: [], till: 'quiz' }
    expect(look({}, { floors: { ...floors, quiz } })).toEqual([
      'floors.ts: quiz owns the till quiz, which the ledger does not know',
      'floors.ts: there is no module quiz',
    ])
    const odds: Room = { floor: 1, tables: 'odds_', doors: ['no-such.ts'] }
    expect(look({}, { floors: { ...floors, odds } })).toEqual(['floors.ts: odds has no no-such.ts'])
    expect(look({}, { tables: ['shop_order'] })).toEqual(['shop_order: belongs to no module, or to more than one'])
    expect(look({}, { tills: ['rewards', 'gacha', 'shop'] })).toEqual([
      'ledger.rules.ts: the till shop needs one owner in floors.ts',
    ])
  })

  test('what only looks like an offence is left alone', () => {
    expect(
      look({
        [m('gacha/gacha.rules.ts')]:
          "import type { Draws } from '@casino-club/fairness/draws.ts'\n// never Date.now(), await or Math.random()\nexport const day = (at: number) => new Date(at)",
        [m('gacha/pull.ts')]:
          "import type { Row } from '#modules/ledger/ledger.sql.ts'\nimport { post } from '#modules/ledger/post-transfers.ts'\nimport type { App } from '#server/app.ts'\nconst summary = 'Select a banner from the list.'\nconst posting = { from: 'player', to: 'gacha' }",
        [m('gacha/gacha.sql.ts')]: "const text = 'select * from gacha_pity for update'",
        [m('gacha/pull.test.ts')]:
          "import { pull } from '#modules/odds/live-config.ts'\ntest('one', async () => { await tx.sql.selectFrom('ledger_account') })",
        'web/features/home/page.tsx': "import { go } from '#features/home/home-screen.tsx'",
        'server/src/main.ts': 'console.error(error)',
      }),
    ).toEqual([])
  })

  function migration(up = 'create table gacha_pity (id int);', down = 'drop table gacha_pity;'): string {
    return `-- Up Migration
${up}

-- Down Migration
${down}
`
  }
})
