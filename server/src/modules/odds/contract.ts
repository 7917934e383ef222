import { refusal } from '#vocabulary/failure.ts'

export const notPublishable = refusal({
  code: 'odds.not_publishable',
  status: 422,
  ko: '이 설정은 공개할 수 없습니다: {reasons}',
  en: 'This configuration cannot go live: {reasons}',
})
