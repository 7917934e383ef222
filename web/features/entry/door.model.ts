/** What a dialog of the doorstep is for. */
export type Door = 'login' | 'signup'

const doors: readonly Door[] = ['login', 'signup']

/** The door that an address opens: `#login`, `#signup`. Null for every other fragment. */
export function doorIn(hash: string): Door | null {
  return doors.find((door) => hash === `#${door}`) ?? null
}
