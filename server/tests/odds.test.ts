import { readFile } from 'node:fs/promises'
import { canonicalJson, configHash } from '@casino-club/fairness/canonical.ts'
import { isGachaConfig } from '@casino-club/fairness/gacha.config.ts'
import { defaultGacha } from '@casino-club/fairness/gacha.default.ts'
import { shippedOddsPage } from '@casino-club/fairness/odds-page.ts'
import { gachaOddsText, slotOddsText } from '@casino-club/fairness/odds-text.ts'
import { isSlotConfig } from '@casino-club/fairness/slot.config.ts'
import { defaultSlot } from '@casino-club/fairness/slot.default.ts'
import { expect, test } from 'vitest'
import { openTestHouse } from '#tests/house.ts'

/*
 * One object: the page people read, the API, the engine and the database say the same, byte for byte.
 */

const house = await openTestHouse()
const page = await readFile(new URL('../../docs/odds.md', import.meta.url), 'utf8')
const published = async (game: string) => (await house.http.inject({ url: `/api/games/${game}/config` })).json()

test('docs/odds.md is printed from what is shipped', () => {
  expect(page).toBe(shippedOddsPage())
})

test.each([
  ['slot', defaultSlot, async () => (await house.configs.of('slot', isSlotConfig)).config],
  ['gacha', defaultGacha, async () => (await house.configs.of('gacha', isGachaConfig)).config],
] as const)('%s: shipped, engine, API and database hold the same bytes', async (game, shipped, ofEngine) => {
  const bytes = canonicalJson(shipped)
  const { config, config_hash: hash, config_id: id } = await published(game)
  const { config: kept, hash: keptHash } = await house.app.db.sql
    .selectFrom('odds_config')
    .select(['config', 'hash'])
    .where('id', '=', BigInt(id))
    .executeTakeFirstOrThrow()

  expect(canonicalJson(await ofEngine())).toBe(bytes)
  expect(canonicalJson(config)).toBe(bytes)
  expect(canonicalJson(kept)).toBe(bytes)
  expect([hash, keptHash]).toEqual([configHash(shipped), configHash(shipped)])
})

test('the odds that the API gives are those on the page, byte for byte', async () => {
  expect(page).toContain(slotOddsText((await published('slot')).odds))
  expect(page).toContain(gachaOddsText((await published('gacha')).odds))
})
