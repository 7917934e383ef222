import { hash } from 'node:crypto'
import { appendToLog, lastInLog } from '#modules/odds/append-to-log.ts'
import type { Tx } from '#platform/postgres/database.ts'
import type { App } from '#server/app.ts'
import { DAY, later, nextSeoulMidnight, seoulDay, startOfSeoulDay } from '#vocabulary/clock.ts'
import { selectCommitments, selectFirstMade } from './seeds.sql.ts'

const KIND = 'commitments'

/**
 * Enters into the public log, for each of the player's days before `now` that is not in it yet, how many pairs of seeds
 * began on it, and a hash over their commitments. Repeating it changes nothing. Call it some minutes after midnight, when
 * no transaction of that day is under way any more, or at any time later: what nobody was there to enter is made up for.
 */
export async function publishCommitments(app: App, now: Date): Promise<void> {
  const today = later(nextSeoulMidnight(now), -DAY)
  await app.inTransaction(async (tx) => {
    for (let from = await firstMissing(tx, today); from < today; from = later(from, DAY)) {
      const commitments = (await selectCommitments(tx, from, later(from, DAY)))
        .map((each) => each.toString('hex'))
        .sort()
      const day = seoulDay(from)
      const fact = { kind: KIND, day, count: commitments.length, root: hash('sha256', commitments.join('\n')) }
      await appendToLog(tx, `${KIND}:${day}`, fact, now)
    }
  })
}

/** The beginning of the day after the last one in the log; of the first there was to enter; or of yesterday. */
async function firstMissing(tx: Tx, today: Date): Promise<Date> {
  const last = await lastInLog(tx, KIND)
  if (last !== null) return later(startOfSeoulDay(last), DAY)
  const first = await selectFirstMade(tx)
  const yesterday = later(today, -DAY)
  return first === null || first > yesterday ? yesterday : startOfSeoulDay(seoulDay(first))
}
