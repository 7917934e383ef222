import { hash } from 'node:crypto'
import { hmacSha256From } from '@casino-club/fairness/hmac-sha256.ts'
import type { Receipt } from '@casino-club/fairness/receipt.ts'
import { drawsForRound } from '@casino-club/fairness/stream.ts'
import { readConfigs } from '#modules/odds/read-configs.ts'
import { readPairsOfRounds } from '#modules/seeds/read-pair.ts'
import type { App } from '#server/app.ts'
import { Bug } from '#vocabulary/failure.ts'
import { roundNotFound } from './contract.ts'
import type { AnyGame } from './game.ts'
import { listRounds, readRound } from './list-rounds.ts'
import type { Round } from './rounds.sql.ts'

export type RoundReceipt = { readonly round: Round; readonly receipt: Receipt }

/** Three times as fast here as the portable one (see `hmac-sha256.ts`). */
const hmacSha256 = hmacSha256From((bytes) => hash('sha256', bytes, 'buffer'))

/**
 * The receipt of one of a player's own rounds, with its configuration: enough for a stranger to decide it again.
 *
 * @throws Refusal `rounds.not_found` also for a round from before there were seeds.
 */
export async function readReceipt(
  app: App,
  games: readonly AnyGame[],
  playerId: bigint,
  roundId: bigint,
): Promise<RoundReceipt> {
  const round = await readRound(app.db, playerId, roundId)
  const { receipts, configs } = await receiptsOf(app, games, playerId, [round])
  const [found] = receipts
  if (!found) throw roundNotFound.with()
  const config = configs.find(({ hash }) => hash === found.receipt.config_hash)?.config ?? null
  // `config` has a hash of its own and is not under the receipt's.
  return { round, receipt: { ...found.receipt, config } as Receipt }
}

/**
 * A page of a player's own receipts, newest first, and each configuration they name once.
 *
 * @throws Refusal `request.cursor_invalid`
 */
export async function listReceipts(
  app: App,
  games: readonly AnyGame[],
  playerId: bigint,
  asked: { game?: string | undefined; limit: number; cursor?: string | undefined },
) {
  const { rounds, nextCursor } = await listRounds(app.db, playerId, asked)
  return { ...(await receiptsOf(app, games, playerId, rounds)), nextCursor }
}

/**
 * Puts receipts together from what is kept. Outcome and states are those written with the round; only the list of
 * draws is drawn again from the seeds, since it follows from them.
 */
async function receiptsOf(app: App, games: readonly AnyGame[], playerId: bigint, rounds: readonly Round[]) {
  const drawn = rounds.filter((round) => round.draws !== null)
  const [pairs, configs] = await Promise.all([
    readPairsOfRounds(
      app,
      playerId,
      drawn.map((round) => round.draws?.pairId ?? 0n),
    ),
    readConfigs(
      app.db,
      drawn.map((round) => round.configId),
    ),
  ])
  const receipts = drawn.map((round): RoundReceipt => {
    const game = games.find(({ id }) => id === round.game)
    const pair = round.draws && pairs.get(round.draws.pairId)
    const published = configs.get(round.configId)
    if (!game || !pair || !published) throw new Bug(`round ${round.id} cannot be told again`)
    const { clientSeed, commitment } = pair
    const nonce = Number(round.draws?.nonce)
    const envelope = {
      format: 'casino-club-receipt-1',
      commitment,
      server_seed: pair.serverSeed,
      client_seed: clientSeed,
      nonce,
      config_hash: published.hash,
      config: null,
    } as const
    const draws = drawsForRound({ serverSeed: pair.secretSeed, clientSeed, nonce }, hmacSha256)
    return { round, receipt: game.receiptOf(published.config, round, envelope, draws) }
  })
  return { receipts, configs: [...configs.values()] }
}
