import type { Check } from '#tests/crash/act.ts'
import { wholePlayers } from '#tests/crash/door-acts.ts'
import { prizesAreThereOnce } from '#tests/crash/pull-acts.ts'
import {
  acknowledgedOnce,
  nothingElseHappened,
  nothingIsUnknown,
  oneEventEach,
  oneIdOneAnswer,
  orderOfAnswers,
  refusedIsAbsent,
  streaksCountUp,
} from '#tests/crash/round-checks.ts'
import { noncesHaveNoGap, seedsAreAsCommitted } from '#tests/crash/seed-acts.ts'

/** What is asked of the database and the journal after the last restart, beside the audit. */
export const CHECKS: readonly Check[] = [
  nothingIsUnknown,
  oneIdOneAnswer,
  acknowledgedOnce,
  refusedIsAbsent,
  nothingElseHappened,
  orderOfAnswers,
  streaksCountUp,
  oneEventEach,
  wholePlayers,
  prizesAreThereOnce,
  noncesHaveNoGap,
  seedsAreAsCommitted,
]
