/** What the counter shows `elapsedMs` into counting from `from` to `to`: whole, monotonic, exact at the end. */
export function countedTo(from: number, to: number, elapsedMs: number, lengthMs: number): number {
  if (elapsedMs >= lengthMs) return to
  const share = 1 - (1 - elapsedMs / lengthMs) ** 3
  return Math.round(from + (to - from) * share)
}
