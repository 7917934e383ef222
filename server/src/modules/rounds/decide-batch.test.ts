import { randomUUID } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { changeRank } from '#modules/accounts/change-standing.ts'
import { auditHouse } from '#modules/operator/audit-house.ts'
import { rotatePair } from '#modules/seeds/rotate-pair.ts'
import { openAuthentication } from '#modules/sessions/authenticate.ts'
import { endSessions } from '#modules/sessions/end-sessions.ts'
import { slot } from '#modules/slot/slot.rules.ts'
import type { App } from '#server/app.ts'
import type { House } from '#server/house.ts'
import { give, handClock, newPlayer, openTestHouse, signIn } from '#tests/house.ts'
import { DAY, MINUTE, SECOND } from '#vocabulary/clock.ts'
import { isRefusal } from '#vocabulary/failure.ts'
import { asAnyGame } from './game.ts'
import { openEngine } from './play-rounds.ts'

/*
 * Rounds that go by memory (decision 0046): this process has played with the player before and looks at nothing. Each
 * test changes something behind its back. What holds them is the checks in the statements that write: `countNonces`,
 * `saveStates`, `updateWallets`, `sessionsStand`, and the key of `ledger_transfer`.
 */

const clock = handClock()
// One batch at a time, so that twenty rounds asked for together are decided together.
const here = await openTestHouse({ clock, settings: { BATCHES_IN_FLIGHT: '1' } })
const elsewhere = await openTestHouse({ clock, connectionString: here.connectionString })
const { app } = here
const authentication = openAuthentication(app)
const game = asAnyGame(slot)
const BET = 10n

type Claims = ReturnType<typeof authentication.read>

const play = (house: House, playerId: bigint, rank: 'STANDARD' | Claims, requestId: string = randomUUID()) =>
  house.engine.play({
    playerId,
    rank: rank === 'STANDARD' ? rank : { ...rank, kind: 'player' },
    requestId,
    game,
    input: { betTokens: BET },
  })

const figures = async () => {
  const value = async (figure: typeof app.metrics.batchesRedone) => (await figure.get()).values[0]?.value ?? 0
  return { byMemory: await value(app.metrics.roundsByMemory), redone: await value(app.metrics.batchesRedone) }
}

/** Plays, and says how many rounds went by memory and how many batches had to be decided again. */
async function counted<T>(act: () => Promise<T>): Promise<{ came: T; byMemory: number; redone: number }> {
  const before = await figures()
  const came = await act()
  const after = await figures()
  return { came, byMemory: after.byMemory - before.byMemory, redone: after.redone - before.redone }
}

/** Numbers that were taken ahead of time are too old now: the next batch takes others, higher than any before. */
const takeNewNumbers = () => clock.turn(11 * SECOND)

/** A player who has played here, so that the next round goes by memory. */
async function regular(): Promise<{ playerId: bigint; claims: Claims }> {
  takeNewNumbers()
  return newcomer()
}

async function newcomer(): Promise<{ playerId: bigint; claims: Claims }> {
  const playerId = await newPlayer(app, { token: 1_000n })
  const { authorization } = await signIn(app, playerId)
  const claims = authentication.read(authorization.slice('Bearer '.length))
  await play(here, playerId, claims)
  return { playerId, claims }
}

const rowsOf = (playerId: bigint) =>
  app.db.sql.selectFrom('rounds_round').selectAll().where('player_id', '=', playerId).orderBy('id').execute()

test('the second round of a player goes by memory, and is as good as the first', async () => {
  const { playerId, claims } = await regular()
  const { came, byMemory, redone } = await counted(() => play(here, playerId, claims))
  expect([byMemory, redone]).toEqual([1, 0])
  const [first, second] = await rowsOf(playerId)
  expect(second).toMatchObject({ id: came.id, nonce: 1n, balance_after: came.balanceAfter })
  expect(came.id).toBeGreaterThan(first?.id ?? came.id)
  expect((await auditHouse(app)).differences).toEqual([])
})

test('a round by memory asks the database nothing before it is written', async () => {
  const { playerId, claims } = await regular()
  const asked: string[] = []
  const listening: App = {
    ...app,
    inBatch: (work) =>
      app.inBatch((tx) =>
        work({
          ...tx,
          run: (statement, values) => {
            asked.push(statement.name)
            return tx.run(statement, values)
          },
        }),
      ),
  }
  const engine = openEngine(listening, here.configs, authentication)
  const spin = () => play({ ...here, engine }, playerId, claims)
  await spin()
  expect(asked).toContain('ledger_lock_wallets')
  asked.length = 0
  await spin()
  expect(asked).toEqual([])
})

test('a round that would be refused is not decided by memory: it is looked at, and refused for what is found', async () => {
  const playerId = await newPlayer(app, { token: BET })
  await play(here, playerId, 'STANDARD')
  const wallet = () => app.db.sql.selectFrom('ledger_account').select('balance').where('player_id', '=', playerId)
  const { balance } = await wallet().where('asset', '=', 'token').executeTakeFirstOrThrow()
  await give(elsewhere.app, playerId, 'token', BET - (balance % BET))

  const rich = await counted(() => play(here, playerId, 'STANDARD'))
  expect(rich.came.playerId).toBe(playerId)

  const poor = await newPlayer(app, { token: BET })
  while ((await play(here, poor, 'STANDARD')).balanceAfter >= BET);
  const { came, byMemory, redone } = await counted(() => play(here, poor, 'STANDARD').catch((error: unknown) => error))
  expect(isRefusal(came) && came.kind.code).toBe('ledger.insufficient_balance')
  expect([byMemory, redone]).toEqual([0, 0])
})

describe('what has changed behind the back of memory is found, and counts', () => {
  type Regular = Awaited<ReturnType<typeof regular>>
  const changes: readonly { what: string; change: (it: Regular) => Promise<unknown> }[] = [
    { what: 'a gift', change: ({ playerId }) => give(elsewhere.app, playerId, 'token', 500n) },
    { what: 'another pair of seeds', change: ({ playerId }) => rotatePair(elsewhere.app, playerId, 'koi') },
    { what: 'a round in another process', change: ({ playerId, claims }) => play(elsewhere, playerId, claims) },
    {
      what: 'a corrected balance',
      change: ({ playerId }) =>
        app.db.sql
          .updateTable('ledger_account')
          .set({ balance: 5_000n })
          .where('player_id', '=', playerId)
          .where('asset', '=', 'token')
          .execute(),
    },
    {
      what: 'a streak given by hand',
      change: ({ playerId }) =>
        app.db.sql
          .updateTable('rounds_state')
          .set({ state: JSON.stringify({ streak: 17 }) })
          .where('player_id', '=', playerId)
          .execute(),
    },
    {
      what: 'rounds of today forgiven',
      change: ({ playerId }) =>
        app.db.sql.updateTable('rounds_state').set({ rounds_today: 0 }).where('player_id', '=', playerId).execute(),
    },
    { what: 'another rank', change: ({ playerId }) => changeRank(elsewhere.app, playerId, 'VIP') },
  ]

  test.each(changes)('$what', async ({ change }) => {
    const it = await regular()
    await change(it)
    const stateBefore = await app.db.sql
      .selectFrom('rounds_state')
      .selectAll()
      .where('player_id', '=', it.playerId)
      .executeTakeFirstOrThrow()
    const wallet = () =>
      app.db.sql
        .selectFrom('ledger_account')
        .selectAll()
        .where('player_id', '=', it.playerId)
        .where('asset', '=', 'token')
        .executeTakeFirstOrThrow()
    const walletBefore = await wallet()
    const pair = await app.db.sql
      .selectFrom('seeds_pair')
      .selectAll()
      .where('player_id', '=', it.playerId)
      .executeTakeFirstOrThrow()

    const { came, byMemory, redone } = await counted(() => play(here, it.playerId, it.claims))

    expect([byMemory, redone]).toEqual([0, 1])
    expect(came.draws).toEqual({ pairId: pair.id, nonce: pair.next_nonce })
    expect(came.balanceAfter).toBe(walletBefore.balance - BET + came.payout)
    expect((await wallet()).balance).toBe(came.balanceAfter)
    const stateAfter = await app.db.sql
      .selectFrom('rounds_state')
      .selectAll()
      .where('player_id', '=', it.playerId)
      .executeTakeFirstOrThrow()
    expect(stateAfter).toMatchObject({
      rounds: stateBefore.rounds + 1n,
      rounds_today: stateBefore.rounds_today + 1,
      staked: stateBefore.staked + BET,
    })
    const shown = came.outcome as { streak: number }
    const wasOn = (stateBefore.state as { streak: number }).streak
    expect([0, wasOn + 1]).toContain(shown.streak)
  })

  test('a session that has ended: refused, and nothing has moved', async () => {
    const { playerId, claims } = await regular()
    await app.inTransaction((tx) => endSessions(elsewhere.app, tx, { kind: 'player', playerId }, 'logged_out'))
    const { came, byMemory, redone } = await counted(() =>
      play(here, playerId, claims).catch((error: unknown) => error),
    )
    expect(isRefusal(came) && came.kind.code).toBe('session.ended')
    expect([byMemory, redone]).toEqual([0, 1])
    expect(await rowsOf(playerId)).toHaveLength(1)
  })

  test('a request that was answered in another process: its own round again', async () => {
    const { playerId, claims } = await regular()
    const requestId = randomUUID()
    const first = await play(elsewhere, playerId, claims, requestId)
    const { came, redone } = await counted(() => play(here, playerId, claims, requestId))
    expect(came).toEqual(first)
    expect(redone).toBe(1)
    expect(await rowsOf(playerId)).toHaveLength(2)
  })

  test('the neighbours of a batch that failed get their rounds all the same, and are remembered', async () => {
    const regulars: Regular[] = []
    while (regulars.length < 20) regulars.push(await newcomer())
    const [spoiled] = regulars
    if (!spoiled) throw new Error('nobody plays')
    const all = () => Promise.all(regulars.map(({ playerId, claims }) => play(here, playerId, claims)))
    takeNewNumbers()
    await all()
    await give(elsewhere.app, spoiled.playerId, 'token', 1n)
    const failed = await counted(all)
    expect([failed.byMemory, failed.redone]).toEqual([0, 1])
    takeNewNumbers()
    await all()
    // The one who was found changed is looked at for a while.
    const next = await counted(all)
    expect([next.byMemory, next.redone]).toEqual([19, 0])
    for (const { playerId } of regulars) expect(await rowsOf(playerId)).toHaveLength(5)
  })
})

describe('the use of a session, by memory', () => {
  const lastUsed = async ({ sessionId }: Claims) =>
    (
      await app.db.sql
        .selectFrom('sessions_session')
        .select('last_used_at')
        .where('id', '=', sessionId)
        .executeTakeFirstOrThrow()
    ).last_used_at
  /** A round by memory, so much later. Somebody else brings numbers that are fresh: without those nothing goes so. */
  const playAfter = async (milliseconds: number, { playerId, claims }: Awaited<ReturnType<typeof regular>>) => {
    clock.turn(milliseconds)
    await newcomer()
    const { byMemory, redone } = await counted(() => play(here, playerId, claims))
    expect([byMemory, redone]).toEqual([1, 0])
    return clock.now()
  }
  /** Longer than uses are gathered for. */
  const untilNoted = () => wait(500)

  test('is noted by the minute, without a look, and not with every round', async () => {
    const player = await regular()
    const noted = await playAfter(MINUTE, player)
    await expect.poll(() => lastUsed(player.claims)).toEqual(noted)
    await playAfter(MINUTE - SECOND, player)
    await untilNoted()
    expect(await lastUsed(player.claims)).toEqual(noted)
  })

  test('is noted of somebody, too, who never stops for a minute', async () => {
    const player = await regular()
    await playAfter(40 * SECOND, player)
    const second = await playAfter(40 * SECOND, player)
    await expect.poll(() => lastUsed(player.claims)).toEqual(second)
  })

  test('is noted when it comes while another is being written down', async () => {
    const players = [await newcomer(), await newcomer()]
    clock.turn(MINUTE)
    await newcomer()
    const holder = await app.pool.connect()
    await holder.query('begin; lock table sessions_session in share row exclusive mode')
    for (const { playerId, claims } of players) {
      await play(here, playerId, claims)
      await untilNoted()
    }
    await holder.query('commit')
    holder.release()
    for (const { claims } of players) await expect.poll(() => lastUsed(claims)).toEqual(clock.now())
  })

  test('does not bring one back that has run out, however often it is tried', async () => {
    const { playerId, claims } = await regular()
    const before = await lastUsed(claims)
    clock.turn(8 * DAY)
    for (let times = 0; times < 4; times++) {
      const came = await play(here, playerId, claims).catch((error: unknown) => error)
      expect(isRefusal(came) && came.kind.code).toBe('session.ended')
    }
    await untilNoted()
    expect(await lastUsed(claims)).toEqual(before)
    expect(await rowsOf(playerId)).toHaveLength(1)
  })

  test('is not noted of one that has ended', async () => {
    const { playerId, claims } = await regular()
    await app.inTransaction((tx) => endSessions(elsewhere.app, tx, { kind: 'player', playerId }, 'logged_out'))
    const before = await lastUsed(claims)
    clock.turn(MINUTE)
    await newcomer()
    await expect(play(here, playerId, claims)).rejects.toThrow()
    await untilNoted()
    expect(await lastUsed(claims)).toEqual(before)
  })
})

test('an old request sent again and again makes one batch fail, not every one', async () => {
  const { playerId, claims } = await regular()
  const requestId = randomUUID()
  const first = await play(here, playerId, claims, requestId)
  for (let rounds = 0; rounds < 5; rounds++) await play(here, playerId, claims)
  const { came, redone } = await counted(async () => {
    const answers = []
    for (let times = 0; times < 6; times++) answers.push(await play(here, playerId, claims, requestId))
    return answers
  })
  expect(came).toEqual(Array.from({ length: 6 }, () => first))
  expect(redone).toBe(1)
})
