import type { App } from '#server/app.ts'
import { GachaCount } from './count-gacha.ts'
import { SlotCount } from './count-slot.ts'
import { rejected, type Verdict } from './g-test.ts'
import { readRounds } from './read-rounds.ts'

/** What all tables together may say wrongly of a correct engine. */
export const ALPHA = 1e-3
/** Half of it is the one legendary test's own, so that the power it has does not depend on the other tables. */
export const LEGENDARY_ALPHA = ALPHA / 2

export type Judgement = {
  readonly spins: number
  readonly pulls: number
  readonly verdicts: readonly Verdict[]
  /** The tables that a correct engine would not give. */
  readonly red: readonly string[]
  /** What no chance can explain, one sentence each; the first twenty. */
  readonly faults: readonly string[]
}

/** Holds every round in the database against the published tables. Draws nothing and trusts nobody's counts. */
export async function judgeChance(app: App): Promise<Judgement> {
  const faults: string[] = []
  const fault = (what: string) => {
    if (faults.length < 20) faults.push(what)
  }
  const [slot, gacha] = [new SlotCount(fault), new GachaCount(fault)]
  for await (const round of readRounds(app)) (round.game === 'slot' ? slot : gacha).add(round)

  const tables = [...slot.verdicts(), ...gacha.verdicts()]
  const legendary = gacha.legendaryVerdict()
  const red = [...rejected(tables, ALPHA - LEGENDARY_ALPHA), ...legendary.filter(({ p }) => p <= LEGENDARY_ALPHA)]
  return {
    spins: slot.spins,
    pulls: gacha.pulls,
    verdicts: [...tables, ...legendary],
    red: red.map(({ table }) => table),
    faults,
  }
}
