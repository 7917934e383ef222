// What every game keeps of a sitting, and how it knows its own answers. Pure; amounts are whole tokens.

/** `Latest` is what a game's list of results shows of a round. */
export type Sitting<Latest> = {
  readonly rounds: number
  /** Tokens that came back minus tokens that were paid. */
  readonly net: number
  /** Newest first. */
  readonly latest: readonly Latest[]
}

export type SittingHappening<Latest> =
  | { readonly type: 'session_read'; readonly rounds: number; readonly net: number }
  | { readonly type: 'latest_read'; readonly latest: readonly Latest[] }

export const newSitting: Sitting<never> = { rounds: 0, net: 0, latest: [] }

/** The sitting with one more round in it, which brought `net`. `most` results stay in sight. */
export function withRound<Latest>(sitting: Sitting<Latest>, round: Latest, net: number, most: number): Sitting<Latest> {
  return {
    rounds: sitting.rounds + 1,
    net: sitting.net + net,
    latest: [round, ...sitting.latest].slice(0, most),
  }
}

/** What the server knows of earlier. It never replaces what was played here since: that is newer than any answer. */
export function withRead<Latest>(
  sitting: Sitting<Latest>,
  read: SittingHappening<Latest>,
  most: number,
): Sitting<Latest> {
  if (read.type === 'session_read')
    return sitting.rounds > 0 ? sitting : { ...sitting, rounds: read.rounds, net: read.net }
  return sitting.latest.length > 0 ? sitting : { ...sitting, latest: read.latest.slice(0, most) }
}

type Asked = { readonly ask: { readonly key: string } }

/**
 * Whether an answer to `key` is still awaited, in one of `phases`. Answers that come twice, or to an older ask,
 * change nothing.
 */
export function awaits<Stage extends { readonly phase: string }, Phase extends Stage['phase']>(
  stage: Stage,
  key: string,
  ...phases: readonly Phase[]
): stage is Extract<Stage, { readonly phase: Phase }> {
  if (!phases.some((phase) => phase === stage.phase) || !isAsked(stage)) return false
  return stage.ask.key === key
}

const isAsked = (stage: object): stage is Asked => 'ask' in stage
