import type { Receipt } from '@casino-club/fairness/receipt.ts'
import { verifyHistory } from '@casino-club/fairness/verify-history.ts'
import { verifyReceipt } from '@casino-club/fairness/verify-receipt.ts'
import { listReceipts } from '#modules/rounds/read-receipt.ts'
import { rotatePair } from '#modules/seeds/rotate-pair.ts'
import type { App } from '#server/app.ts'
import { GAMES } from '#server/house.ts'
import { derivedByPython } from '../../../fairness/tests/run-second-implementation.ts'
import { changedAt, otherThan, placesOf } from '../../../fairness/tests/tamper.ts'

export type Derivation = {
  readonly rounds: number
  /** Decided again by the verifier, with the same result. */
  readonly verified: number
  /** Derived again by the second implementation, with the same result. */
  readonly agreed: number
  readonly mutations: number
  /** Receipts that were verified although something in them had been changed. */
  readonly unnoticed: readonly string[]
  readonly complaints: readonly string[]
}

/**
 * Reveals the seeds of these players and decides their rounds again from the receipts, all of a player's together, until
 * `most` rounds are reached: by the verifier and by Python. One place of every receipt is then changed, a new one each
 * time, for `mutations` receipts.
 */
export async function deriveAgain(
  app: App,
  playerIds: readonly bigint[],
  { most, mutations }: { most: number; mutations: number },
): Promise<Derivation> {
  const sum = { rounds: 0, verified: 0, agreed: 0, mutations: 0 }
  const [unnoticed, complaints]: [string[], string[]] = [[], []]
  for (const playerId of playerIds) {
    if (sum.rounds >= most) break
    await rotatePair(app, playerId, undefined)
    const { receipts, configs } = await receiptsOf(app, playerId)
    const { verifications, problems } = verifyHistory(receipts)
    sum.rounds += receipts.length
    sum.verified += verifications.filter(({ verdict }) => verdict === 'verified').length
    complaints.push(...problems.map(({ position, what }) => `player ${playerId}, round ${position}: ${what}`))
    for (const [at, { verdict, steps }] of verifications.entries())
      if (verdict !== 'verified') complaints.push(`player ${playerId}, round ${at}: ${firstWrong(steps)}`)

    const python = derivedByPython(configs, receipts)
    const disagreeing = new Set(python.disagreements.map(({ where }) => where.split(' ').slice(0, 2).join(' ')))
    sum.agreed += python.disagreed <= 20 ? receipts.length - disagreeing.size : 0
    complaints.push(...python.disagreements.map(({ where }) => `player ${playerId}, Python: ${where}`))

    for (const receipt of receipts) {
      if (sum.mutations >= mutations) break
      const places = placesOf(receipt)
      const place = places[sum.mutations % places.length] ?? []
      const changed = changedAt(receipt, place, (value) => otherThan(value, sum.mutations))
      if (verifyReceipt(changed).verdict === 'verified') unnoticed.push(place.join('.'))
      sum.mutations += 1
    }
  }
  return { ...sum, unnoticed, complaints: complaints.slice(0, 20) }
}

async function receiptsOf(app: App, playerId: bigint) {
  const receipts: Receipt[] = []
  const configs: Record<string, object> = {}
  let cursor: string | undefined
  do {
    const page = await listReceipts(app, GAMES, playerId, { limit: 100, cursor })
    for (const { hash, config } of page.configs) configs[hash] = config
    for (const { receipt } of page.receipts)
      receipts.unshift({ ...receipt, config: configs[receipt.config_hash] } as Receipt)
    cursor = page.nextCursor ?? undefined
  } while (cursor !== undefined)
  return { receipts, configs }
}

function firstWrong(steps: readonly { readonly ok: boolean; readonly step: string }[]): string {
  return steps.find(({ ok }) => !ok)?.step ?? 'not revealed'
}
