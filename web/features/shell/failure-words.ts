import { isRefused, Unreachable } from '#server-link/failure.ts'
import type { Translate } from '#text/translate.ts'

/** One sentence for a failure that no screen has a better word for. The server's own sentence comes first. */
export function failureWords(error: unknown, t: Translate): string {
  if (error instanceof Unreachable) {
    return t(error.requestId === null ? 'common.failure.unreachable' : 'common.failure.outage')
  }
  if (!isRefused(error)) return t('common.failure.unknown')
  if (typeof error.facts['detail'] === 'string') return error.message
  if (error.status !== 429 || error.retryAfterSeconds === null) return t('common.failure.unknown')
  return t('common.failure.tooMany', { seconds: Math.max(1, Math.ceil(error.retryAfterSeconds)) })
}
