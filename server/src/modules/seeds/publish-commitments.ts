import { hash } from 'node:crypto'
import { appendToLog } from '#modules/odds/append-to-log.ts'
import type { App } from '#server/app.ts'
import { DAY, later, nextSeoulMidnight, seoulDay } from '#vocabulary/clock.ts'
import { selectCommitments } from './seeds.sql.ts'

/**
 * Enters into the public log how many pairs of seeds began on the player's day before `now`, and a hash over their
 * commitments. Repeating it changes nothing. Call it some minutes after midnight, when no transaction of that day
 * is under way any more.
 */
export async function publishCommitments(app: App, now: Date): Promise<void> {
  const to = later(nextSeoulMidnight(now), -DAY)
  const from = later(to, -DAY)
  await app.inTransaction(async (tx) => {
    const commitments = (await selectCommitments(tx, from, to)).map((each) => each.toString('hex')).sort()
    const day = seoulDay(from)
    const fact = { kind: 'commitments', day, count: commitments.length, root: hash('sha256', commitments.join('\n')) }
    await appendToLog(tx, `commitments:${day}`, fact, now)
  })
}
