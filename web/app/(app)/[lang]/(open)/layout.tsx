import type { ReactNode } from 'react'
import { OpenFrame } from '#features/fairness/open-frame.tsx'

export default function OpenLayout({ children }: { children: ReactNode }) {
  return <OpenFrame>{children}</OpenFrame>
}
