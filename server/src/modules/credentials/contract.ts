import { refusal } from '#vocabulary/failure.ts'

export const tooBusy = refusal({
  code: 'credentials.too_busy',
  status: 429,
  ko: '지금 로그인이 몰리고 있습니다. {retry_after_seconds}초 뒤에 다시 시도해 주세요.',
  en: 'Many people are logging in right now. Please try again in {retry_after_seconds} seconds.',
})
