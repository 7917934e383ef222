'use client'

import { type ComponentProps, lazy, Suspense } from 'react'
import { Skeleton } from '#ui/skeleton.tsx'

const VerificationView = lazy(() =>
  import('./verification-view.tsx').then(({ VerificationView }) => ({ default: VerificationView })),
)

/** Fetched when the first receipt is opened: those who only look at their seeds need none of it. */
export function Verification(props: ComponentProps<typeof VerificationView>) {
  return (
    <Suspense fallback={<Skeleton className="h-72" />}>
      <VerificationView {...props} />
    </Suspense>
  )
}
