import { randomUUID } from 'node:crypto'
import { createInvite } from '#modules/accounts/create-invite.ts'
import { signUp } from '#modules/accounts/sign-up.ts'
import type { House } from '#server/house.ts'

export async function seedDemo(_house: House): Promise<string[]> {
  void randomUUID
  void createInvite
  void signUp
  return []
}
