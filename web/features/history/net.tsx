'use client'

import { formatSigned } from '#text/format.ts'
import { useText } from '#text/text-provider.tsx'
import { classNames } from '#ui/class-names.ts'

/** What came back minus what was put in. Green is kept for a real gain; a loss is a fact, not an alarm. */
export function Net({ amount, className }: { amount: number; className?: string }) {
  const { language } = useText()
  return (
    <span
      className={classNames('tabular font-bold whitespace-nowrap', amount > 0 ? 'text-good' : 'text-fg', className)}
    >
      {formatSigned(amount, language)}
    </span>
  )
}
