import pino, { type Logger } from 'pino'

export type Log = Logger

// Masked at the source: whatever a caller puts into a log line, these never leave the process. The
// list names fields; the patterns below catch what arrives inside a sentence.
const SECRET_FIELDS = [
  'password',
  'access_token',
  'refresh_token',
  'token',
  'secret',
  'authorization',
  'cookie',
  'phone_number',
  'email',
  'birth_date',
  'ci',
  'otp',
  'invite_code',
  'totp_secret',
]

const PATTERNS: readonly [RegExp, string][] = [
  [/\beyJ[\w-]+\.[\w-]+\.[\w-]+/g, '[token]'],
  [/\b01[016789][-. ]?\d{3,4}[-. ]?\d{4}\b/g, '[phone]'],
  [/\+82[-. ]?1\d[-. ]?\d{3,4}[-. ]?\d{4}\b/g, '[phone]'],
  [/[\w.+-]+@[\w-]+\.[\w.-]+/g, '[email]'],
  [/\b\d{6}-[1-4]\d{6}\b/g, '[resident number]'],
  [/\b\d{4}[- ]\d{4}[- ]\d{4}[- ]\d{4}\b/g, '[card]'],
  [/(postgres(?:ql)?:\/\/[^:/\s]*:)[^@\s]+@/g, '$1[secret]@'],
]

export function mask(text: string): string {
  return PATTERNS.reduce((masked, [pattern, word]) => masked.replace(pattern, word), text)
}

type LoggedError = {
  type: string
  message: string
  stack: string
  code?: string
  constraint?: string
  cause?: LoggedError
}

// A database error quotes the row that broke a constraint; only what names the fault goes out.
function errorInLog(error: Error & { code?: string; constraint?: string }): LoggedError {
  return {
    type: error.name,
    message: mask(error.message),
    stack: mask(error.stack ?? ''),
    ...(error.code === undefined ? {} : { code: error.code }),
    ...(error.constraint === undefined ? {} : { constraint: error.constraint }),
    ...(error.cause instanceof Error ? { cause: errorInLog(error.cause) } : {}),
  }
}

export function openLog(level: string, destination?: pino.DestinationStream): Log {
  return pino(
    {
      level,
      base: { service: 'casino-club' },
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      redact: {
        paths: SECRET_FIELDS.flatMap((field) => [
          `["${field}"]`,
          `*["${field}"]`,
          `*.*["${field}"]`,
          `*.*.*["${field}"]`,
        ]),
        censor: '[masked]',
      },
      serializers: {
        err: errorInLog,
      },
      hooks: {
        streamWrite: mask,
      },
    },
    destination ?? pino.destination({ sync: false }),
  )
}
