/**
 * Where to go after signing in. Only paths of our own in this language's pages count: anything else would let a
 * link send players to a stranger's site.
 */
export function safeNext(next: string | null, fallback: string): string {
  if (!next || !/^\/(ko|en)\/[\w\-/?=&%.]*$/.test(next) || next.includes('//')) return fallback
  return next
}

/** The same page in another language. */
export function inLanguage(path: string, language: string): string {
  return path.replace(/^\/(ko|en)(?=\/|$|\?)/, `/${language}`)
}
