'use client'

import { useQuery } from '@tanstack/react-query'

/** Checks a receipt here and now. The verifier is fetched the first time it is needed, and by nobody else. */
export function useCheck(receipt: unknown) {
  return useQuery({
    queryKey: ['fairness', 'check', receipt],
    queryFn: async () => (await import('./check-receipt.ts')).checkReceipt(receipt),
    networkMode: 'always',
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    retry: false,
  })
}
