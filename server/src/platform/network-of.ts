import { isIPv6 } from 'node:net'

/** An IPv4 address as IPv6 writes it: five groups of nothing, one of ones, and the four bytes in two. */
const MAPPED = [0, 0, 0, 0, 0, 0xffff]

/**
 * Whom an address is counted for when it is limited. An IPv4 address is one; of an IPv6 address it is the first 64 bits,
 * since whoever has one has all that begin so, and could come from a new one with every call.
 */
export function networkOf(address: string): string {
  if (!isIPv6(address)) return address
  const groups = groupsOf(address)
  if (MAPPED.every((group, at) => groups[at] === group))
    return groups
      .slice(6)
      .flatMap((group) => [group >> 8, group & 255])
      .join('.')
  return `${groups
    .slice(0, 4)
    .map((group) => group.toString(16))
    .join(':')}::/64`
}

function groupsOf(address: string): number[] {
  const [whole = ''] = address.split('%', 1)
  const [before = [], after] = whole.split('::').map((part) => part.split(':').filter(Boolean).flatMap(numbersOf))
  if (!after) return before
  return [...before, ...Array<number>(8 - before.length - after.length).fill(0), ...after]
}

function numbersOf(group: string): number[] {
  if (!group.includes('.')) return [Number.parseInt(group, 16)]
  const [first = 0, second = 0, third = 0, fourth = 0] = group.split('.').map(Number)
  return [first * 256 + second, third * 256 + fourth]
}
