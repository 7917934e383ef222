import type { ErrorObject } from 'ajv'
import localizeKo from 'ajv-i18n/localize/ko/index.js'
import Type from 'typebox'
import type { Language } from '#platform/route/endpoint.ts'
import * as frame from '#platform/route/frame-refusals.ts'
import { Bug, Outage, Refusal, type RefusalKind } from '#vocabulary/failure.ts'

// The package is CommonJS: what its types call the default export's default is what is imported.
const inKorean = localizeKo as unknown as (errors: ErrorObject[]) => void

/*
 * The one place that turns a failure into HTTP: RFC 9457 problem+json with a stable `code`, and a
 * sentence in the reader's language.
 */

/** What every failed request gets. Refusals may add members of their own, such as `balance` and `needed`. */
export const Problem = Type.Object(
  {
    type: Type.String(),
    title: Type.String(),
    status: Type.Integer(),
    detail: Type.String(),
    code: Type.String(),
    request_id: Type.String(),
  },
  { additionalProperties: true, title: 'Problem' },
)

export type ProblemBody = {
  readonly type: string
  readonly title: string
  readonly status: number
  readonly detail: string
  readonly code: string
  readonly request_id: string
} & Readonly<Record<string, unknown>>

export type Failed = { readonly status: number; readonly body: ProblemBody; readonly isOurs: boolean }

export function asProblem(error: unknown, language: Language, requestId: string): Failed {
  const refused = error instanceof Refusal ? error : fromFastify(error, language)
  if (refused) return { ...refusedProblem(refused, language, requestId), isOurs: false }
  if (error instanceof Outage) return { ...plain(503, 'outage', OUTAGE[language], requestId), isOurs: false }
  return { ...plain(500, 'bug', BUG[language], requestId), isOurs: true }
}

const OUTAGE = {
  ko: '지금은 처리할 수 없습니다. 잠시 뒤 같은 요청을 다시 보내 주세요.',
  en: 'This cannot be done right now. Please send the same request again in a moment.',
}
const BUG = {
  ko: '저희 쪽 오류입니다. 요청 번호를 알려 주시면 확인하겠습니다.',
  en: 'Something went wrong on our side. Tell us the request id and we will look into it.',
}

function refusedProblem({ kind, details }: Refusal, language: Language, requestId: string) {
  return plain(kind.status, kind.code, sentence(kind, details, language), requestId, details)
}

function plain(
  status: number,
  code: string,
  detail: string,
  requestId: string,
  details: Readonly<Record<string, unknown>> = {},
): { status: number; body: ProblemBody } {
  const extras = Object.fromEntries(
    Object.entries(details).map(([name, value]) => [name, typeof value === 'bigint' ? Number(value) : value]),
  )
  const type = `urn:casino-club:problem:${code}`
  return {
    status,
    body: { ...extras, type, title: TITLES[status] ?? 'Error', status, detail, code, request_id: requestId },
  }
}

export function sentence(kind: RefusalKind, details: Readonly<Record<string, unknown>>, language: Language): string {
  return kind[language].replace(/\{(\w+)\}/g, (_, name: string) => String(details[name] ?? ''))
}

const TITLES: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  409: 'Conflict',
  413: 'Content Too Large',
  415: 'Unsupported Media Type',
  422: 'Unprocessable Content',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  503: 'Service Unavailable',
}

type FastifyError = Error & {
  code?: string
  statusCode?: number
  validation?: ErrorObject[]
  validationContext?: string
}

/** What Fastify itself refuses, in our words. Anything else of its errors is a bug. */
function fromFastify(error: unknown, language: Language): Refusal | undefined {
  if (!(error instanceof Error)) return undefined
  const { code, statusCode, validation, validationContext } = error as FastifyError
  if (validation) {
    // The only header that is validated.
    if (validationContext === 'headers') return frame.idempotencyKeyMissing.with()
    if (language === 'ko') inKorean(validation)
    const [first] = validation
    const extra =
      first && 'additionalProperty' in first.params ? ` (${String(first.params['additionalProperty'])})` : ''
    const problem = `${validationContext ?? 'body'}${first?.instancePath ?? ''} ${first?.message ?? ''}${extra}`
    return frame.invalidRequest.with({ problem })
  }
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE') return frame.bodyTooLarge.with({ limit_bytes: BODY_LIMIT_BYTES })
  if (code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE') return frame.unsupportedMedia.with()
  if (statusCode === 400 || error instanceof SyntaxError) return frame.unreadableBody.with()
  return undefined
}

export const BODY_LIMIT_BYTES = 64 * 1024

/** Fails loudly where a reply does not keep its contract. Only tests pay for it. */
export function brokenReply(path: string, problem: string): Bug {
  return new Bug(`the reply of ${path} breaks its contract: ${problem}`)
}
