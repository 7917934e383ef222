import { statfsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { DEFECTS } from '#tests/crash/defects.ts'
import { runCrash } from '#tests/crash/run-crash.ts'
import { misfits } from '#tests/planted/plant.ts'

const ROOM_NEEDED = 2 ** 30

test('twenty kill -9 of servers and of PostgreSQL, and everything is there once, as it was told', async () => {
  const parent = hasRoom('/dev/shm') ? '/dev/shm' : tmpdir()
  const folder = await mkdtemp(join(parent, 'casino-club-crash-'))
  const seed = Number(process.env['CRASH_SEED'] ?? Math.floor(Math.random() * 2 ** 31))
  try {
    const report = await runCrash({
      seed,
      players: 16,
      servers: 2,
      blows: { server: 16, connection: 3, backend: 2, database: 2 },
      gapMs: { from: 200, to: 1_000 },
      acts: 1_000,
      folder,
    })
    expect(report.faults, `CRASH_SEED=${seed}`).toEqual([])
    expect(report.blows).toMatchObject({ server: 16, backend: 2, database: 2 })
    expect(report.counts['ok']).toBeGreaterThan(500)
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 5 })
  }
}, 300_000)

// npm run crash -- --defects runs them; here they are only kept from going stale.
test.each(DEFECTS)('the defect $name still fits the code', ({ patches }) => {
  expect(misfits(patches)).toEqual([])
})

function hasRoom(folder: string): boolean {
  try {
    const { bavail, bsize } = statfsSync(folder)
    return bavail * bsize >= ROOM_NEEDED
  } catch {
    return false
  }
}
