import { infiniteQueryOptions, type QueryClient, queryOptions } from '@tanstack/react-query'
import type { paths } from './api.generated.ts'
import type { Asset } from './api.types.ts'
import { answer, link } from './link.ts'

export type PlayedGame = 'slot' | 'gacha'

/** Where each answer is kept. A scene that changes the balance writes to these keys, not to its own copy. */
export const queryKeys = {
  me: ['me'],
  wallet: ['wallet'],
  entries: (asset: Asset) => ['wallet', 'entries', asset],
  slotConfig: ['slot', 'config'],
  slotState: ['slot', 'state'],
  gachaConfig: ['gacha', 'config'],
  gachaStats: ['gacha', 'stats'],
  gachaLatest: ['gacha', 'latest'],
  gachaWinners: ['gacha', 'winners'],
  inventory: ['inventory'],
  rounds: ['rounds'],
  latestRounds: ['rounds', 'latest'],
  round: (roundId: number) => ['rounds', 'one', roundId],
  playSessions: ['play-sessions'],
  playSessionsOf: (game: PlayedGame) => ['play-sessions', game],
  latestPlay: (game: PlayedGame) => ['play-sessions', game, 'latest'],
  stats: ['stats'],
  loginSessions: ['login-sessions'],
} as const

const pageSize = 20
const minute = 60_000

export const meQuery = queryOptions({
  queryKey: queryKeys.me,
  queryFn: ({ signal }) => answer(link.GET('/api/auth/me', { signal })),
  staleTime: 5 * minute,
})

export const walletQuery = queryOptions({
  queryKey: queryKeys.wallet,
  queryFn: ({ signal }) => answer(link.GET('/api/wallet', { signal })),
})

export function entriesQuery(asset: Asset) {
  return infiniteQueryOptions({
    queryKey: queryKeys.entries(asset),
    queryFn: ({ signal, pageParam }) =>
      answer(
        link.GET('/api/wallet/entries', {
          signal,
          params: { query: { asset, limit: pageSize, ...(pageParam === null ? {} : { cursor: pageParam }) } },
        }),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
  })
}

/** The published configuration only changes with a new version of it, which a reload brings. */
export const slotConfigQuery = queryOptions({
  queryKey: queryKeys.slotConfig,
  queryFn: ({ signal }) => answer(link.GET('/api/games/slot/config', { signal })),
  staleTime: 60 * minute,
})

export const slotStateQuery = queryOptions({
  queryKey: queryKeys.slotState,
  queryFn: ({ signal }) => answer(link.GET('/api/games/slot/state', { signal })),
})

/** Asked for again after a minute, for the pieces left of limited prizes. */
export const gachaConfigQuery = queryOptions({
  queryKey: queryKeys.gachaConfig,
  queryFn: ({ signal }) => answer(link.GET('/api/games/gacha/config', { signal })),
  staleTime: minute,
})

export const gachaStatsQuery = queryOptions({
  queryKey: queryKeys.gachaStats,
  queryFn: ({ signal }) => answer(link.GET('/api/games/gacha/stats', { signal })),
})

export const gachaLatestQuery = queryOptions({
  queryKey: queryKeys.gachaLatest,
  queryFn: ({ signal }) => answer(link.GET('/api/games/gacha/history', { signal, params: { query: { limit: 6 } } })),
})

export const gachaWinnersQuery = queryOptions({
  queryKey: queryKeys.gachaWinners,
  queryFn: ({ signal }) => answer(link.GET('/api/games/gacha/winners', { signal })),
})

export const inventoryQuery = queryOptions({
  queryKey: queryKeys.inventory,
  queryFn: ({ signal }) => answer(link.GET('/api/inventory', { signal })),
})

export const latestRoundsQuery = queryOptions({
  queryKey: queryKeys.latestRounds,
  queryFn: ({ signal }) => answer(link.GET('/api/games/rounds', { signal, params: { query: { limit: 5 } } })),
})

export type AskedRounds = NonNullable<paths['/api/games/rounds']['get']['parameters']['query']>

/** A search comes in stretches, and one may hold nothing: it goes on by itself, but not for ever. */
const stretchesAtOnce = 5

export function roundsQuery(asked: AskedRounds) {
  return infiniteQueryOptions({
    queryKey: [...queryKeys.rounds, 'list', asked],
    queryFn: async ({ signal, pageParam }) => {
      let cursor = pageParam
      for (let stretch = 1; ; stretch++) {
        const query = { ...asked, limit: pageSize, ...(cursor === null ? {} : { cursor }) }
        const page = await answer(link.GET('/api/games/rounds', { signal, params: { query } }))
        cursor = page.next_cursor
        if (page.items.length > 0 || cursor === null || stretch === stretchesAtOnce) return page
      }
    },
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
  })
}

export function roundQuery(roundId: number) {
  return queryOptions({
    queryKey: queryKeys.round(roundId),
    queryFn: ({ signal }) =>
      answer(link.GET('/api/games/rounds/{round_id}', { signal, params: { path: { round_id: String(roundId) } } })),
    staleTime: Number.POSITIVE_INFINITY, // a round that was played never changes
  })
}

export function latestPlayQuery(game: PlayedGame) {
  return queryOptions({
    queryKey: queryKeys.latestPlay(game),
    queryFn: ({ signal }) => answer(link.GET('/api/games/sessions', { signal, params: { query: { game, limit: 1 } } })),
  })
}

export function playSessionsQuery(game: PlayedGame) {
  return infiniteQueryOptions({
    queryKey: queryKeys.playSessionsOf(game),
    queryFn: ({ signal, pageParam }) =>
      answer(
        link.GET('/api/games/sessions', {
          signal,
          params: { query: { game, limit: pageSize, ...(pageParam === null ? {} : { cursor: pageParam }) } },
        }),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
  })
}

export const statsQuery = queryOptions({
  queryKey: queryKeys.stats,
  queryFn: ({ signal }) => answer(link.GET('/api/users/stats', { signal })),
})

export const loginSessionsQuery = queryOptions({
  queryKey: queryKeys.loginSessions,
  queryFn: ({ signal }) => answer(link.GET('/api/auth/sessions', { signal })),
})

/** After a round: everything that a round changes is asked for again when it is next looked at. */
export async function forgetPlay(client: QueryClient): Promise<void> {
  const { wallet, rounds, playSessions, stats, slotState, gachaStats, gachaLatest, inventory } = queryKeys
  const changed = [wallet, rounds, playSessions, stats, slotState, gachaStats, gachaLatest, inventory]
  await Promise.all(changed.map((queryKey) => client.invalidateQueries({ queryKey })))
}
