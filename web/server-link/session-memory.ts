/**
 * The session itself is in cookies that no script can read. What is remembered here is only that there
 * was one, so that a visitor who never signed in is not told that "the session has ended".
 */
const key = 'casino-club.signed-in'

type Listener = () => void
const listeners = new Set<Listener>()

export function rememberSignedIn(): void {
  try {
    localStorage.setItem(key, '1')
  } catch {
    // storage may be forbidden; then the login page gives no reason, which is all this is for
  }
}

export function forgetSignedIn(): void {
  try {
    localStorage.removeItem(key)
  } catch {
    // see above
  }
}

export function wasSignedIn(): boolean {
  try {
    return localStorage.getItem(key) === '1'
  } catch {
    return false
  }
}

export function noteSessionEnded(): void {
  for (const listener of listeners) listener()
}

/** Returns the function that stops listening. */
export function onSessionEnded(listener: Listener): () => void {
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
  }
}
