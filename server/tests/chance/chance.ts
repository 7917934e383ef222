import { parseArgs } from 'node:util'
import { openLog } from '#platform/log.ts'
import { parseConfig } from '#server/config.ts'
import { openHouse } from '#server/house.ts'
import { openApp } from '#server/open-app.ts'
import { createDatabaseOf, startTestServer } from '#tests/test-server.ts'
import { DAY } from '#vocabulary/clock.ts'
import { rejected } from './g-test.ts'
import { newPlayers } from './new-players.ts'
import { countChance } from './play-chance.ts'

/*
 * `npm run chance`: a million spins and a million pulls through the real engine, into a real database, against the
 * exact model. A red result is repeated once with four times as many rounds and new seeds (reliability, 5.4).
 */

const ALPHA = 1e-3
const { values } = parseArgs({
  options: {
    spins: { type: 'string', default: '1000000' },
    pulls: { type: 'string', default: '1000000' },
    players: { type: 'string', default: '250' },
  },
})

async function measure(spins: number, pulls: number): Promise<boolean> {
  const server = await startTestServer()
  try {
    const { connectionString } = await createDatabaseOf(server.testRun)
    const config = parseConfig({ NODE_ENV: 'test' }, (name) => `a secret that is long enough for ${name}`)
    let now = new Date('2026-11-23T03:00:00Z')
    const clock = { now: () => now }
    const app = await openApp(config, connectionString, { log: openLog('error'), clock })
    const house = await openHouse(app, { webFolder: 'no web app' })
    const players = await newPlayers(app, Number(values.players))
    const chance = countChance()
    const startedAt = Date.now()
    // As many a day as the day allows, then the next day.
    for (let left = Math.ceil(spins / players.length); left > 0; left -= 5_000) {
      const today = Math.min(left, 5_000)
      await Promise.all(
        players.map(async (playerId) => {
          for (let spin = 0; spin < today; spin++) await chance.spin(house.engine, playerId)
        }),
      )
      now = new Date(now.getTime() + DAY)
    }
    const spunAt = Date.now()
    for (let left = Math.ceil(pulls / 10 / players.length); left > 0; left -= 100) {
      const today = Math.min(left, 100)
      await Promise.all(
        players.map(async (playerId) => {
          for (let pull = 0; pull < today; pull++) await chance.pullTen(house.engine, playerId)
        }),
      )
      now = new Date(now.getTime() + DAY)
    }
    const pulledAt = Date.now()
    const { played } = chance
    console.log(`${played.spins} spins in ${(spunAt - startedAt) / 1000} s, ${played.pulls} pulls (ten to a round) in`)
    console.log(`${(pulledAt - spunAt) / 1000} s, ${players.length} players with a pair of seeds each.\n`)
    console.log('| table | G or z² | degrees of freedom | p |\n|---|---|---|---|')
    const verdicts = chance.verdicts()
    for (const { table, g, freedom, p } of verdicts)
      console.log(`| ${table} | ${g.toFixed(2)} | ${freedom} | ${p.toFixed(4)} |`)
    const red = rejected(verdicts, ALPHA)
    console.log(
      `\n${red.length === 0 ? 'green' : `RED: ${red.map(({ table }) => table).join(', ')}`} at α = ${ALPHA} (Holm)`,
    )
    await house.stop()
    await app.close()
    return red.length === 0
  } finally {
    await server.stop()
  }
}

const [spins, pulls] = [Number(values.spins), Number(values.pulls)]
if (!(await measure(spins, pulls))) {
  console.log('\nRed once: again with four times as many and new seeds.\n')
  if (!(await measure(4 * spins, 4 * pulls))) process.exitCode = 1
}
