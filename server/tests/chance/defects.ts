import type { Patch } from '#tests/planted/plant.ts'
import type { ChanceSize } from './play-chance.ts'

/*
 * Ways in which a game of chance cheats, or errs, each planted in the process that plays (`planted/plant.ts`). A suite
 * that stays green with one of them would prove nothing. Each names the check that has to turn red, and the size of run
 * in which it does: others may turn red as well, and mostly the verifier does, after some rounds.
 */

export type ChanceDefect = {
  readonly name: string
  readonly what: string
  readonly patches: readonly Patch[]
  /** A table of the statistics, `rules` (what no chance can explain), `verifier`, or `audit`. */
  readonly seenBy: string
  readonly size: ChanceSize
}

const GACHA = 'src/gacha.rules.ts'
const SEEDS = 'seeds/open-seeds.ts'

const size = (spins: number, pulls: number, { players = 20, placed = 0 } = {}): ChanceSize => ({
  players,
  spins,
  pulls,
  placed,
})

export const DEFECTS: readonly ChanceDefect[] = [
  {
    name: 'legendary-tenth',
    what: 'a legendary is 10 % likelier than published',
    patches: [
      {
        file: GACHA,
        find: 'const legendary = kept(chancePpm.legendary, state.sinceLegendary)',
        replace: 'const legendary = Math.round(kept(chancePpm.legendary, state.sinceLegendary) * 1.1)',
      },
    ],
    seenBy: 'gacha: legendary, exactly',
    size: size(0, 2_000_000, { players: 250 }),
  },
  {
    name: 'pity-at-91',
    what: 'the guarantee comes one pull later than published',
    patches: [
      {
        file: GACHA,
        find: 'const due = state.misses >= config.pity.afterMisses',
        replace: 'const due = state.misses > config.pity.afterMisses',
      },
    ],
    seenBy: 'rules',
    size: size(0, 0, { placed: 44 }),
  },
  {
    name: 'modulo',
    what: 'no word is thrown away: small numbers are a little likelier',
    patches: [
      {
        file: 'src/draws.ts',
        find: 'while (word >= acceptedBelow) word = nextWord()',
        replace: 'if (acceptedBelow === 0) word = nextWord()',
      },
    ],
    seenBy: 'verifier',
    size: size(0, 80_000),
  },
  {
    name: 'byte-modulo',
    what: 'small numbers are the remainder of one byte',
    patches: [
      {
        file: 'src/draws.ts',
        find: 'return word % bound',
        replace: 'return bound <= 256 ? (word >>> 24) % bound : word % bound',
      },
    ],
    seenBy: 'slot: three reels',
    size: size(20_000, 0),
  },
  {
    name: 'reused-nonce',
    what: 'now and then two rounds are drawn with one nonce',
    patches: [
      {
        file: SEEDS,
        find: 'next.set(playerId, nonce + 1n)',
        replace: 'next.set(playerId, nonce + (Math.random() < 0.01 ? 0n : 1n))',
      },
    ],
    seenBy: 'audit',
    size: size(4_000, 4_000),
  },
  {
    name: 'uncommitted-seed',
    what: 'rounds are drawn from another seed than was committed to',
    patches: [
      {
        file: SEEDS,
        find: 'let serverSeed = serverSeedOf(playerId, pairId)',
        replace: 'let serverSeed: Buffer | undefined = Buffer.alloc(32, String(playerId))',
      },
    ],
    seenBy: 'verifier',
    size: size(2_000, 2_000),
  },
  {
    name: 'near-miss-from-epic',
    what: 'what near misses gain with the misses is taken from epic',
    patches: [
      {
        file: GACHA,
        find: 'const epic = kept(chancePpm.epic, state.sinceEpic)',
        replace: `const epic = Math.max(0, kept(chancePpm.epic, state.sinceEpic)
    - nearMissPpmAt(config, state.misses) + nearMissPpmAt(config, 0))`,
      },
    ],
    seenBy: 'gacha: what is drawn, by saved state',
    size: size(0, 300_000, { players: 50 }),
  },
  {
    name: 'damping-off',
    what: 'an epic soon after an epic is as likely as ever',
    patches: [
      {
        file: GACHA,
        find: 'since < damping.withinPulls ? (chance * damping.keepPermille) / 1_000 : chance',
        replace: 'since < 0 ? (chance * damping.keepPermille) / 1_000 : chance',
      },
    ],
    seenBy: 'gacha: epic',
    size: size(0, 80_000),
  },
  {
    name: 'state-of-another',
    what: 'rounds decided together go on from the state of the first player among them',
    patches: [
      {
        file: 'rounds/decide-batch.ts',
        find: '{ state: before.state, sinceLastMs: sinceLast(before, at) }',
        replace: `{ state: ([...locked.values()].find((each) => each.game === game.id) ?? before).state,
        sinceLastMs: sinceLast(before, at) }`,
      },
    ],
    seenBy: 'rules',
    size: size(4_000, 4_000),
  },
  {
    name: 'unpublished-table',
    what: 'the reels are drawn from a table in which a seven has become a cherry',
    patches: [
      {
        file: 'slot/slot.rules.ts',
        find: 'const spin = playSlot(config, slotStateAt(',
        replace: `const turned: Readonly<Record<string, number>> = { cherry: 1, seven: -1 }
    const rows = config.reel.rows.map((row) => ({ ...row, weight: row.weight + (turned[row.id] ?? 0) }))
    const spin = playSlot({ ...config, reel: { ...config.reel, rows } }, slotStateAt(`,
      },
    ],
    seenBy: 'slot: three reels',
    size: size(60_000, 0),
  },
  {
    name: 'compensated',
    what: 'a win after a win is drawn again, and some losses after a loss: as many wins as published, not as independent',
    patches: [
      {
        file: 'slot/slot.rules.ts',
        find: 'export type SlotInput',
        replace: 'const lastSpin = { isWin: false }\nexport type SlotInput',
      },
      {
        file: 'slot/slot.rules.ts',
        find: 'const spin = playSlot(config, slotStateAt(config, state, sinceLastMs), betTokens, draws)',
        replace: `const spinOnce = () => playSlot(config, slotStateAt(config, state, sinceLastMs), betTokens, draws)
    const first = spinOnce()
    const isAlike = lastSpin.isWin === first.win > 0n
    const spin = isAlike && (first.win > 0n || Math.random() < 0.637) ? spinOnce() : first
    lastSpin.isWin = spin.win > 0n`,
      },
    ],
    seenBy: 'slot: a win after a loss, and after a win',
    // One, because it remembers only the last spin of all.
    size: size(4_000, 0, { players: 1 }),
  },
  {
    name: 'bonus-forgotten',
    what: 'wins are paid without the bonus of the streak',
    patches: [
      {
        file: 'slot/slot.rules.ts',
        find: 'payout: spin.win,',
        replace: 'payout: (spin.win * 100n) / BigInt(100 + spin.streakBonusPercent),',
      },
    ],
    seenBy: 'rules',
    size: size(2_000, 0),
  },
]
