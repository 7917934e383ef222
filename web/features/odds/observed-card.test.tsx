import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { render, screen } from '@testing-library/react'
import { expect, test } from 'vitest'
import type { WatchedGame } from '#server-link/api.types.ts'
import { dictionaryOf } from '#text/dictionaries.ts'
import { TextProvider } from '#text/text-provider.tsx'
import { ObservedCard } from './observed-card.tsx'

const watched: WatchedGame = {
  game: 'slot',
  config_id: 1,
  config_hash: 'a'.repeat(64),
  is_live: true,
  state: 'ok',
  state_since: '2026-11-23T03:00:00.000Z',
  watched_since: '2026-11-23T03:00:00.000Z',
  last_round_at: '2026-11-24T03:00:00.000Z',
  rounds: 12_345,
  draws: 12_345,
  staked_tokens: 123_450,
  paid_tokens: 117_000,
  impossible_rounds: 0,
  evidence: 0.7,
  highest_evidence: 1.2,
  return_ppm: { observed: 941_000, expected: 949_000, lowest: 870_000, highest: null },
  kinds: [{ kind: 'none', seen: 7_540, expected: 7_541.8, lowest: 7_400, highest: 7_690 }],
}

function show(games: readonly WatchedGame[]) {
  const client = new QueryClient({ defaultOptions: { queries: { staleTime: Number.POSITIVE_INFINITY } } })
  client.setQueryData(['fairness', 'status'], { alpha_ppm: 1_000, watch_from: 20, alarm_from: 1_000, games })
  render(
    <QueryClientProvider client={client}>
      <TextProvider language="en" dictionary={dictionaryOf('en')}>
        <ObservedCard game="slot" nameOf={(kind) => `the kind ${kind}`} />
      </TextProvider>
    </QueryClientProvider>,
  )
  return document.body.textContent ?? ''
}

test('counts of the live table beside what should have come, and how wide apart they may be', () => {
  const text = show([{ ...watched, is_live: false, draws: 99 }, watched])
  expect(text).toContain('All 12,345 draws')
  expect(text).toContain('As published')
  for (const part of ['94.1%', '94.9% expected', 'more than 87%']) expect(text).toContain(part)
  const row = screen.getByRole('row', { name: /the kind none/ })
  expect(row.textContent).toBe('the kind none7,5407,541.87,400–7,690')
  expect(row.querySelector('.text-bad')).toBeNull()
})

test('an alarm says since when, what luck cannot explain, and which count is outside', () => {
  const [kind] = watched.kinds
  if (!kind) throw new Error('no kind')
  const text = show([{ ...watched, state: 'alarm', impossible_rounds: 1, kinds: [{ ...kind, seen: 7_800 }] }])
  expect(text).toContain('Not as published')
  expect(text).toContain('Nov 23')
  expect(text).toContain('1 round does not follow from the numbers drawn.')
  expect(screen.getByText('7,800').className).toContain('text-bad')
})

test('before the first round it says so', () => {
  const text = show([{ ...watched, draws: 0, rounds: 0, return_ppm: null }])
  expect(text).toContain('Nobody has played from this table yet')
})
