/*
 * The table of the house. A module looks down only: it may import the doors of modules on lower floors
 * (and its own files), the platform's machines and the vocabulary. Tidy reads this table.
 */

export type Floor = 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8

export type Room = {
  readonly floor: Floor
  /** The files that higher floors may import. `contract.ts` opens its refusals to everyone above. */
  readonly doors: readonly string[]
  /** The prefix of its tables. */
  readonly tables: string
  /** The till it pays from, if it has one. */
  readonly till?: string
}

export const FLOORS: Readonly<Record<string, Room>> = {
  ledger: {
    floor: 1,
    tables: 'ledger_',
    doors: [
      'contract.ts',
      'audit-books.ts',
      'ledger.rules.ts',
      'open-books.ts',
      'open-wallets.ts',
      'post-transfers.ts',
      'read-balances.ts',
      'read-turnover.ts',
      'read-wallet.ts',
      'request-hash.ts',
      'transfer-ids.ts',
      'wallet-news.ts',
    ],
  },
  odds: {
    floor: 1,
    tables: 'odds_',
    doors: ['append-to-log.ts', 'contract.ts', 'live-config.ts', 'publish-config.ts', 'read-configs.ts'],
  },
  credentials: {
    floor: 2,
    tables: 'credentials_',
    doors: [
      'contract.ts',
      'common-passwords.ts',
      'hash-password.ts',
      'known-device.ts',
      'passwords.rules.ts',
      'watch-guesses.ts',
    ],
  },
  sessions: {
    floor: 2,
    tables: 'sessions_',
    doors: [
      'contract.ts',
      'authenticate.ts',
      'end-sessions.ts',
      'grant-second-factor.ts',
      'refresh-session.ts',
      'sessions.rules.ts',
      'show-tokens.ts',
      'start-session.ts',
    ],
  },
  seeds: {
    floor: 2,
    tables: 'seeds_',
    doors: ['contract.ts', 'open-pair.ts', 'open-seeds.ts', 'read-counted-rounds.ts', 'read-pair.ts', 'rotate-pair.ts'],
  },
  accounts: {
    floor: 3,
    tables: 'accounts_',
    till: 'accounts',
    doors: ['contract.ts', 'change-standing.ts', 'create-invite.ts', 'read-player.ts', 'sign-up.ts'],
  },
  inventory: {
    floor: 3,
    tables: 'inventory_',
    doors: ['contract.ts', 'list-items.ts', 'open-inventories.ts', 'read-given.ts'],
  },
  operators: { floor: 3, tables: 'operators_', doors: ['contract.ts', 'make-bootstrap-secret.ts'] },
  rounds: {
    floor: 4,
    tables: 'rounds_',
    doors: [
      'contract.ts',
      'audit-rounds.ts',
      'events.ts',
      'game.ts',
      'list-rounds.ts',
      'play-rounds.ts',
      'read-play-state.ts',
      'read-rounds.ts',
      'read-stats.ts',
      'rounds.rules.ts',
      'rounds.sql.ts',
    ],
  },
  slot: { floor: 5, tables: 'slot_', till: 'slot', doors: ['contract.ts', 'slot.rules.ts', 'spin-slot.ts'] },
  gacha: {
    floor: 5,
    tables: 'gacha_',
    till: 'gacha',
    doors: ['audit-prizes.ts', 'contract.ts', 'gacha.rules.ts', 'play-gacha.ts', 'pull-gacha.ts'],
  },
  monitor: { floor: 6, tables: 'monitor_', doors: [] },
  operator: { floor: 8, tables: 'operator_', till: 'operator', doors: ['audit-house.ts', 'give-gift.ts'] },
}
