import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { defaultGacha } from '../src/gacha.default.ts'
import { defaultSlot } from '../src/slot.default.ts'
import { playRounds } from './rounds.ts'

const folder = mkdtempSync(join(tmpdir(), 'casino-fairness-'))
afterAll(() => rmSync(folder, { recursive: true }))

function fileWith(content: unknown): string {
  const file = join(folder, `${Math.random().toString(36).slice(2)}.json`)
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content))
  return file
}

function run(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['src/cli.ts', ...args], {
    cwd: join(import.meta.dirname, '..'),
    encoding: 'utf8',
  })
  return { status, stdout, stderr }
}

const receipts = playRounds(8)

test('verify: an honest round, step by step', () => {
  const { status, stdout } = run('verify', fileWith(receipts[1]))
  expect(status).toBe(0)
  expect(stdout).toContain('ok     commitment: SHA-256 of the 32 bytes of the server seed')
  expect(stdout).toContain('HMAC   player:1:0 → ')
  expect(stdout.trimEnd().split('\n').at(-1)).toBe('1 of 1 verified')
})

test('verify: a changed round ends with 1 and names both amounts', () => {
  const win = (receipts[1]?.win ?? 0) + 1
  const { status, stdout } = run('verify', fileWith({ ...receipts[1], win }))
  expect(status).toBe(1)
  expect(stdout).toContain('WRONG  win:')
  expect(stdout).toContain(`found    ${win}`)
})

test('verify: a whole history, and one with a round missing', () => {
  expect(run('verify', fileWith(receipts))).toMatchObject({ status: 0, stdout: '8 of 8 verified\n' })
  const gap = run('verify', fileWith(receipts.toSpliced(4, 1)))
  expect(gap.status).toBe(1)
  expect(gap.stdout).toContain('Between rounds 3 and 4: nonce 5 follows 3')
})

test('verify: a seed still secret, a configuration handed over apart, and JSON for machines', () => {
  const secret = run('verify', fileWith({ ...receipts[1], server_seed: null }))
  expect(secret.status).toBe(1)
  expect(secret.stdout).toContain('1 cannot be decided again before the server seed is revealed')
  const apart = run('verify', fileWith({ ...receipts[1], config: null }), '--config', fileWith(defaultSlot), '--json')
  expect(JSON.parse(apart.stdout)).toMatchObject({ ok: true, verifications: [{ verdict: 'verified' }] })
})

test('verify: an export, as the API pages it', () => {
  const configs = new Map(receipts.map(({ config_hash: hash, config }) => [hash, config]))
  const page = {
    items: receipts.toReversed().map((receipt) => ({ round_id: 1, receipt: { ...receipt, config: null } })),
    configs: [...configs].map(([hash, config]) => ({ config_id: 1, config_hash: hash, config })),
    next_cursor: null,
  }
  expect(run('verify', fileWith(page))).toMatchObject({ status: 0, stdout: '8 of 8 verified\n' })
  expect(run('verify', fileWith([page])).status).toBe(0)
  expect(run('verify', fileWith({ ...page, items: page.items.slice(0, -1) })).status).toBe(1)
})

test('odds: of a file in all three forms, and the page of what is shipped', () => {
  const file = fileWith(defaultGacha)
  expect(run('odds', file).stdout).toContain('| Legendary | 0.2 % | 0.1992 % |')
  expect(JSON.parse(run('odds', file, '--format', 'json').stdout)).toMatchObject({ version: defaultGacha.version })
  expect(run('odds', 'slot', '--format', 'csv').stdout).toContain('longRun,,rtp.decimal')
  expect(run('odds').stdout).toContain('# Odds')
})

test('gate: says yes, or why not', () => {
  expect(run('gate', fileWith(defaultSlot))).toMatchObject({ status: 0, stdout: 'May be published.\n' })
  const refused = run(
    'gate',
    fileWith({ ...defaultGacha, duplicateTokens: { legendary: 500, epic: 400, rare: 15, common: 5 } }),
  )
  expect(refused.status).toBe(1)
  expect(refused.stdout).toContain('- what duplicates return of the price is')
})

test.each([
  [['verify'], 'verify needs a file'],
  [['verify', 'no-such-file.json'], 'no-such-file.json cannot be read (ENOENT)'],
  [['verify', 'package.json', 'tsconfig.json'], 'one file at a time, "tsconfig.json" is too many'],
  [['verify', 'README.md'], 'README.md is not JSON'],
  [['odds', 'package.json'], 'package.json cannot be drawn from:\n  - slot.game: is missing'],
  [['odds', 'slot', '--format', 'xml'], '--format is text, json or csv, not "xml"'],
  [['odds', '--format', 'csv'], '--format csv needs one configuration'],
  [['verifi'], 'there is no command "verifi"'],
  [['odds', '--colour'], '--colour'],
])('%j: one clear sentence, no stack, exit code 2', (args, sentence) => {
  const { status, stdout, stderr } = run(...args)
  expect(stdout).toBe('')
  expect(stderr).toContain(sentence)
  expect(stderr).not.toContain('    at ')
  expect(status).toBe(2)
})
