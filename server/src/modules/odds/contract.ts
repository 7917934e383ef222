import Type from 'typebox'
import { endpoint } from '#platform/route/endpoint.ts'
import { invalidCursor } from '#vocabulary/cursor.ts'
import { refusal } from '#vocabulary/failure.ts'
import { Id, object, PageQuery, page } from '#vocabulary/wire.ts'

export const notPublishable = refusal({
  code: 'odds.not_publishable',
  status: 422,
  ko: '이 설정은 공개할 수 없습니다: {reasons}',
  en: 'This configuration cannot go live: {reasons}',
})

export const getLog = endpoint({
  method: 'GET',
  path: '/api/fairness/log',
  tag: 'fairness',
  summary: 'The public log: which configuration went live when, and what each day committed to.',
  description:
    'Newest first, append-only. `hash` is SHA-256 of `previous_hash`, a line feed and `body`; the first entry follows ' +
    '64 zeros. `config:…` entries carry the hash that receipts quote; `commitments:…` entries the number of server ' +
    'seeds promised on that day (Asia/Seoul) and the SHA-256 of their commitments, in hex, sorted, joined by line feeds.',
  guard: 'nobody',
  query: object({ ...PageQuery }),
  reply: page(
    object({
      number: Id,
      subject: Type.String({ examples: ['config:7'] }),
      body: Type.String({ description: 'Canonical JSON, exactly as it was hashed.' }),
      previous_hash: Type.String(),
      hash: Type.String(),
    }),
  ),
  refusals: [invalidCursor],
})
