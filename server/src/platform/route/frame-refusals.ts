import { refusal } from '#vocabulary/failure.ts'

/* The refusals that the frame itself can give, on any endpoint. */

export const invalidRequest = refusal({
  code: 'request.invalid',
  status: 422,
  ko: '보낸 내용을 확인해 주세요: {problem}',
  en: 'Please check what you sent: {problem}',
})
export const unreadableBody = refusal({
  code: 'request.unreadable',
  status: 400,
  ko: '본문을 읽을 수 없습니다. 올바른 JSON인지 확인해 주세요.',
  en: 'The body could not be read. Is it valid JSON?',
})
export const bodyTooLarge = refusal({
  code: 'request.too_large',
  status: 413,
  ko: '본문이 너무 큽니다. 최대 {limit_bytes}바이트입니다.',
  en: 'The body is too large. At most {limit_bytes} bytes.',
})
export const unsupportedMedia = refusal({
  code: 'request.unsupported_media',
  status: 415,
  ko: '본문은 application/json 이어야 합니다.',
  en: 'The body must be application/json.',
})
export const noSuchRoute = refusal({
  code: 'request.not_found',
  status: 404,
  ko: '그런 주소는 없습니다.',
  en: 'There is nothing at that address.',
})
export const tooManyCalls = refusal({
  code: 'request.too_many',
  status: 429,
  ko: '요청이 너무 많습니다. {retry_after_seconds}초 뒤에 다시 시도해 주세요.',
  en: 'Too many requests. Please try again in {retry_after_seconds} seconds.',
})
export const idempotencyKeyMissing = refusal({
  code: 'request.idempotency_key_missing',
  status: 400,
  ko: 'Idempotency-Key 헤더에 UUID를 넣어 주세요.',
  en: 'Send a UUID in the Idempotency-Key header.',
})
export const sessionMissing = refusal({
  code: 'session.missing',
  status: 401,
  ko: '로그인이 필요합니다.',
  en: 'Please log in.',
})
export const tokenExpired = refusal({
  code: 'session.token_expired',
  status: 401,
  ko: '접속 시간이 지났습니다. 토큰을 새로 받아 주세요.',
  en: 'The access token has expired. Please refresh it.',
})
export const sessionEnded = refusal({
  code: 'session.ended',
  status: 401,
  ko: '이 접속은 종료되었습니다. 다시 로그인해 주세요.',
  en: 'This session has ended. Please log in again.',
})
export const csrf = refusal({
  code: 'session.csrf',
  status: 403,
  ko: '우리 앱에서 온 요청이 아니어서 거절했습니다.',
  en: 'Refused: this request did not come from our own app.',
})
export const notForYou = refusal({
  code: 'session.not_allowed',
  status: 403,
  ko: '이 기능을 쓸 수 있는 계정이 아닙니다.',
  en: 'This account may not do that.',
})
export const rankTooLow = refusal({
  code: 'session.rank_too_low',
  status: 403,
  ko: '{needed} 등급부터 이용할 수 있습니다.',
  en: 'This is for rank {needed} and above.',
})
export const secondFactorNeeded = refusal({
  code: 'session.second_factor_needed',
  status: 403,
  ko: '2단계 인증을 먼저 마쳐 주세요.',
  en: 'Please complete the second factor first.',
})
