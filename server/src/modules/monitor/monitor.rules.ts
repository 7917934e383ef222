/** What all figures of one configuration together may say wrongly of a correct game, ever. */
export const ALPHA = 1e-3

/** How many times likelier than "as published" what was seen has to be. An alarm is 1 ÷ ALPHA. */
export const WATCH_FROM = 20
export const ALARM_FROM = 1_000

export type MonitorState = 'ok' | 'watch' | 'alarm'

export type Standing = {
  readonly logEvidence: number
  readonly highestLogEvidence: number
  readonly state: MonitorState
  readonly stateSince: Date
}

/** How a game stands after more rounds. An alarm stays; being watched ends when the evidence is gone. */
export function standingAfter(before: Standing, logEvidence: number, impossible: bigint, at: Date): Standing {
  const highestLogEvidence = Math.max(before.highestLogEvidence, logEvidence)
  const isAlarm = impossible > 0n || highestLogEvidence >= Math.log(ALARM_FROM)
  const state = isAlarm ? 'alarm' : logEvidence >= Math.log(WATCH_FROM) ? 'watch' : 'ok'
  return { logEvidence, highestLogEvidence, state, stateSince: state === before.state ? before.stateSince : at }
}

/** Evidence as people read it: 1 is none at all, 20 is worth watching, 1000 an alarm. Three digits, and no end of them. */
export function evidenceOf(logEvidence: number): number {
  return Number(Math.exp(Math.min(logEvidence, 690)).toPrecision(3))
}
