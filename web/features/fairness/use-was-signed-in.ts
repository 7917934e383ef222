'use client'

import { useSyncExternalStore } from 'react'
import { wasSignedIn } from '#server-link/session-memory.ts'

const never = () => () => {}

/** Whether this device remembers a player, so that strangers are not asked who they are. Null while prerendered. */
export function useWasSignedIn(): boolean | null {
  return useSyncExternalStore<boolean | null>(never, wasSignedIn, () => null)
}
