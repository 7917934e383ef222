import type { CrashPlayer } from '#tests/crash/crash-player.ts'
import type { Evidence } from '#tests/crash/evidence.ts'

/**
 * Something that players do while the killer is about. To add one: write it in a file of its own and put it on
 * the list in `acts.ts`.
 */
export type Act = {
  readonly name: string
  /** How often it is chosen, beside the shares of the others. */
  readonly share: number
  /** One turn of one player. Deeds go through `player.plan` and `settle`, reads through `player.read`. */
  readonly turn: (player: CrashPlayer) => Promise<void>
}

/** A question to the database and the journal after the last restart. Says everything that is wrong. */
export type Check = {
  readonly name: string
  readonly look: (evidence: Evidence) => Promise<string[]> | string[]
}
