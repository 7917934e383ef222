import { hash } from 'node:crypto'
import { canonicalJson } from '@casino-club/fairness/canonical.ts'
import type { Tx } from '#platform/postgres/database.ts'
import { insertLogEntry, lockPublishing, selectLastLogEntry, selectLastSubject, selectLogEntryOf } from './odds.sql.ts'

/** What the first entry is hashed together with. */
const NOTHING_BEFORE = '0'.repeat(64)

/**
 * Enters a fact into the public log, hashed together with the entry before it. What is entered already is not
 * entered again.
 *
 * @param subject names the fact for ever, such as `config:7`.
 */
export async function appendToLog(
  tx: Tx,
  subject: string,
  fact: Readonly<Record<string, string | number>>,
  at: Date,
): Promise<void> {
  await lockPublishing(tx)
  if (await selectLogEntryOf(tx, subject)) return
  const last = await selectLastLogEntry(tx)
  const number = (last?.number ?? 0n) + 1n
  const previousHash = last?.hash ?? NOTHING_BEFORE
  const body = canonicalJson({ ...fact, number: Number(number), subject, at: at.toISOString() })
  const entryHash = hash('sha256', `${previousHash}\n${body}`)
  await insertLogEntry(tx, { number, subject, body, previous_hash: previousHash, hash: entryHash })
}

/** The last of the subjects `<kind>:…` in the log, without its kind; null when there is none. */
export async function lastInLog(tx: Tx, kind: string): Promise<string | null> {
  return (await selectLastSubject(tx, `${kind}:`))?.slice(kind.length + 1) ?? null
}
