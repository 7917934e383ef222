import { readFileSync } from 'node:fs'

const common = new Set(
  readFileSync(new URL('./common-passwords.txt', import.meta.url), 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#')),
)

/** Whether it is in the list we ship (17 973 of eight characters or more). Asked with NFC, lower case. */
export function isCommonPassword(password: string): boolean {
  return common.has(password)
}
