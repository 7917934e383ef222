import { QueryClient } from '@tanstack/react-query'
import { Unreachable } from './failure.ts'

export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 15_000,
        // A refusal stays a refusal; only silence is worth asking again.
        retry: (failures, error) => error instanceof Unreachable && failures < 2,
        retryDelay: (failures) => Math.min(4000, 500 * 2 ** failures),
      },
      // Without a connection a mutation fails at once and says so, instead of firing minutes later.
      mutations: { retry: false, networkMode: 'always' },
    },
  })
}
