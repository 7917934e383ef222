import pg from 'pg'

/*
 * Believable contents for the tests that need a database which has been lived in (migrations on a seeded
 * database, the backup rehearsal).
 */

/** Fills a migrated database. Returns how many rows each table got at least. */
export async function fillDatabase(connectionString: string): Promise<void> {
  const client = new pg.Client({ connectionString })
  await client.connect()
  try {
    await client.query('begin')
    await client.query(`
      insert into outbox_event (kind, player_id, payload, happened_at)
      select 'rounds.played', 1001 + i % 50, jsonb_build_object('round', i, 'text', 'a "quoted", \\ and 한국어 🎰'),
             timestamptz '2026-01-01' + i * interval '1 minute'
        from generate_series(1, 2000) as i`)
    await client.query(`
      insert into ledger_account (player_id, asset, balance, entries)
      select 1001 + i, 'token', 200 + i, 1 from generate_series(0, 49) as i`)
    await client.query(`
      insert into ledger_transfer (player_id, request_id, request_hash, reason, occurred_at)
      select player_id, gen_random_uuid(), sha256(player_id::text::bytea), 'accounts.welcome', now()
        from ledger_account where player_id is not null`)
    await client.query(`
      insert into ledger_posting (transfer_id, from_account, to_account, amount, number, balance_after)
      select t.id, 1, a.id, a.balance, 1, a.balance
        from ledger_transfer t join ledger_account a using (player_id)`)
    await client.query('commit')
  } finally {
    await client.end()
  }
}
