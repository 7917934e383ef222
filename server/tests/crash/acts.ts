import type { Act } from '#tests/crash/act.ts'
import { lookIntoWallet, readFigures, readRounds, readStatement } from '#tests/crash/read-acts.ts'
import {
  askAgain,
  betOutOfRange,
  otherBetUnderUsedId,
  spin,
  spinTwiceAtOnce,
  twoSpinsAtOnce,
} from '#tests/crash/spin-acts.ts'

/** What players do while the killer is about. */
export const ACTS: readonly Act[] = [
  spin,
  spinTwiceAtOnce,
  twoSpinsAtOnce,
  askAgain,
  otherBetUnderUsedId,
  betOutOfRange,
  lookIntoWallet,
  readStatement,
  readRounds,
  readFigures,
]
