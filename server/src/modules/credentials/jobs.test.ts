import { expect, test } from 'vitest'
import { logInAs, newcomer, PASSWORD, WEB } from '#tests/at-the-door.ts'
import { handClock, openTestHouse } from '#tests/house.ts'
import { DAY } from '#vocabulary/clock.ts'
import { jobs } from './jobs.ts'

const clock = handClock()
const house = await openTestHouse({ clock })

test('guesses are forgotten after a month, devices after more than a year of absence', async () => {
  const { siteId } = await newcomer(house)
  await logInAs(house, siteId, PASSWORD, { headers: WEB })
  await logInAs(house, siteId, 'wrong one', { from: '192.0.2.9' })
  const left = async () => {
    for (const job of jobs) await job.run(house.app)
    const { rows } = await house.app.pool.query(
      'select (select count(*) from credentials_failure)::int as counts, (select count(*) from credentials_device)::int as devices',
    )
    return rows[0]
  }
  clock.turn(30 * DAY)
  expect(await left()).toEqual({ counts: 4, devices: 1 })
  clock.turn(1)
  expect(await left()).toEqual({ counts: 0, devices: 1 })
  clock.turn(370 * DAY)
  expect(await left()).toEqual({ counts: 0, devices: 0 })
})
