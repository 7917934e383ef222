import type { Wallet } from './api.types.ts'

export type LiveNews = {
  readonly onSessionEnded: () => void
  readonly onBalance: (balances: Wallet['balances']) => void
}

/**
 * Listens to the server's live events until the returned function is called.
 *
 * Live news is a convenience: every screen is right without it after its next request. So a line that
 * cannot be had is tried again quietly, later each time, and nobody is told.
 */
export function listenLive(news: LiveNews): () => void {
  let source: EventSource | null = null
  let timer: ReturnType<typeof setTimeout> | undefined
  let failures = 0
  let isOver = false

  const connect = () => {
    if (isOver) return
    source = new EventSource('/sse/live')
    source.onopen = () => {
      failures = 0
    }
    source.addEventListener('session_ended', () => {
      stop()
      news.onSessionEnded()
    })
    source.addEventListener('balance_changed', (event) => {
      const balances = readBalances(event.data)
      if (balances) news.onBalance(balances)
    })
    source.addEventListener('bye', again)
    source.onerror = again
  }

  const again = () => {
    source?.close()
    clearTimeout(timer)
    // With chance in it, so that a restarted server does not see everybody come back in one instant.
    const pause = Math.min(60_000, 1000 * 2 ** failures) * (0.5 + Math.random())
    failures++
    timer = setTimeout(connect, pause)
  }

  const stop = () => {
    isOver = true
    clearTimeout(timer)
    source?.close()
  }

  connect()
  return stop
}

function readBalances(data: unknown): Wallet['balances'] | null {
  try {
    const found: unknown = JSON.parse(String(data))
    if (typeof found !== 'object' || found === null || !('token' in found) || !('gem' in found)) return null
    const { token, gem } = found
    return typeof token === 'number' && typeof gem === 'number' ? { token, gem } : null
  } catch {
    return null
  }
}
