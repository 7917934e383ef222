import { refusal } from '#vocabulary/failure.ts'

export const invalidCursor = refusal({
  code: 'request.cursor_invalid',
  status: 422,
  ko: '목록의 위치를 알 수 없습니다. 처음부터 다시 불러와 주세요.',
  en: 'That place in the list is unknown. Please start from the beginning.',
})

/** An opaque place in a list that is ordered by a number. */
export function writeNumberCursor(number: bigint): string {
  return Buffer.from(`n${number}`).toString('base64url')
}

/** @throws Refusal `request.cursor_invalid` */
export function readNumberCursor(cursor: string): bigint {
  const [, digits] = /^n([1-9]\d{0,15})$/.exec(Buffer.from(cursor, 'base64url').toString('latin1')) ?? []
  if (digits === undefined) throw invalidCursor.with()
  return BigInt(digits)
}
