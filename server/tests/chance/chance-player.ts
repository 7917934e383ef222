import { openHouse } from '#server/house.ts'
import { chanceClock, openChanceApp } from './chance-house.ts'
import { type ChanceSize, playChance } from './play-chance.ts'

/*
 * The process that plays: with a defect in it or none. What it thinks of its own rounds does not matter; they are read
 * from the database afterwards, by a process without the defect.
 */

const [connectionString = '', size = '{}'] = process.argv.slice(2)
const clock = chanceClock()
const app = await openChanceApp(connectionString, clock)
const house = await openHouse(app, { webFolder: 'no web app' })
await playChance(house, JSON.parse(size) as ChanceSize, clock.turn) // our own parent wrote it
await house.stop()
await app.close()
