import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

const HOUSE = resolve(import.meta.dirname, '..')
const START_MS = 60_000

/** Starts the real server with its own database and the built web app, and stops it after the tests. */
export default async function openClub(): Promise<() => Promise<void>> {
  if (!existsSync(join(HOUSE, 'web/out/ko.html')))
    throw new Error('The web app is not built: run npm test, which builds it.')
  const parent = existsSync('/dev/shm') ? '/dev/shm' : tmpdir()
  const dataDir = mkdtempSync(join(parent, 'casino-club-e2e-'))
  const server = spawn(process.execPath, [join(HOUSE, 'server/src/main.ts')], {
    cwd: HOUSE,
    env: {
      ...process.env,
      NODE_ENV: 'development',
      DATA_DIR: dataDir,
      DATABASE_URL: '',
      PORT: '0',
      RATE_LIMITS: 'false',
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let said = ''
  const url = await new Promise<string>((settle, reject) => {
    const patience = setTimeout(
      () => reject(new Error(`the server did not open in ${START_MS} ms:\n${said}`)),
      START_MS,
    )
    server.stdout.on('data', (chunk: Buffer) => {
      said += chunk.toString()
      const [, address] = /Casino Club is open: (http:\/\/\S+)/.exec(said) ?? []
      if (address === undefined) return
      clearTimeout(patience)
      settle(address)
    })
    server.once('exit', (code) => reject(new Error(`the server ended with ${code}:\n${said}`)))
  })
  process.env['CLUB_URL'] = url
  process.env['CLUB_BOOTSTRAP_SECRET'] = /First operator\s+secret (\S+)/.exec(said)?.[1] ?? ''

  return async () => {
    server.removeAllListeners('exit')
    server.kill('SIGTERM')
    await once(server, 'exit')
    rmSync(dataDir, { recursive: true, force: true })
  }
}
