import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { house, pinnedNode } from './pinned-node.mjs'
import { loudly } from './steps.mjs'

/** Runs vitest on this screen. Resolves with its exit code and what it counted. */
export async function runVitest(args) {
  const folder = mkdtempSync(join(tmpdir(), 'casino-club-report-'))
  const report = join(folder, 'vitest.json')
  try {
    const code = await loudly(
      pinnedNode(),
      [
        join(house, 'node_modules', 'vitest', 'vitest.mjs'),
        'run',
        '--reporter=default',
        '--reporter=json',
        `--outputFile.json=${report}`,
        ...args,
      ],
      { cwd: house },
    )
    const counted = readJson(report)
    return { code, passed: counted?.numPassedTests ?? 0, failed: counted?.numFailedTests ?? 0 }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Runs the browser tests in `e2e/` on this screen. */
export async function runPlaywright(args) {
  const folder = mkdtempSync(join(tmpdir(), 'casino-club-report-'))
  const report = join(folder, 'playwright.json')
  try {
    const code = await loudly(
      pinnedNode(),
      [
        join(house, 'node_modules', '@playwright', 'test', 'cli.js'),
        'test',
        '--config',
        join(house, 'e2e'),
        '--reporter=list,json',
        ...args,
      ],
      { cwd: house, env: { ...process.env, PLAYWRIGHT_JSON_OUTPUT_FILE: report } },
    )
    const { expected = 0, flaky = 0, unexpected = 0 } = readJson(report)?.stats ?? {}
    // A test that passes only when tried again has failed.
    return { code, passed: expected, failed: unexpected + flaky }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function readJson(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return undefined
  }
}
