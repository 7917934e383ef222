'use client'

import { useQuery, useQueryClient } from '@tanstack/react-query'
import { usePathname, useRouter } from 'next/navigation'
import { useEffect, useRef } from 'react'
import { isRefused } from '#server-link/failure.ts'
import { listenLive } from '#server-link/live.ts'
import { meQuery, queryKeys } from '#server-link/queries.ts'
import { forgetSignedIn, onSessionEnded, wasSignedIn } from '#server-link/session-memory.ts'
import { useText } from '#text/text-provider.tsx'

export type EndReason = 'ended' | 'elsewhere' | 'signed-out'

/** Forgets everything of this player and shows the login, which says why and leads back here. */
export function useLeave(): (reason: EndReason | null) => void {
  const router = useRouter()
  const path = usePathname()
  const queryClient = useQueryClient()
  const { href } = useText()
  return (reason) => {
    forgetSignedIn()
    const query = new URLSearchParams()
    if (reason) query.set('reason', reason)
    if (reason !== 'signed-out') query.set('next', path + location.search)
    router.replace(`${href('/login')}?${query}`)
    queryClient.clear()
  }
}

/** For the shell of the player's pages: who is playing, and out to the login when nobody is. */
export function useGuard() {
  const me = useQuery(meQuery)
  const leave = useLeave()
  const latestLeave = useRef(leave)
  const hasLeft = useRef(false)
  useEffect(() => {
    latestLeave.current = leave
  })

  const isNobody = isRefused(me.error) && me.error.status === 401
  useEffect(() => {
    const out = (reason: EndReason) => {
      if (hasLeft.current) return
      hasLeft.current = true
      latestLeave.current(wasSignedIn() ? reason : null)
    }
    if (isNobody) out('ended')
    return onSessionEnded(() => out('ended'))
  }, [isNobody])

  const queryClient = useQueryClient()
  const isSomebody = me.data !== undefined
  useEffect(() => {
    if (!isSomebody) return
    return listenLive({
      onSessionEnded: () => latestLeave.current('elsewhere'),
      onBalance: (balances) => {
        queryClient.setQueryData(queryKeys.wallet, { balances })
        // The exact key, or an infinite scroll would be asked for again from the top while it is read.
        void queryClient.invalidateQueries({ queryKey: ['wallet', 'entries'], refetchType: 'none' })
      },
    })
  }, [isSomebody, queryClient])

  return me
}

/** For pages outside the shell that still need somebody: out to the login when there is nobody. */
export function useRequirePlayer(): void {
  const me = useQuery(meQuery)
  const leave = useLeave()
  const latestLeave = useRef(leave)
  useEffect(() => {
    latestLeave.current = leave
  })
  const isNobody = isRefused(me.error) && me.error.status === 401
  useEffect(() => {
    if (isNobody) latestLeave.current(wasSignedIn() ? 'ended' : null)
  }, [isNobody])
}
