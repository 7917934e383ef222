import { expect, test } from 'vitest'
import { logInAs, newcomer, PASSWORD } from '#tests/at-the-door.ts'
import { openTestHouse } from '#tests/house.ts'

const house = await openTestHouse({ settings: { PASSWORD_HASHES_AT_ONCE: '16' } })
const secondProcess = await openTestHouse({
  connectionString: house.connectionString,
  settings: { PASSWORD_HASHES_AT_ONCE: '16' },
})

test('sixty guesses at once, in two processes: five are answered (lockCount)', async () => {
  const { siteId } = await newcomer(house)
  const replies = await Promise.all(
    Array.from({ length: 60 }, (_, at) => logInAs(at % 2 ? house : secondProcess, siteId, `guess number ${at}`)),
  )
  const statuses = replies.map(({ status }) => status)
  expect(statuses.filter((status) => status === 401)).toHaveLength(5)
  expect(statuses.filter((status) => status === 429)).toHaveLength(55)
  // The right one after them is told nothing either.
  expect((await logInAs(house, siteId, PASSWORD)).status).toBe(429)
})

test('twenty right ones at once are all let in', async () => {
  const { siteId } = await newcomer(house)
  const replies = await Promise.all(
    Array.from({ length: 20 }, (_, at) => logInAs(at % 2 ? house : secondProcess, siteId)),
  )
  expect(replies.map(({ status }) => status)).toEqual(replies.map(() => 200))
})
