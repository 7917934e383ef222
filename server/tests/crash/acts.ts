import type { Act } from '#tests/crash/act.ts'
import { leaveAndComeBack, newcomer, refreshTokens } from '#tests/crash/door-acts.ts'
import { pullPrizes, pullsAtOnce } from '#tests/crash/pull-acts.ts'
import { lookIntoWallet, readFigures, readRounds, readStatement } from '#tests/crash/read-acts.ts'
import { everythingAtOnce, rotateSeeds, verifyReceipts } from '#tests/crash/seed-acts.ts'
import {
  askAgain,
  betOutOfRange,
  manySpinsAtOnce,
  otherBetUnderUsedId,
  spin,
  spinsInARow,
  spinTwiceAtOnce,
} from '#tests/crash/spin-acts.ts'

/** What players do while the killer is about. */
export const ACTS: readonly Act[] = [
  spin,
  spinsInARow,
  spinTwiceAtOnce,
  askAgain,
  otherBetUnderUsedId,
  betOutOfRange,
  manySpinsAtOnce,
  lookIntoWallet,
  readStatement,
  readRounds,
  readFigures,
  pullPrizes,
  pullsAtOnce,
  rotateSeeds,
  everythingAtOnce,
  verifyReceipts,
  refreshTokens,
  leaveAndComeBack,
  newcomer,
]
