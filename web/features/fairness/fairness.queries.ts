import { infiniteQueryOptions, type QueryClient, queryOptions } from '@tanstack/react-query'
import type { Seeds } from '#server-link/api.types.ts'
import { answer, link } from '#server-link/link.ts'

const seedKey = ['fairness', 'seed'] as const
const receiptsKey = ['fairness', 'receipts'] as const

export const seedQuery = queryOptions({
  queryKey: seedKey,
  queryFn: ({ signal }) => answer(link.GET('/api/fairness/seed', { signal })),
})

export const receiptsQuery = infiniteQueryOptions({
  queryKey: receiptsKey,
  queryFn: ({ signal, pageParam }) =>
    answer(
      link.GET('/api/fairness/receipts', {
        signal,
        params: { query: { limit: 20, ...(pageParam === null ? {} : { cursor: pageParam }) } },
      }),
    ),
  initialPageParam: null as string | null,
  getNextPageParam: (page) => page.next_cursor,
})

/**
 * Reveals the server seed and goes on with the next one. Sent twice with the same client seed it happens once, as
 * long as nothing was played in between, so an unknown outcome may simply be asked for again.
 */
export async function rotateSeeds(client: QueryClient, clientSeed: string): Promise<Seeds> {
  const seeds = await answer(link.POST('/api/fairness/rotate', { body: { client_seed: clientSeed } }))
  client.setQueryData(seedKey, seeds)
  await client.invalidateQueries({ queryKey: receiptsKey })
  return seeds
}
