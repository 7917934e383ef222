import type { Patch } from '#tests/planted/plant.ts'

/*
 * Mistakes that people make in systems like this one, each as a change to the text of a source file. They are
 * planted while the file is loaded (`plant-defect.ts`), in a server of the crash test and nowhere else. A harness
 * that stays green with one of them would prove nothing.
 */

export type Defect = {
  readonly name: string
  readonly what: string
  readonly patches: readonly Patch[]
  /** Constraints that would catch it first are taken away, so that the harness has to see it by itself. */
  readonly sql?: string
}

const ENGINE = 'rounds/play-rounds.ts'
const DECISION = 'rounds/decide-batch.ts'
const BOOKS = 'ledger/open-books.ts'
const LEDGER_SQL = 'ledger/ledger.sql.ts'
const ROUNDS_SQL = 'rounds/rounds.sql.ts'
const SEEDS_SQL = 'seeds/seeds.sql.ts'
const STOCK_SQL = 'gacha/gacha.sql.ts'
const OUTBOX = 'platform/outbox.ts'
const SESSIONS = 'sessions/authenticate.ts'

/** Where a batch is decided and committed. */
const DECIDED = 'app.inBatch((tx) => decideBatch(app, tx, live, means, some, attempt))'
/** Among the writes of a batch: what stands before it is committed by itself. */
const COMMIT_AND_BEGIN = `{ statement: { name: 'defect_commit', text: 'commit' }, values: [] },
        { statement: { name: 'defect_begin', text: 'begin' }, values: [] }`

/** Every batch begins and commits by statements, none by its Sync alone. */
const NO_LINE: Patch = {
  file: 'platform/postgres/line.ts',
  find: 'if (goTogether(client, asks)) {',
  replace: 'if (asks.length < 0) {',
}

const STATES_UNLOCKED: Patch = {
  file: ROUNDS_SQL,
  find: 'order by player_id, game\n      for update`',
  replace: 'order by player_id, game`',
}
// A player's pair of seeds is locked first, and would keep that player's rounds apart by itself.
const PAIRS_UNLOCKED: Patch = {
  file: SEEDS_SQL,
  find: 'from seeds_pair where player_id = any($1::bigint[])\n    order by player_id for update`',
  replace: 'from seeds_pair where player_id = any($1::bigint[]) order by player_id`',
}
const NONCES_UNCHECKED: Patch = { file: SEEDS_SQL, find: 'and p.next_nonce = n.before', replace: '' }
const WALLETS_UNLOCKED: Patch = { file: LEDGER_SQL, find: 'order by id\n      for update`', replace: 'order by id`' }
const WALLETS_UNCHECKED: Patch = {
  file: LEDGER_SQL,
  find: 'and a.entries = w.entries_before and a.balance = w.balance_before',
  replace: '',
}
const STATES_UNCHECKED: Patch = {
  file: ROUNDS_SQL,
  find: 'and s.rounds = n.rounds_before and s.rounds_today = n.rounds_today_before and s.state = n.state_before',
  replace: '',
}
// What was read is a moment old when it is decided on: a defect that needs luck to show is no evidence.
const SLOW_TO_DECIDE: Patch = {
  file: DECISION,
  find: '  const fresh: Round[] = []',
  replace: '  await new Promise((later) => setTimeout(later, 5))\n  const fresh: Round[] = []',
}
const READ_WITHOUT_LOCKS: readonly Patch[] = [
  PAIRS_UNLOCKED,
  NONCES_UNCHECKED,
  STATES_UNLOCKED,
  STATES_UNCHECKED,
  WALLETS_UNLOCKED,
  WALLETS_UNCHECKED,
  SLOW_TO_DECIDE,
]
const NUMBERS_UNCHECKED = 'drop index ledger_posting_is_numbered;'
const IDS_UNCHECKED = 'alter table ledger_transfer drop constraint ledger_transfer_is_asked_once;'

export const DEFECTS: readonly Defect[] = [
  {
    name: 'read-then-write',
    what: 'the balance is read without a lock, changed in memory and written back',
    patches: READ_WITHOUT_LOCKS,
    sql: NUMBERS_UNCHECKED,
  },
  {
    name: 'answer-before-commit',
    what: 'players hear of a round a moment before it is committed',
    patches: [
      {
        file: ENGINE,
        find: DECIDED,
        replace: `new Promise<DecidedBatch>((answer, fail) => {
          app.inBatch(async (tx) => {
            const decided = await decideBatch(app, tx, live, means, some, attempt)
            answer(decided.answer)
            await new Promise((later) => setTimeout(later, 3))
            return decided
          }).catch(fail)
        })`,
      },
    ],
  },
  {
    name: 'no-idempotency',
    what: 'earlier requests are not looked for, and nothing else stops a second one',
    patches: [{ file: LEDGER_SQL, find: 'and t.request_id = asked.request_id`', replace: 'and false`' }],
    sql: IDS_UNCHECKED,
  },
  {
    name: 'money-after-id',
    what: 'the id of a request and its round are committed before the money moves',
    patches: [
      {
        file: BOOKS,
        find: '...(transfers.length > 0 ? [insertTransfers(transfers)] : []),',
        replace: `...(transfers.length > 0 ? [insertTransfers(transfers), ${COMMIT_AND_BEGIN}] : []),`,
      },
      NO_LINE,
    ],
  },
  {
    name: 'event-outside',
    what: 'the event is written after the round has been committed, in a transaction of its own',
    patches: [
      {
        file: DECISION,
        find: '...telling(events),',
        replace: '...(app.defectEvents.push(...events), []),',
      },
      {
        file: ENGINE,
        find: DECIDED,
        replace: `(async () => {
          const events: unknown[] = []
          const own = { ...app, defectEvents: events }
          const decided = await app.inBatch((tx) => decideBatch(own, tx, live, means, some, attempt))
          await new Promise((later) => setTimeout(later, 3))
          const { telling } = await import('#platform/outbox.ts')
          await app.inTransaction((tx) => tx.write(telling(events)))
          return decided
        })()`,
      },
    ],
  },
  {
    name: 'lock-after-look',
    what: 'what is decided on was read before the lock was taken',
    patches: [
      ...READ_WITHOUT_LOCKS,
      {
        file: BOOKS,
        find: 'const wallets = new Map<Asset, Map<bigint, Wallet>>()',
        replace: `await tx.run(
          { name: 'defect_lock', text: 'select from ledger_account where player_id = any($1::bigint[]) order by id for update' },
          [playerIds],
        )
        const wallets = new Map<Asset, Map<bigint, Wallet>>()`,
      },
    ],
    sql: NUMBERS_UNCHECKED,
  },
  {
    name: 'clamped-balance',
    what: 'who has too little pays what there is, and plays all the same',
    patches: [
      {
        file: 'ledger/ledger.rules.ts',
        find: 'if (balance < 0n) return',
        replace: 'if (balance < -1_000_000n) return',
      },
      {
        file: 'ledger/ledger.rules.ts',
        find: 'const next = { balance,',
        replace: 'const next = { balance: balance < 0n ? 0n : balance,',
      },
      { file: 'ledger/ledger.rules.ts', find: 'balanceAfter: balance,', replace: 'balanceAfter: next.balance,' },
      {
        file: DECISION,
        find: "if (books.balance(asked.playerId, 'token') >= stake) return undefined",
        replace: 'return undefined',
      },
    ],
  },
  {
    name: 'payout-without-posting',
    what: 'a win is told and kept with the round, and never posted',
    patches: [{ file: DECISION, find: '...(payout > 0n ?', replace: '...(payout > 50n && payout < 0n ?' }],
  },
  {
    name: 'refusal-forgotten',
    what: 'a refusal is not remembered: the same id succeeds when there is money again',
    patches: [
      {
        file: BOOKS,
        find: 'transfers.push({ id: newId,',
        replace: 'if (refused === null) transfers.push({ id: newId,',
      },
    ],
  },
  {
    name: 'rounds-after-money',
    what: 'the money is committed first, the rounds and states in a second transaction',
    patches: [
      {
        file: DECISION,
        find: '...(fresh.length > 0 ? [insertRounds(fresh)] : []),',
        replace: `${COMMIT_AND_BEGIN}, ...(fresh.length > 0 ? [insertRounds(fresh)] : []),`,
      },
    ],
  },
  {
    name: 'lost-reaction',
    what: 'events are marked as handled before their reactions have run',
    patches: [
      {
        file: OUTBOX,
        find: 'const events = (await tx.run(unhandled, [])).map(asEvent)',
        replace: `const events = (await tx.run(unhandled, [])).map(asEvent)
        await tx.run(markHandled, [events.map((event) => event.id), app.clock.now()])
        await tx.run({ name: 'defect_commit', text: 'commit' }, [])
        await new Promise((later) => setTimeout(later, 150))
        await tx.run({ name: 'defect_begin', text: 'begin' }, [])`,
      },
    ],
  },
  {
    name: 'double-reaction',
    what: 'what a reaction writes is committed before its events are marked as handled',
    patches: [
      {
        file: OUTBOX,
        find: 'if (events.length > 0) await tx.run(markHandled',
        replace: `await tx.run({ name: 'defect_commit', text: 'commit' }, [])
        await new Promise((later) => setTimeout(later, 150))
        await tx.run({ name: 'defect_begin', text: 'begin' }, [])
        if (events.length > 0) await tx.run(markHandled`,
      },
    ],
  },
  {
    name: 'stock-oversold',
    what: 'what is left of limited prizes is read without a lock and written back',
    patches: [
      { file: STOCK_SQL, find: 'order by item for update', replace: 'order by item' },
      { file: STOCK_SQL, find: 'and s.taken = n.before', replace: '' },
      {
        file: 'gacha/open-shelf.ts',
        find: 'return [...(changed.length > 0 ? [takeStock(changed)] : []),',
        replace: `return [{ statement: { name: 'defect_pause', text: 'select pg_sleep(0.01)' }, values: [] },
        ...(changed.length > 0 ? [takeStock(changed)] : []),`,
      },
    ],
    sql: 'alter table gacha_stock drop constraint gacha_stock_is_not_oversold;',
  },
  {
    name: 'nonce-reused',
    what: 'the nonce is read without a lock: rounds of two games in one moment draw with the same',
    patches: [PAIRS_UNLOCKED, NONCES_UNCHECKED, SLOW_TO_DECIDE],
  },
  {
    name: 'seed-not-revealed',
    what: 'a rotation puts another seed in place and forgets to reveal the old one',
    patches: [{ file: 'seeds/rotate-pair.ts', find: 'await insertRevealed(tx, revealed)', replace: '' }],
  },
  {
    name: 'seed-not-as-promised',
    what: 'a rotation goes on with a seed made when the client seed was known, instead of the promised one',
    patches: [
      {
        file: SEEDS_SQL,
        find: 'commitment = next_commitment,\n          sealed_seed = next_sealed_seed,',
        replace: 'commitment = $2,\n          sealed_seed = $3,',
      },
    ],
  },
  {
    name: 'stale-session-cache',
    what: 'a session that was looked up is believed for five seconds, in each process by itself',
    patches: [
      {
        file: SESSIONS,
        find: 'const judge = (claims',
        replace: `const believed = new Map<bigint, { session: SessionRow | null | undefined; until: number }>()
  const believe = (id: bigint, session: SessionRow | null | undefined) => {
    const remembered = believed.get(id)
    if (remembered !== undefined && remembered.until > Date.now()) return remembered.session
    believed.set(id, { session, until: Date.now() + 5_000 })
    return session
  }
  const judge = (claims`,
      },
      {
        file: SESSIONS,
        find: 'judge(claims, await lookUp.ask(claims.sessionId), app.clock.now())',
        replace: 'judge(claims, believe(claims.sessionId, await lookUp.ask(claims.sessionId)), app.clock.now())',
      },
      {
        file: SESSIONS,
        find: 'judge(claims, byId.get(claims.sessionId), now)',
        replace: 'judge(claims, believe(claims.sessionId, byId.get(claims.sessionId)), now)',
      },
    ],
  },
  {
    name: 'memory-believed',
    what: 'a round is decided on what is remembered, and nothing checks whether it is still so',
    patches: [NONCES_UNCHECKED, STATES_UNCHECKED, WALLETS_UNCHECKED],
    sql: NUMBERS_UNCHECKED,
  },
  {
    name: 'session-remembered',
    what: 'who is remembered plays on, whatever has become of the session',
    patches: [{ file: DECISION, find: '...(gone.length > 0 ? [means.sessions.stands(gone)] : []),', replace: '' }],
  },
]
