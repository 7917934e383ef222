import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { configHash } from '../src/canonical.ts'
import { type Receipt, receiptHash } from '../src/receipt.ts'
import { verifyHistory } from '../src/verify-history.ts'
import { verifyReceipt } from '../src/verify-receipt.ts'
import { eventfulGacha, playRounds } from './rounds.ts'
import { changedAt, otherThan, type Path, placesOf } from './tamper.ts'

const receipts = playRounds(300)
const eventful = playRounds(300, 'another', eventfulGacha)
const all = [...receipts, ...eventful]

type Tampered = { readonly path: Path; readonly receipt: unknown }

const anyTampered = fc
  .tuple(fc.nat(all.length - 1), fc.nat(1_000_000), fc.nat(1_000))
  .map(([index, place, luck]): Tampered => {
    const receipt = all[index]
    const places = placesOf(receipt)
    const path = places[place % places.length] ?? []
    return { path, receipt: changedAt(receipt, path, (value) => otherThan(value, luck)) }
  })

test('all of the rounds as they were played are verified', () => {
  for (const played of [receipts, eventful]) {
    const { ok, problems, verifications } = verifyHistory(played)
    expect(problems).toEqual([])
    expect(verifications.map((each) => each.verdict).filter((verdict) => verdict !== 'verified')).toEqual([])
    expect(ok).toBe(true)
  }
})

test('ten thousand receipts with a single change: not one is verified', () => {
  let changed = 0
  fc.assert(
    fc.property(anyTampered, ({ path, receipt }) => {
      changed += 1
      expect([path, verifyReceipt(receipt).verdict]).not.toEqual([path, 'verified'])
    }),
    { numRuns: 10_000 },
  )
  expect(changed).toBeGreaterThanOrEqual(10_000)
})

test('every single field of a spin and of ten pulls, each changed in four ways', () => {
  const ofEachKind = [receipts[1], receipts[3]]
  for (const receipt of ofEachKind) {
    for (const path of placesOf(receipt)) {
      for (const luck of [0, 1, 2, 3]) {
        const tampered = changedAt(receipt, path, (value) => otherThan(value, luck))
        expect([path, verifyReceipt(tampered).verdict]).not.toEqual([path, 'verified'])
      }
    }
  }
})

describe('a forger who writes the hashes anew', () => {
  /** Makes the hashes over the forged parts right again, as far as they are not published elsewhere. */
  const resealed = (receipt: unknown): unknown => {
    const forged = receipt as Receipt
    return { ...forged, receipt_hash: receiptHash(forged) }
  }

  test('is still found, except where nothing followed from it: a lost stake, counters, what was left in stock', () => {
    const undetected = new Set<string>()
    let forged = 0
    fc.assert(
      fc.property(anyTampered, ({ path, receipt }) => {
        if (path[0] === 'receipt_hash' || path[0] === 'config') return
        forged += 1
        if (verifyReceipt(resealed(receipt)).verdict === 'verified') undetected.add(String(path[0]))
      }),
      { numRuns: 5_000 },
    )
    expect(forged).toBeGreaterThan(1_000)
    // These three are bound by the hash alone, so keep it. See "What a receipt cannot show" in the README.
    const boundByHashAlone = ['stake', 'state_before', 'stock_before']
    expect([...undetected].filter((field) => !boundByHashAlone.includes(field))).toEqual([])
    const lost = receipts.find((each) => each.game === 'slot' && each.win === 0)
    expect(verifyReceipt(resealed({ ...lost, stake: 11 })).verdict).toBe('verified')
    expect(verifyReceipt({ ...lost, stake: 11 }).verdict).toBe('wrong')
  })

  test('is found by the receipt before, when it was the state', () => {
    const position = receipts.findIndex((each, index) => index > 3 && each.game === 'gacha')
    const honest = receipts[position]
    if (honest?.game !== 'gacha') throw new Error('no pull among the rounds')
    const { misses } = honest.state_before
    const forged = resealed({ ...honest, state_before: { ...honest.state_before, misses: misses + 1 } })
    const history = verifyHistory(receipts.with(position, forged as Receipt))
    expect(history.ok).toBe(false)
    expect(history.problems.some((problem) => problem.position === position)).toBe(true)
  })

  test('with another table inside: the hash no longer is that of the published configuration', () => {
    const honest = receipts[1]
    if (honest?.game !== 'slot' || !honest.config) throw new Error('the second round is a spin')
    const generous = { ...honest.config, version: 'neon-reels-0' }
    expect(
      verifyReceipt(resealed({ ...honest, config: generous })).steps.find((step) => step.step === 'config'),
    ).toMatchObject({
      ok: false,
      expected: configHash(generous),
      found: honest.config_hash,
    })
  })
})

describe('history', () => {
  test('a round left out is a gap', () => {
    const { ok, problems } = verifyHistory(receipts.toSpliced(7, 1))
    expect(ok).toBe(false)
    expect(problems[0]).toEqual({ position: 7, what: 'nonce 8 follows 6' })
  })

  test('two rounds exchanged, or one of somebody else', () => {
    const [first, second, third] = receipts
    expect(verifyHistory([first, third, second]).ok).toBe(false)
    const foreign = playRounds(2, 'somebody-else')[1]
    expect(verifyHistory([first, foreign]).problems).toContainEqual({
      position: 1,
      what: 'the seeds are others than those of the receipt before',
    })
  })
})
