import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { playRounds } from './rounds.ts'

/*
 * The package as a stranger gets it: packed, unpacked into an empty folder, used from there as a command and as a
 * library. Inside node_modules Node runs no TypeScript, so what is packed has a build.
 */

const house = join(import.meta.dirname, '../..')
const folder = mkdtempSync(join(tmpdir(), 'casino-fairness-package-'))
const installed = join(folder, 'node_modules/@casino-club/fairness')
afterAll(() => rmSync(folder, { recursive: true }))

function run(command: string, args: readonly string[], cwd = folder) {
  const { status, stdout, stderr, error } = spawnSync(command, args, { cwd, encoding: 'utf8' })
  if (error) throw error
  return { status, stdout, stderr }
}

beforeAll(() => {
  // Packed from a copy: a build in the middle of other tests would change what they read.
  const copy = join(folder, 'repository')
  for (const each of ['fairness', 'tsconfig.base.json'])
    cpSync(join(house, each), join(copy, each), {
      recursive: true,
      filter: (from) => !/[\\/](node_modules|dist)$/.test(from),
    })
  mkdirSync(join(copy, 'node_modules'))
  for (const each of ['typescript', '@noble', '@types', 'undici-types'])
    symlinkSync(join(house, 'node_modules', each), join(copy, 'node_modules', each), 'dir')
  mkdirSync(join(copy, 'node_modules/.bin'))
  writeFileSync(join(copy, 'node_modules/.bin/tsc'), '#!/usr/bin/env node\nrequire("../typescript/bin/tsc")\n', {
    mode: 0o755,
  })
  const packed = run('npm', ['pack', '--pack-destination', folder, '--offline'], join(copy, 'fairness'))
  expect([packed.status, packed.stderr]).toMatchObject([0, expect.any(String)])
  const [tarball = 'none'] = readdirSync(folder).filter((name) => name.endsWith('.tgz'))
  mkdirSync(installed, { recursive: true })
  expect(run('tar', ['-xzf', join(folder, tarball), '--strip-components=1', '-C', installed]).status).toBe(0)
  cpSync(join(house, 'node_modules/@noble/hashes'), join(folder, 'node_modules/@noble/hashes'), { recursive: true })
}, 120_000)

test('holds what it needs and nothing else', () => {
  expect(readdirSync(installed).sort()).toEqual(['LICENSE', 'README.md', 'bin', 'dist', 'package.json', 'src'])
  expect(readFileSync(join(installed, 'LICENSE'), 'utf8')).toBe(readFileSync(join(house, 'LICENSE'), 'utf8'))
  const built = readdirSync(join(installed, 'dist'))
  for (const source of readdirSync(join(installed, 'src'))) {
    expect(source).not.toContain('.test.')
    expect(built).toContain(source.replace(/\.ts$/, '.js'))
    expect(built).toContain(source.replace(/\.ts$/, '.d.ts'))
  }
})

test('as a command: odds, and a receipt decided again', () => {
  const [receipt] = playRounds(1)
  writeFileSync(join(folder, 'receipt.json'), JSON.stringify(receipt))
  const command = join(installed, 'bin/casino-fairness.mjs')
  expect(run(process.execPath, [command, 'odds', 'slot'])).toMatchObject({ status: 0, stderr: '' })
  const { status, stdout } = run(process.execPath, [command, 'verify', 'receipt.json'])
  expect([status, stdout.trimEnd().split('\n').at(-1)]).toEqual([0, '1 of 1 verified'])
})

test('as a library: modules by their names, with types', () => {
  const program = `
    import { defaultSlot } from '@casino-club/fairness/slot.default'
    import { slotOddsReport } from '@casino-club/fairness/slot.odds'
    import { verifyReceipt, type Verification } from '@casino-club/fairness/verify-receipt'
    const { verdict }: Verification = verifyReceipt({})
    // @ts-expect-error A verdict is a word.
    const wrong: number = verdict
    console.log(verdict, wrong, slotOddsReport(defaultSlot).configHash)
  `
  writeFileSync(join(folder, 'use.mts'), program)
  const tsc = join(house, 'node_modules/typescript/bin/tsc')
  const options = ['--strict', '--module', 'nodenext', '--target', 'es2022', '--typeRoots', 'none', 'use.mts']
  expect(run(process.execPath, [tsc, ...options])).toMatchObject({ status: 0, stdout: '' })
  expect(run(process.execPath, ['use.mjs'])).toMatchObject({
    status: 0,
    stdout: expect.stringMatching(/^wrong wrong d246/),
  })
})
