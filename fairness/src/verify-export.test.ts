import { expect, test } from 'vitest'
import { playRounds } from '../tests/rounds.ts'
import { configHash } from './canonical.ts'
import { recordingDraws } from './draws.ts'
import { defaultGacha } from './gacha.default.ts'
import { type GachaState, newGachaState, pullMany, stateUnder } from './gacha.rules.ts'
import { gachaOutcomeRecord, gachaStateRecord, sealReceipt, stockRecord } from './receipt.ts'
import { commitmentOf, drawsForRound } from './stream.ts'
import { type ExportPage, pagesIn, verifyExport } from './verify-export.ts'

/** Two pairs of seeds, as the API pages them: newest first, configurations apart. */
function exported(change: (receipts: object[]) => object[] = (receipts) => receipts, size = 7): ExportPage[] {
  const played = [...playRounds(9, 'first-pair'), ...playRounds(6, 'second-pair')]
  const configs = [...new Map(played.map(({ config_hash: hash, config }) => [hash, config])).entries()]
  const newestFirst = change(played.map((receipt) => ({ ...receipt, config: null }))).toReversed()
  return Array.from({ length: Math.ceil(newestFirst.length / size) }, (_, page) => ({
    items: newestFirst.slice(page * size, (page + 1) * size).map((receipt) => ({ receipt })),
    configs: configs.map(([hash, config]) => ({ config_hash: hash, config: config ?? {} })),
    next_cursor: (page + 1) * size < newestFirst.length ? `after ${page}` : null,
  }))
}

test('every round of both pairs is verified, whatever the pages', () => {
  for (const size of [1, 7, 100]) {
    const { ok, verifications, problems } = verifyExport(exported(undefined, size))
    expect([ok, problems, verifications.length]).toEqual([true, [], 15])
  }
})

test.each<[string, (receipts: object[]) => object[], number, string]>([
  ['a round is missing', (all) => all.toSpliced(4, 1), 4, 'nonce 5 follows 3'],
  ['the first of a pair is missing', (all) => all.toSpliced(9, 1), 9, 'the first round of these seeds has nonce 1'],
  ['the oldest of all is missing', (all) => all.slice(1), 0, 'the first round of these seeds has nonce 1'],
])('%s', (_, change, position, what) => {
  const { ok, problems } = verifyExport(exported(change))
  expect(ok).toBe(false)
  expect(problems).toContainEqual({ position, what })
})

test('a part of the pages may begin anywhere', () => {
  const [newest] = exported()
  expect(newest && verifyExport([newest])).toMatchObject({ ok: true, problems: [] })
})

test('a changed round is found at its place', () => {
  const { ok, verifications } = verifyExport(exported((all) => all.with(11, { ...all[11], stake: 999 })))
  expect(ok).toBe(false)
  expect(verifications.map(({ verdict }) => verdict).indexOf('wrong')).toBe(11)
})

test.each(['commitment', 'config_hash', 'nonce'])(
  'a %s that is no text, nor can be made one, is wrong, and throws nothing',
  (field) => {
    const odd = JSON.parse('{ "toString": 1 }') as object
    const { ok, verifications } = verifyExport(exported((all) => all.with(0, { ...all[0], [field]: odd })))
    expect([ok, verifications[0]?.verdict]).toEqual([false, 'wrong'])
  },
)

test.each([[{}], [[]], [null], [[{ items: [] }]], [playRounds(1)], [{ items: [1], configs: [], next_cursor: null }]])(
  '%j is no export',
  (content) => {
    expect(pagesIn(content)).toBeUndefined()
  },
)

/** A pull with each of these configurations, one after the other, from counters as `carry` hands them on. */
function pullUnder(configs: readonly (typeof defaultGacha)[], carry: typeof stateUnder): ExportPage {
  const serverSeed = new Uint8Array(32).fill(7)
  let state: GachaState = newGachaState(defaultGacha)
  const receipts = configs.map((config, nonce) => {
    const draws = recordingDraws(drawsForRound({ serverSeed, clientSeed: 'player', nonce }))
    const [before, stock] = [carry(config, state), new Map([['first-dawn', 1] as const, ['crystal-moon', 1] as const])]
    const { pulls, stateAfter } = pullMany(config, before, stock, 10, draws)
    state = stateAfter
    return sealReceipt({
      format: 'casino-club-receipt-1',
      commitment: commitmentOf(serverSeed),
      server_seed: Buffer.from(serverSeed).toString('hex'),
      client_seed: 'player',
      nonce,
      game: 'gacha',
      config_hash: configHash(config),
      config: null,
      stake: config.priceTokens.ten,
      win: 0,
      state_before: gachaStateRecord(before),
      state_after: gachaStateRecord(stateAfter),
      stock_before: stockRecord(config, stock),
      draws: draws.drawn,
      outcome: gachaOutcomeRecord(pulls),
    })
  })
  return {
    items: receipts.toReversed().map((receipt) => ({ receipt })),
    configs: configs.map((config) => ({ config_hash: configHash(config), config })),
    next_cursor: null,
  }
}

const earlierPity = {
  ...defaultGacha,
  version: 'earlier-pity',
  pity: { afterMisses: 5 },
  nearMiss: { raises: [], atMostPpm: 300_000 },
}

test('counters that another configuration was published for are cut down, and go on from there', () => {
  const page = pullUnder([defaultGacha, earlierPity, earlierPity], stateUnder)
  const misses = page.items.map(({ receipt }) => (receipt as { state_before: { misses: number } }).state_before.misses)
  expect(misses.at(-2), 'ten misses, cut to five').toBe(5)
  expect(verifyExport([page])).toMatchObject({ ok: true, problems: [] })
})

test('counters that are cut further than that, or under the same configuration, come from nowhere', () => {
  const start = newGachaState(defaultGacha)
  const further = pullUnder([defaultGacha, earlierPity], () => start)
  const same = pullUnder([defaultGacha, defaultGacha], () => start)
  for (const page of [further, same])
    expect(verifyExport([page]).problems).toMatchObject([
      { position: 1, what: expect.stringContaining('goes on from') },
    ])
})
