import { randomUUID } from 'node:crypto'
import { afterAll } from 'vitest'
import { openWallets } from '#modules/ledger/open-wallets.ts'
import { giveGift } from '#modules/operator/give-gift.ts'
import type { DrawsOf } from '#modules/rounds/play-rounds.ts'
import { startSession } from '#modules/sessions/start-session.ts'
import { openLog } from '#platform/log.ts'
import type { PlayerCaller } from '#platform/route/endpoint.ts'
import type { App } from '#server/app.ts'
import { parseConfig } from '#server/config.ts'
import { type House, openHouse } from '#server/house.ts'
import { openApp } from '#server/open-app.ts'
import { createTestDatabase } from '#tests/database.ts'
import type { Asset } from '#vocabulary/amount.ts'
import type { Clock } from '#vocabulary/clock.ts'

/** A clock that only moves when it is told to. */
export type HandClock = Clock & { readonly turn: (milliseconds: number) => void }

export function handClock(start = new Date('2026-11-23T03:00:00Z')): HandClock {
  let now = start.getTime()
  return {
    now: () => new Date(now),
    turn: (milliseconds) => {
      now += milliseconds
    },
  }
}

type TestHouseOptions = {
  readonly clock?: Clock
  readonly drawsOf?: DrawsOf
  readonly settings?: Readonly<Record<string, string>>
  /** Another process of a house that is open already: same database, nothing else shared. */
  readonly connectionString?: string
}

/** The whole house on a database of its own, with every reply checked against its contract. */
export async function openTestHouse(options: TestHouseOptions = {}): Promise<House & { connectionString: string }> {
  const connectionString = options.connectionString ?? (await createTestDatabase()).connectionString
  const config = parseConfig(
    { NODE_ENV: 'test', LOG_LEVEL: 'silent', RATE_LIMITS: 'false', PORT: '0', ...options.settings },
    (name) => `test secret that is long enough for ${name}`,
  )
  const app = await openApp(config, connectionString, {
    log: openLog('silent'),
    ...(options.clock ? { clock: options.clock } : {}),
  })
  const house = await openHouse(app, { checkReplies: true, ...(options.drawsOf ? { drawsOf: options.drawsOf } : {}) })
  afterAll(async () => {
    await house.stop()
    await app.close()
  })
  return { ...house, connectionString }
}

let players = 0

/** A player as the tables see one: no password, no session. For tests that do not go through the door. */
export async function newPlayer(app: App, holdings: Partial<Record<Asset, bigint>> = {}): Promise<bigint> {
  const name = `p${process.pid}_${++players}`
  const playerId = await app.inTransaction(async (tx) => {
    const { id: inviteId } = await tx.sql
      .insertInto('accounts_invite')
      .values({
        code: name,
        code_hash: Buffer.from(name),
        is_drawn: false,
        rank: 'STANDARD',
        created_at: app.clock.now(),
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    const { id } = await tx.sql
      .insertInto('accounts_player')
      .values({
        site_id: name,
        nickname: name,
        nickname_key: name,
        password_hash: 'none',
        rank: 'STANDARD',
        invite_id: inviteId,
        created_at: app.clock.now(),
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    await openWallets(tx, id)
    return id
  })
  for (const asset of ['token', 'gem'] as const) {
    const amount = holdings[asset]
    if (amount) await give(app, playerId, asset, amount)
  }
  return playerId
}

/** Hands a player value from the operators' till. */
export async function give(app: App, playerId: bigint, asset: Asset, amount: bigint): Promise<void> {
  await giveGift(app, { playerId, asset, amount, requestId: randomUUID() })
}

/** Begins a session, as a login would, and gives the headers that a client then sends. */
export async function signIn(app: App, playerId: bigint, rank: PlayerCaller['rank'] = 'STANDARD') {
  const client = { address: '127.0.0.1', userAgent: 'test', isBrowser: false }
  const subject = { kind: 'player', playerId, rank } as const
  const { accessToken } = await app.inTransaction((tx) => startSession(app, tx, subject, client))
  return { authorization: `Bearer ${accessToken}` }
}
