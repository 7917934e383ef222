import { createHash } from 'node:crypto'
import { configHash } from '../src/canonical.ts'
import { recordingDraws } from '../src/draws.ts'
import type { GachaConfig } from '../src/gacha.config.ts'
import { defaultGacha } from '../src/gacha.default.ts'
import { type GachaState, newGachaState, pullMany, type Stock } from '../src/gacha.rules.ts'
import {
  type GachaReceipt,
  gachaOutcomeRecord,
  gachaStateRecord,
  type Receipt,
  type SlotReceipt,
  sealReceipt,
  slotOutcomeRecord,
  slotStateRecord,
  stockRecord,
} from '../src/receipt.ts'
import { defaultSlot } from '../src/slot.default.ts'
import { playSlot } from '../src/slot.rules.ts'
import { commitmentOf, drawsForRound } from '../src/stream.ts'

/** A player who plays spins and pulls under one pair of seeds, as the server would, and keeps the receipts. */
export function playRounds(rounds: number, name = 'player', gachaConfig: GachaConfig = defaultGacha): Receipt[] {
  const serverSeed = Uint8Array.from(createHash('sha256').update(`server seed of ${name}`).digest())
  const clientSeed = name
  const receipts: Receipt[] = []
  let streak = 0
  let gacha: GachaState = newGachaState(gachaConfig)
  let stock: Stock = new Map([
    ['first-dawn', 100],
    ['crystal-moon', 1_000],
  ])
  const [slotHash, gachaHash] = [configHash(defaultSlot), configHash(gachaConfig)]
  const envelope = (nonce: number) => ({
    format: 'casino-club-receipt-1' as const,
    commitment: commitmentOf(serverSeed),
    server_seed: Buffer.from(serverSeed).toString('hex'),
    client_seed: clientSeed,
    nonce,
  })

  const spin = (nonce: number): SlotReceipt => {
    const draws = recordingDraws(drawsForRound({ serverSeed, clientSeed, nonce }))
    const stake = 10 + ((nonce * 37) % 991)
    const outcome = playSlot(defaultSlot, { streak }, BigInt(stake), draws)
    const stateBefore = slotStateRecord({ streak })
    streak = outcome.streakAfter
    return sealReceipt({
      ...envelope(nonce),
      game: 'slot',
      config_hash: slotHash,
      config: defaultSlot,
      stake,
      win: Number(outcome.win),
      state_before: stateBefore,
      state_after: slotStateRecord({ streak }),
      draws: draws.drawn,
      outcome: slotOutcomeRecord(outcome),
    })
  }

  const pull = (nonce: number, count: 1 | 10): GachaReceipt => {
    const draws = recordingDraws(drawsForRound({ serverSeed, clientSeed, nonce }))
    const [before, stockBefore] = [gacha, stock]
    const { pulls, stateAfter, stockAfter } = pullMany(gachaConfig, gacha, stock, count, draws)
    gacha = stateAfter
    stock = stockAfter
    return sealReceipt({
      ...envelope(nonce),
      game: 'gacha',
      config_hash: gachaHash,
      config: gachaConfig,
      stake: count === 1 ? 50 : 450,
      win: 0,
      state_before: gachaStateRecord(before),
      state_after: gachaStateRecord(stateAfter),
      stock_before: stockRecord(gachaConfig, stockBefore),
      draws: draws.drawn,
      outcome: gachaOutcomeRecord(pulls),
    })
  }

  for (let nonce = 0; nonce < rounds; nonce++) {
    receipts.push(nonce % 3 === 0 ? pull(nonce, nonce % 2 === 0 ? 1 : 10) : spin(nonce))
  }
  return receipts
}

/** A gacha in which everything rare in the shipped one happens often: pity, raises, damping, prizes running out. */
export const eventfulGacha: GachaConfig = {
  ...defaultGacha,
  version: 'eventful-1',
  chancePpm: {
    legendary: 20_000,
    epic: 20_000,
    rare: 100_000,
    near_miss_epic: 70_000,
    near_miss_legendary: 30_000,
    common: 760_000,
  },
  nearMiss: {
    raises: [
      { aboveMisses: 2, addPpm: 33_333 },
      { aboveMisses: 5, addPpm: 77_777 },
    ],
    atMostPpm: 200_000,
  },
  damping: { withinPulls: 4, keepPermille: 250 },
  pity: { afterMisses: 8 },
}
