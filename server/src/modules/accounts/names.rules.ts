/* How players are called, and how it is told whether two are called the same. */

export const SITE_ID = '^[A-Za-z0-9_]{4,20}$'

/** `Neon_Fox` and `neon_fox` are one. Null for what no player can be called. */
export function siteIdOf(text: string): string | null {
  return new RegExp(SITE_ID).test(text) ? text.toLowerCase() : null
}

// Spelt out rather than \p{L}: among the letters of Unicode are some that cannot be seen (the Hangul
// fillers) and alphabets whose letters look like ours, either of which would make two players look alike.
const LETTER = '가-힣ㄱ-ㅎㅏ-ㅣA-Za-zÀ-ÖØ-öø-ÿ0-9'
const NICKNAME = new RegExp(`^[${LETTER}](?:[${LETTER} ]*[${LETTER}])?$`)

/** The nickname as it is shown, or null when it will not do: 2–16 letters or digits, spaces inside. */
export function nicknameOf(text: string): string | null {
  const nickname = text.normalize('NFC').replaceAll(/ {2,}/g, ' ')
  const length = [...nickname].length
  return length >= 2 && length <= 16 && NICKNAME.test(nickname) ? nickname : null
}

/** Equal for nicknames that people would take for one another. */
export function nicknameKey(nickname: string): string {
  return nickname.normalize('NFKC').toLowerCase().replaceAll(' ', '')
}

/**
 * What strangers may see of a nickname: `Neon Fox` is `N***x`. Always three asterisks, so that its length stays
 * hidden, and of a short one no second letter, which would give most of it away.
 */
export function maskedNickname(nickname: string): string {
  const letters = [...nickname]
  const last = letters.length > 3 ? letters.at(-1) : ''
  return `${letters[0] ?? ''}***${last}`
}

/** Digits only, in the Korean form: `+82 10-1234-5678` and `010 1234 5678` are one. Null when it is none. */
export function phoneOf(text: string): string | null {
  const digits = text.replaceAll(/[^\d+]/g, '').replace(/^(?:\+|00)82\(?0?/, '0')
  return /^(?:0\d{8,10}|\+[1-9]\d{7,14})$/.test(digits) ? digits : null
}

/** All that is kept in a readable form, so all that can be shown. */
export function maskedPhone(last4: string | null): string | null {
  return last4 === null ? null : `***-****-${last4}`
}
