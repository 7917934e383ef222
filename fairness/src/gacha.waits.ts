import { FIXED_ONE, type Fixed, rationalOf } from './fixed-point.ts'
import { type GachaChain, movesOf, type PullChance } from './gacha.chain.ts'
import type { GachaConfig, Rarity } from './gacha.config.ts'
import { isEpicOrBetter } from './gacha.rules.ts'
import { expectedSteps, stepped } from './markov-chain.ts'
import { decimalOf, product, type Rational, rational } from './rational.ts'

/** What a player may be waiting for. */
export type Target = Rarity | 'epic_or_better'

const TARGETS: readonly Target[] = ['legendary', 'epic', 'epic_or_better', 'rare', 'common']
const PERCENTS = [50, 90, 99] as const
/** A percentile that lies beyond this is not searched for. */
const MOST_PULLS = 20_000

/** The pulls a new player makes until the first of a target, the winning one included, and what they cost. */
export type Wait = {
  readonly target: Target
  readonly expectedPulls: string
  /** Paid one by one. */
  readonly expectedTokens: string
  /** Paid ten at a time, unused pulls of the last ten not counted. */
  readonly expectedTokensInTens: string
  /** `pulls` is the smallest number by which at least `percent` of players have it; null beyond 20 000. */
  readonly percentiles: readonly {
    readonly percent: number
    readonly pulls: number | null
    readonly tokens: number | null
    /** Whole tens, as they are sold. */
    readonly tokensInTens: number | null
  }[]
}

export function gachaWaits(
  config: GachaConfig,
  chain: GachaChain,
): { readonly waits: Wait[]; readonly errorBound: Fixed } {
  let errorBound = 0n
  const waits = TARGETS.map((target) => {
    const solved = expectedSteps(movesOf(chain, (pull) => !isTarget(pull, target)))
    if (solved.errorBound > errorBound) errorBound = solved.errorBound
    return waitFor(config, chain, target, rationalOf(solved.steps[0] ?? 0n))
  })
  return { waits, errorBound }
}

function waitFor(config: GachaConfig, chain: GachaChain, target: Target, pulls: Rational): Wait {
  const { one, ten } = config.priceTokens
  const pullsByPercent = pullsUntil(chain, target)
  return {
    target,
    expectedPulls: decimalOf(pulls, 12),
    expectedTokens: decimalOf(product(pulls, rational(one)), 6),
    expectedTokensInTens: decimalOf(product(pulls, rational(ten, 10)), 6),
    percentiles: PERCENTS.map((percent) => {
      const needed = pullsByPercent.get(percent) ?? null
      return {
        percent,
        pulls: needed,
        tokens: needed === null ? null : needed * one,
        tokensInTens: needed === null ? null : Math.ceil(needed / 10) * ten,
      }
    }),
  }
}

/** Follows everybody who has not got it yet, pull by pull, until fewer than one in a hundred are left. */
function pullsUntil(chain: GachaChain, target: Target): Map<number, number> {
  const staying = movesOf(chain, (pull) => !isTarget(pull, target))
  const found = new Map<number, number>()
  let waiting: readonly Fixed[] = chain.states.map((_, state) => (state === 0 ? FIXED_ONE : 0n))
  for (let pulls = 1; pulls <= MOST_PULLS; pulls++) {
    waiting = stepped(staying, waiting)
    const left = waiting.reduce((total, share) => total + share, 0n)
    for (const percent of PERCENTS) {
      if (!found.has(percent) && left * 100n <= BigInt(100 - percent) * FIXED_ONE) found.set(percent, pulls)
    }
    if (found.size === PERCENTS.length) break
  }
  return found
}

function isTarget({ granted }: PullChance, target: Target): boolean {
  return target === 'epic_or_better' ? isEpicOrBetter(granted) : granted === target
}
