import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { auditHouse } from '#modules/operator/audit-house.ts'
import { createDatabaseOf, type TestRun } from '#tests/test-server.ts'
import { chanceClock, openChanceApp } from './chance-house.ts'
import { type Derivation, deriveAgain } from './derive-again.ts'
import { type Judgement, judgeChance } from './judge-chance.ts'
import { PLAIN } from './new-players.ts'
import type { ChanceSize } from './play-chance.ts'

export type ChanceReport = Judgement & {
  readonly derivation: Derivation
  /** What the audit of the house found. */
  readonly differences: readonly string[]
  readonly playSeconds: number
}

type Options = {
  readonly size: ChanceSize
  /** Rounds decided again, and receipts changed, at most. */
  readonly derive: { readonly most: number; readonly mutations: number }
  readonly defect?: string
}

const inFolder = (name: string) => join(import.meta.dirname, name)

/** Lets a process of its own play, then judges what stands in the database. */
export async function runChance(testRun: TestRun, { size, derive, defect }: Options): Promise<ChanceReport> {
  const { connectionString, drop } = await createDatabaseOf(testRun)
  const startedAt = performance.now()
  const planted = defect === undefined ? [] : ['--import', inFolder('plant-defect.ts')]
  const player = spawn(
    process.execPath,
    [...planted, inFolder('chance-player.ts'), connectionString, JSON.stringify(size)],
    {
      stdio: ['ignore', 'inherit', 'inherit'],
      env: { ...process.env, ...(defect === undefined ? {} : { CHANCE_DEFECT: defect }) },
    },
  )
  const [code] = await once(player, 'close')
  if (code !== 0) throw new Error(`the process that plays ended with ${code}`)
  const playSeconds = (performance.now() - startedAt) / 1_000

  const app = await openChanceApp(connectionString, chanceClock())
  try {
    const judgement = await judgeChance(app)
    const { differences } = await auditHouse(app)
    const players = await app.db.sql
      .selectFrom('accounts_player')
      .select('id')
      .where('site_id', 'like', `${PLAIN}%`)
      .orderBy('id')
      .execute()
    const derivation = await deriveAgain(
      app,
      players.map(({ id }) => id),
      derive,
    )
    return {
      ...judgement,
      derivation,
      differences: differences.map(({ what, where, expected, found }) => `${where}: ${what} (${expected}; ${found})`),
      playSeconds,
    }
  } finally {
    await app.close()
    await drop()
  }
}

/** Every check that is red, by name. */
export function redChecks({ red, faults, derivation, differences }: ChanceReport): string[] {
  const { rounds, verified, agreed, unnoticed, complaints } = derivation
  const isDerived = verified === rounds && agreed === rounds && unnoticed.length === 0 && complaints.length === 0
  return [
    ...red,
    ...(faults.length > 0 ? ['rules'] : []),
    ...(differences.length > 0 ? ['audit'] : []),
    ...(isDerived ? [] : ['verifier']),
  ]
}
