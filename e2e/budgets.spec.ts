import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'

test('no page loads more script, style or type than we allow', () => {
  const budgets = join(import.meta.dirname, '../web/scripts/budgets.mjs')
  const { status, stdout, stderr } = spawnSync(process.execPath, [budgets], { encoding: 'utf8' })
  expect(stdout).toContain('/ko/games/slot')
  expect(stderr).toBe('')
  expect(status).toBe(0)
})
