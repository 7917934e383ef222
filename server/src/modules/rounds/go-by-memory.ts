import type { TransferIds } from '#modules/ledger/transfer-ids.ts'
import type { Authentication } from '#modules/sessions/authenticate.ts'
import type { Caller, PlayerCaller } from '#platform/route/endpoint.ts'
import { Bug, isRefusal, type Refusal } from '#vocabulary/failure.ts'
import type { Configs, Play } from './game.ts'
import type { KnownPlayer, RememberedPlayers } from './remembered-players.ts'
import { type PlayState, roundsOnDay } from './rounds.rules.ts'

/** What is remembered of players, their sessions, and the numbers taken ahead. */
export type Memory = {
  readonly sessions: Authentication
  readonly players: RememberedPlayers
  readonly ids: TransferIds
}

/** A player who is gone by without a look, and the number of the transfer to come. */
export type Recalled = KnownPlayer & {
  readonly rank: PlayerCaller['rank']
  readonly state: PlayState
  readonly id: bigint
}

/**
 * The plays of a batch that need no look (decision 0046): as far as this process remembers, they are new and will be
 * played. A refusal is never told from memory, and neither is anything about a game with a shelf.
 */
export function goByMemory(memory: Memory, live: Configs, plays: readonly Play[], at: Date): Map<Play, Recalled> {
  const able = plays.flatMap((play) => {
    const known = orRefusal(() => recall(memory, live, play, at))
    return known && !('refusal' in known) ? [{ play, known }] : []
  })
  // A player's rounds have rising numbers. Whoever was looked at since these were taken has a higher one.
  able.sort(({ known: one }, { known: other }) => (one.lastId < other.lastId ? -1 : 1))
  const ids = memory.ids.take(
    able.map(({ known }) => known.lastId),
    at,
  )
  const recalled = new Map<Play, Recalled>()
  for (const [index, { play, known }] of able.entries()) {
    const id = ids[index]
    if (id !== undefined) recalled.set(play, { ...known, id })
  }
  return recalled
}

function recall({ players, sessions }: Memory, live: Configs, play: Play, at: Date): Omit<Recalled, 'id'> | undefined {
  const { playerId, requestId, game, input } = play
  const config = live.get(game)?.config
  const known = game.openShelf ? undefined : players.recall(playerId, requestId)
  const state = known?.states.get(game.id)
  if (!known || !state) return undefined
  const seen = typeof play.rank === 'object' ? known.session && sessions.recall(play.rank, known.session) : undefined
  const rank = typeof play.rank === 'object' ? seen && rankOf(seen.caller) : play.rank
  if (!rank || known.wallet.balance < game.stakeOf(config, input)) return undefined
  const isOverLimit = roundsOnDay(state, at) + game.countOf(input) > game.dailyLimit(config, rank)
  return isOverLimit ? undefined : { ...known, rank, state, session: seen?.session ?? known.session }
}

export function orRefusal<T>(act: () => T): T | { readonly refusal: Refusal } {
  try {
    return act()
  } catch (error) {
    if (isRefusal(error)) return { refusal: error }
    throw error
  }
}

export function rankOf(caller: Caller): PlayerCaller['rank'] {
  if (caller.kind !== 'player') throw new Bug('the session of a player is an operator’s')
  return caller.rank
}
