import type { ReactNode } from 'react'

/** A long value that is compared rather than read. */
export function Digits({ children }: { children: ReactNode }) {
  return <code className="font-mono text-[0.82rem] leading-5 break-all">{children}</code>
}
