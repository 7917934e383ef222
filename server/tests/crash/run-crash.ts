import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { isSlotConfig } from '@casino-club/fairness/slot.config.ts'
import { createInvite } from '#modules/accounts/create-invite.ts'
import { postTransfer } from '#modules/ledger/post-transfers.ts'
import { requestHash } from '#modules/ledger/request-hash.ts'
import { openLiveConfigs } from '#modules/odds/live-config.ts'
import { auditHouse } from '#modules/operator/audit-house.ts'
import type { App } from '#server/app.ts'
import type { Act } from '#tests/crash/act.ts'
import { ACTS } from '#tests/crash/acts.ts'
import { CHECKS } from '#tests/crash/checks.ts'
import { type CrashHouse, openCrashHouse } from '#tests/crash/crash-house.ts'
import { publishCrashOdds } from '#tests/crash/crash-odds.ts'
import { CrashPlayer, type Driver } from '#tests/crash/crash-player.ts'
import type { Blows, CrashSettings } from '#tests/crash/crash-settings.ts'
import { DEFECTS } from '#tests/crash/defects.ts'
import { type Dice, diceOf } from '#tests/crash/dice.ts'
import { newcoming, SIGN_UP, START_BALANCE } from '#tests/crash/door-acts.ts'
import { gatherEvidence } from '#tests/crash/evidence.ts'
import { ask } from '#tests/crash/http-client.ts'
import { Journal, readJournal } from '#tests/crash/journal.ts'
import { asJson, canonical, numberAt, textAt } from '#tests/crash/json.ts'
import { dealBlows } from '#tests/crash/killer.ts'
import { spinsInARow } from '#tests/crash/spin-acts.ts'
import { watchCounters } from '#tests/crash/watch-counters.ts'

export type CrashReport = {
  readonly seed: number
  readonly seconds: number
  readonly blows: Blows
  /** Connections that were reset in the middle of an answer. */
  readonly cuts: number
  /** Answers by word, reads, and audits in concurrent snapshots. */
  readonly counts: Readonly<Record<string, number>>
  readonly deeds: number
  readonly slowestStartMs: number
  /** Everything that is wrong. Nothing: the house kept its promises. */
  readonly faults: readonly string[]
}

const MOST_FAULTS = 40
const DRAIN_MS = 120_000

/**
 * Lets people play while the house is struck down again and again, asks again for whatever stayed unknown, and
 * then holds the driver's own journal against the database.
 *
 * @param calledOff Once aborted no more blows fall and nobody begins anything new; the checks are made all the same.
 * @throws when the house does not open at all, or does not come back.
 */
export async function runCrash(
  settings: CrashSettings,
  say: (line: string) => void = () => undefined,
  calledOff?: AbortSignal,
): Promise<CrashReport> {
  const startedAt = Date.now()
  const faults: string[] = []
  const fault = (what: string): void => {
    if (faults.length < MOST_FAULTS && !faults.includes(what)) faults.push(what)
  }
  const isOver = (): boolean => faults.length > 0
  const isEnough = (): boolean => isOver() || calledOff?.aborted === true
  const counts: Record<string, number> = { ok: 0, refused: 0, unknown: 0, read: 0, audits: 0 }
  const count = (what: string): void => {
    counts[what] = (counts[what] ?? 0) + 1
  }

  const dice = diceOf(settings.seed)
  const journalFile = join(settings.folder, 'journal.ndjson')
  const journal = await Journal.open(journalFile)
  const house = await openCrashHouse(settings)
  let deeds = 0
  try {
    const sql = DEFECTS.find((each) => each.name === settings.defect)?.sql
    if (sql) await house.app().pool.query(sql)

    const driverOf = (inviteCode: string): Driver => ({
      journal,
      inviteCode,
      ports: house.doors.map((each) => each.port),
      nextDeed: () => ++deeds,
      fault,
      count,
      isOver,
    })
    await publishCrashOdds(house.app())
    // Most may play all day; some soon find that today's rounds are used up.
    const [many, few] = await Promise.all(
      (['VIP', 'STANDARD'] as const).map(async (rank) =>
        driverOf((await createInvite(house.app(), { rank, maxUses: null })).code),
      ),
    )
    const players: CrashPlayer[] = []
    for (let at = 0; at < settings.players; at++) {
      const driver = at % 6 === 5 ? few : many
      if (driver) players.push(await newPlayer(house.app(), driver, dice.of(`player ${at}`)))
    }

    let isDone = false
    const progress = setInterval(() => {
      const open = house.servers.filter((each) => each.isOpen).length
      say(`${seconds(startedAt)} s: ${deeds} deeds, ${tell(counts)}; ${open} of ${house.servers.length} servers open`)
    }, 10_000)
    const counters = watchCounters(house.servers, {
      casino_rounds_by_memory_total: 'by memory',
      casino_round_batches_redone_total: 'batches redone',
    })
    for (const each of house.doors) each.beCalm(false)
    const killer = dealBlows(house, settings, dice.of('killer'), isEnough).then(async (dealt) => {
      while (!isEnough() && deeds < settings.acts) await wait(50)
      isDone = true
      return dealt
    })
    const auditor = auditAgainAndAgain(house, () => isDone || isOver(), fault, count)
    await Promise.all(
      players.map((player) =>
        playOn(player, () => isDone || isOver()).catch((error: unknown) => fault(`the driver stumbled: ${error}`)),
      ),
    )
    const blows = await killer
    await auditor
    clearInterval(progress)
    counters.stop()
    Object.assign(counts, counters.sums())
    for (const each of house.doors) each.beCalm(true)

    if (!isOver()) {
      say(`${seconds(startedAt)} s: ${deeds} deeds; the killer has gone. Asking again for everything, then the checks`)
      await Promise.all(house.servers.map((each) => each.opened()))
      await judge(house, players, journalFile, fault)
    }
    return {
      seed: settings.seed,
      seconds: seconds(startedAt),
      blows,
      cuts: house.doors.reduce((sum, each) => sum + each.cuts(), 0),
      counts,
      deeds,
      slowestStartMs: Math.round(Math.max(...house.servers.flatMap((each) => each.startMs))),
      faults: faults.map((each) => withItsCause(each, house)),
    }
  } finally {
    await house.stop()
    await journal.close()
  }
}

async function playOn(player: CrashPlayer, isDone: () => boolean): Promise<void> {
  while (!isDone()) {
    await player.catchUp()
    const isOnARun = player.isRegular && player.dice.chance(90)
    await (isOnARun ? spinsInARow : chooseAct(player.dice)).turn(player)
  }
  await player.catchUp(true)
}

const SHARES = ACTS.reduce((sum, act) => sum + act.share, 0)

function chooseAct(dice: Dice): Act {
  let at = dice.below(SHARES)
  for (const act of ACTS) {
    if (at < act.share) return act
    at -= act.share
  }
  throw new Error('the shares do not add up')
}

/** The bank test: the books must balance at every moment, not only when all is quiet. */
async function auditAgainAndAgain(
  house: CrashHouse,
  isDone: () => boolean,
  fault: (what: string) => void,
  count: (what: string) => void,
): Promise<void> {
  while (!isDone()) {
    const startedAt = Date.now()
    // The database may be away: then there is nothing to look at just now.
    const audit = await auditHouse(house.app()).catch(() => undefined)
    if (audit) count('audits')
    for (const each of audit?.differences ?? [])
      fault(`audit during play: ${each.what}: ${each.where}: expected ${each.expected}, found ${each.found}`)
    // A third of the time at most: on two cores the audit would otherwise be the load.
    for (const end = Date.now() + Math.max(400, 2 * (Date.now() - startedAt)); Date.now() < end && !isDone(); )
      await wait(50)
  }
}

async function judge(
  house: CrashHouse,
  players: readonly CrashPlayer[],
  journalFile: string,
  fault: (what: string) => void,
): Promise<void> {
  const app = house.app()
  const played = await readJournal(journalFile)

  // With money again, so that what was refused for want of it would go through if it had been forgotten.
  for (const player of players) await give(app, player.id, 100_000n)
  await Promise.all(
    players.map(async (player) => {
      const mine = played.filter(({ deed }) => deed.player === String(player.id) && deed.id !== '')
      for (const { deed, sendings } of mine) {
        for (let send = sendings.length + 1; ; send++)
          if ((await player.send(deed, send)).word !== 'unknown' || send > sendings.length + 20) break
      }
    }),
  )

  for (const end = Date.now() + DRAIN_MS; Date.now() < end; await wait(100)) {
    const { rows } = await app.pool.query('select from outbox_event where handled_at is null limit 1')
    if (rows.length === 0) break
  }
  for (const each of (await auditHouse(app)).differences)
    fault(`audit: ${each.what}: ${each.where}: expected ${each.expected}, found ${each.found}`)

  const { config: slot } = await openLiveConfigs(app.db, app.hub).of('slot', isSlotConfig)
  const evidence = await gatherEvidence(app.pool, {
    accounts: await readJournal(journalFile),
    slot,
  })
  for (const check of CHECKS) for (const wrong of await check.look(evidence)) fault(`${check.name}: ${wrong}`)
}

/** Somebody who signs up, and is given something to play with: to some little, to some more than they can lose. */
async function newPlayer(app: App, driver: Driver, dice: Dice): Promise<CrashPlayer> {
  const { siteId, password, body } = newcoming(driver)
  const deed = { number: driver.nextDeed(), act: SIGN_UP, player: '', id: '', body } as const
  const path = '/api/auth/signup'
  await driver.journal.write({ word: 'asked', deed: { ...deed, method: 'POST', path } })
  await driver.journal.write({ word: 'sent', number: deed.number, send: 1 })
  const reply = await ask(dice.pick(driver.ports), { method: 'POST', path, body })
  if ('lost' in reply || reply.status !== 201) throw new Error(`the first players cannot sign up: ${canonical(reply)}`)
  await driver.journal.write({ word: 'ok', number: deed.number, send: 1, status: reply.status, answer: reply.body })
  const id = BigInt(numberAt(asJson(reply.body['user']), 'user_id'))
  const tokens = dice.pick([300n, 5_000n, 1_000_000n, 10_000_000n, 10_000_000n])
  if (tokens > 0n) await give(app, id, tokens)
  return new CrashPlayer(
    driver,
    {
      id,
      siteId,
      password,
      accessToken: textAt(reply.body, 'access_token'),
      refreshToken: textAt(reply.body, 'refresh_token'),
      balance: START_BALANCE + Number(tokens),
    },
    dice,
  )
}

async function give(app: App, playerId: bigint, amount: bigint): Promise<void> {
  await app.inTransaction((tx) =>
    postTransfer(tx, {
      playerId,
      requestId: randomUUID(),
      requestHash: requestHash('crash.gift', amount),
      reason: 'operator.gift',
      postings: [{ from: 'operator', to: 'player', asset: 'token', amount }],
      at: app.clock.now(),
    }),
  )
}

/** What the servers' own log says of a request that failed. */
function withItsCause(fault: string, house: CrashHouse): string {
  const requestId = /"request_id":"([0-9a-f-]{36})","status":500/.exec(fault)?.[1]
  if (requestId === undefined) return fault
  const lines = house.servers.flatMap((each) => each.linesWith(requestId))
  const messages = lines
    .map((line) => /"err":\{.*?"message":"([^"]*)"/.exec(line)?.[1] ?? '')
    .filter((each) => each !== '')
  return [messages.join('; ') || 'nothing in the log', fault].join(' ← ')
}

function seconds(since: number): number {
  return Math.round((Date.now() - since) / 1000)
}

function tell(counts: Readonly<Record<string, number>>): string {
  return Object.entries(counts)
    .map(([word, times]) => `${times} ${word}`)
    .join(', ')
}
