import { defaultGacha } from './gacha.default.ts'
import { gachaOddsReport } from './gacha.odds.ts'
import { gachaOddsText, slotOddsText } from './odds-text.ts'
import { defaultSlot } from './slot.default.ts'
import { slotOddsReport } from './slot.odds.ts'

/** `docs/odds.md`: the exact odds of everything as shipped. Printed by `casino-fairness odds`, never edited. */
export function shippedOddsPage(): string {
  return `# Odds

What the games as shipped give, computed exactly from the very objects they draw from. Printed by
\`fairness/src/cli.ts odds\`; do not edit by hand. How it is computed: [fairness](../fairness/README.md).

${slotOddsText(slotOddsReport(defaultSlot))}
${gachaOddsText(gachaOddsReport(defaultGacha))}`
}
