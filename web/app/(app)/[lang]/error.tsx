'use client'

import { CrashScreen } from '#features/shell/crash-screen.tsx'

export default function PageCrash({ reset }: { error: Error; reset: () => void }) {
  return <CrashScreen onRetry={reset} />
}
