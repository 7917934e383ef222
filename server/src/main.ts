import { createHash, randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import closeWithGrace from 'close-with-grace'
import { makeBootstrapSecret } from '#modules/operators/make-bootstrap-secret.ts'
import { type Jobs, openJobs } from '#platform/jobs.ts'
import { refuseUnsafeDurability } from '#platform/postgres/durability.ts'
import { type EmbeddedPostgres, startEmbeddedPostgres } from '#platform/postgres/embedded.ts'
import { migrateUp } from '#platform/postgres/migrate.ts'
import { BadSettings, type Config, parseConfig } from '#server/config.ts'
import { collectLessOften, handBackMemory } from '#server/hand-back-memory.ts'
import { JOBS, openHouse, WEB_FOLDER } from '#server/house.ts'
import { openApp } from '#server/open-app.ts'
import { seedDemo } from '#server/seed-demo.ts'
import { say, step } from '#server/tell-progress.ts'

/* Starts the house: settings, database, migrations, demo, then whatever the roles of this process ask for. */

const GRACE_MS = 10_000

async function main(): Promise<void> {
  const dataDir = resolve(process.env['DATA_DIR'] || '.data')
  const config = parseConfig(process.env, (name) => lastingSecret(dataDir, name))

  const postgres = config.DATABASE_URL === '' ? await startPostgres(dataDir) : undefined
  const connectionString = postgres?.connectionString ?? config.DATABASE_URL
  const { ahead } = await step('database migrated', () => migrateUp(connectionString))
  if (ahead.length > 0) say(`  the database is ahead of this release (docs/runbooks/rollback.md): ${ahead.join(', ')}`)

  const app = await openApp(config, connectionString)
  await refuseUnsafeDurability(app.pool)
  const house = await openHouse(app)
  const links = config.DEMO ? await step('demo seeded', () => seedDemo(house)) : []
  const bootstrapSecret = config.roles.has('api') ? await makeBootstrapSecret(app) : null

  let jobs: Jobs | undefined
  if (config.roles.has('worker')) {
    house.relay.start()
    jobs = await openJobs(app, connectionString, JOBS)
  }
  if (config.roles.has('api') || config.roles.has('realtime')) {
    await house.http.listen({ host: config.HOST, port: config.PORT })
  }
  house
    .warmUp()
    .catch((err: unknown) => app.log.warn({ err }, 'the odds could not be computed ahead'))
    .finally(() => {
      collectLessOften()
      handBackMemory()
    })
  const url = addressOf(config, house.http.server.address())
  await postgres?.announceUrl(url)

  closeWithGrace({ delay: GRACE_MS, logger: false }, async ({ signal, err }) => {
    if (err) app.log.fatal({ err }, 'the process cannot go on')
    say(`stopping (${signal ?? 'error'})`)
    await house.stop()
    await house.relay.stop()
    await jobs?.stop()
    await app.close()
    await postgres?.stop()
    say('stopped')
  })
  postgres?.died.then(
    (why) => {
      say(why)
      process.exit(1)
    },
    () => undefined,
  )

  say('')
  say(`Casino Club is open: ${url}`)
  for (const line of links) say(line.replaceAll('{url}', url))
  if (bootstrapSecret !== null) {
    say(`  First operator          secret ${bootstrapSecret}   (good once, for a day)`)
    say(`                          POST ${url}/api/auth/admin/bootstrap   see ${url}/docs`)
  }
  say('')
  if (!existsSync(WEB_FOLDER)) say('The web app is not built; only the API is served (npm start builds it).')
  say(`API explorer ${url}/docs   reference ${url}/redoc   health ${url}/health`)
  say('Ctrl-C stops everything.')
}

async function startPostgres(dataDir: string): Promise<EmbeddedPostgres> {
  return step('PostgreSQL started', () =>
    startEmbeddedPostgres({ dataDir, onProgress: (message) => say(`  ${message}`) }),
  )
}

function addressOf(config: Config, address: ReturnType<import('node:net').Server['address']>): string {
  const port = typeof address === 'object' && address ? address.port : config.PORT
  return config.PUBLIC_URL || `http://localhost:${port}`
}

/** A secret made once for this folder. Production brings its own (see `config.ts`). */
function lastingSecret(dataDir: string, name: string): string {
  // PostgreSQL runs under an account of its own when we are root, and has to pass through.
  mkdirSync(dataDir, { recursive: true, mode: 0o711 })
  const folder = join(dataDir, 'secrets')
  const file = join(folder, name)
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  if (!existsSync(file)) {
    const secret = createHash('sha512').update(randomBytes(64)).digest('base64url')
    writeFileSync(file, secret, { mode: 0o600, flag: 'wx' })
  }
  return readFileSync(file, 'utf8')
}

main().catch((error: unknown) => {
  if (error instanceof BadSettings || (error instanceof Error && error.name === 'CannotStart')) say(error.message)
  else if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE')
    say(`Port ${process.env['PORT'] || 3000} is taken by another program. Choose another: PORT=3100 npm start`)
  else console.error(error)
  process.exit(1)
})
