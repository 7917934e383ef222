import type { SlotConfig } from './slot.config.ts'

/**
 * The slot as shipped. Weights, streak, variation and bets come from the economy's figures; the pays were
 * searched for among round numbers so that a player who keeps playing gets back 94.9761 % of the stakes (streak
 * bonus and variation included), 38.908 % of spins win, and no win is smaller than its bet. `slot.odds.ts`
 * computes all of this from the object below, and its tests fail when a number here is changed.
 */
export const defaultSlot: SlotConfig = {
  game: 'slot',
  version: 'neon-reels-1',
  reel: {
    totalWeight: 100,
    rows: [
      { id: 'cherry', glyph: '🍒', weight: 30, triplePaysHundredths: 200, pairPaysHundredths: 120 },
      { id: 'lemon', glyph: '🍋', weight: 25, triplePaysHundredths: 250, pairPaysHundredths: 150 },
      { id: 'orange', glyph: '🍊', weight: 20, triplePaysHundredths: 500, pairPaysHundredths: 200 },
      { id: 'grape', glyph: '🍇', weight: 15, triplePaysHundredths: 1_000, pairPaysHundredths: 300 },
      { id: 'diamond', glyph: '💎', weight: 8, triplePaysHundredths: 3_000, pairPaysHundredths: 500 },
      { id: 'seven', glyph: '7️⃣', weight: 2, triplePaysHundredths: 100_000, pairPaysHundredths: 1_000 },
    ],
  },
  jackpotSymbol: 'seven',
  streak: { bonusPerStepPercent: 2, capPercent: 20, endsAfterHours: 24 },
  variation: { fromPermille: 950, toPermille: 1_050 },
  bet: { min: 10, max: 1_000 },
  dailySpins: { STANDARD: 1_000, PREMIUM: 2_000, VIP: 5_000 },
  minMillisecondsBetweenStakes: 2_500,
}
