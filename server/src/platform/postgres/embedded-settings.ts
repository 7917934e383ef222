import { chown, writeFile } from 'node:fs/promises'
import { totalmem } from 'node:os'
import { join } from 'node:path'
import type { Account } from '#platform/postgres/embedded-account.ts'
import { type Place, socketFolder } from '#platform/postgres/embedded-place.ts'

export async function writeSettings(place: Place, account: Account, port: number): Promise<void> {
  const file = join(place.data, 'postgresql.conf')
  await writeFile(file, settings(socketFolder(place), port), { mode: 0o600 })
  if (account.owner) await chown(file, account.owner.uid, account.owner.gid)
}

function settings(socketDir: string | undefined, port: number): string {
  return `# Written anew at every start of Casino Club. Put your own settings into local.conf in this folder.

listen_addresses = '127.0.0.1'
port = ${port}
unix_socket_directories = '${socketDir ?? ''}'
max_connections = 100

# A committed round is on disk before a player hears of it. The program refuses to run with any of these off.
fsync = on
full_page_writes = on
synchronous_commit = on

# For two cores that PostgreSQL shares with Node: one statement never takes the second core from the players.
shared_buffers = ${sharedBuffersMb()}MB
effective_cache_size = 1GB
work_mem = 8MB
maintenance_work_mem = 128MB
max_parallel_workers_per_gather = 0
max_parallel_maintenance_workers = 1
# Nor does cleaning up behind them, which would have one of the two for a second or two of each minute.
autovacuum_vacuum_cost_delay = 10ms
random_page_cost = 1.1
jit = off

# Room for a burst of play without a checkpoint in the middle of it.
wal_buffers = 16MB
min_wal_size = 256MB
max_wal_size = 2GB
checkpoint_timeout = 15min
# Pages of random ids hardly shrink, and the attempt costs more than it saves (docs/reports/performance.md).
wal_compression = off

timezone = 'UTC'
log_timezone = 'UTC'
log_checkpoints = off
log_line_prefix = '%m [%p] '

include_if_exists = 'local.conf'
`
}

/** A quarter of the memory, at most a gigabyte; what is not used is not taken. */
function sharedBuffersMb(): number {
  return Math.min(1024, Math.max(128, Math.floor(totalmem() / 4 / 2 ** 20)))
}
