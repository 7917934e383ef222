export type SignupForm = {
  readonly siteId: string
  readonly nickname: string
  readonly password: string
  readonly phone: string
  readonly isAdult: boolean
}

export type SignupField = keyof SignupForm

/** What is wrong, as keys of `entry.signup.*`. */
export type SignupMistake =
  | 'siteIdInvalid'
  | 'siteIdTaken'
  | 'nicknameInvalid'
  | 'nicknameTaken'
  | 'phoneInvalid'
  | 'adultMissing'
  | PasswordMistake

export type PasswordMistake = 'too_short' | 'too_long' | 'common' | 'contains_name'
export type SignupMistakes = Readonly<Partial<Record<SignupField, SignupMistake>>>

/**
 * Mirrors accounts/names.rules.ts and credentials/passwords.rules.ts of the server, so that a player hears of it while typing.
 * The server decides; a rule that is only here would keep somebody out for nothing.
 */
export function mistakesIn(form: SignupForm): SignupMistakes {
  const { siteId, nickname, password, phone, isAdult } = form
  const passwordMistake = mistakeInPassword(password, [siteId, nickname])
  return {
    ...(/^[a-z0-9_]{4,20}$/.test(siteId) ? {} : { siteId: 'siteIdInvalid' }),
    ...(isNickname(nickname) ? {} : { nickname: 'nicknameInvalid' }),
    ...(passwordMistake ? { password: passwordMistake } : {}),
    ...(phone === '' || /^01[016789]\d{7,8}$/.test(phone.replaceAll('-', '')) ? {} : { phone: 'phoneInvalid' }),
    ...(isAdult ? {} : { isAdult: 'adultMissing' }),
  }
}

const letter = '가-힣ㄱ-ㅎㅏ-ㅣA-Za-zÀ-ÖØ-öø-ÿ0-9'
const nicknameForm = new RegExp(`^[${letter}](?:[${letter} ]*[${letter}])?$`)

function isNickname(nickname: string): boolean {
  const { length } = [...nickname]
  return length >= 2 && length <= 16 && nicknameForm.test(nickname)
}

export function mistakeInPassword(password: string, names: readonly string[]): PasswordMistake | null {
  const { length } = [...password.normalize('NFC')]
  if (length < 8) return 'too_short'
  if (length > 128) return 'too_long'
  const small = password.normalize('NFC').toLowerCase()
  const folded = names.map((name) => name.normalize('NFC').toLowerCase())
  if (folded.some((name) => [...name].length >= 3 && small.includes(name))) return 'contains_name'
  return null
}

/** 0 nothing yet, 1 weak, 2 fair, 3 good: length first, then how many different characters there are. */
export function passwordStrength(password: string): 0 | 1 | 2 | 3 {
  if (password === '') return 0
  const variety = new Set(password).size
  if (password.length < 8 || variety < 5) return 1
  return password.length >= 12 && variety >= 8 ? 3 : 2
}

const refusedFields: Readonly<Record<string, SignupMistakes>> = {
  'accounts.site_id_taken': { siteId: 'siteIdTaken' },
  'accounts.nickname_taken': { nickname: 'nicknameTaken' },
  'accounts.nickname_not_allowed': { nickname: 'nicknameInvalid' },
  'accounts.phone_not_valid': { phone: 'phoneInvalid' },
}

/** Which field a refusal of the server belongs to; null when it concerns all of them. */
export function mistakesFromRefusal(code: string, reason: string | null): SignupMistakes | null {
  if (code !== 'accounts.password_too_weak') return refusedFields[code] ?? null
  const known = (['too_short', 'too_long', 'common', 'contains_name'] as const).find((each) => each === reason)
  return { password: known ?? 'common' }
}
