import { randomUUID } from 'node:crypto'
import { siteIdTaken } from '#modules/accounts/contract.ts'
import { createInvite } from '#modules/accounts/create-invite.ts'
import { signUp } from '#modules/accounts/sign-up.ts'
import { pullGacha } from '#modules/gacha/pull-gacha.ts'
import { readWallet } from '#modules/ledger/read-wallet.ts'
import { giveGift } from '#modules/operator/give-gift.ts'
import { openEngine } from '#modules/rounds/play-rounds.ts'
import { openAuthentication } from '#modules/sessions/authenticate.ts'
import { spinSlot } from '#modules/slot/spin-slot.ts'
import type { App } from '#server/app.ts'
import type { House } from '#server/house.ts'
import { DAY, HOUR, later, SECOND } from '#vocabulary/clock.ts'
import { isRefusal } from '#vocabulary/failure.ts'

/*
 * A club that looks lived in, for a first look. Played through the real code, days ago by a clock of its
 * own; the demo's known password and fixed invite code are why production refuses it.
 */

export const DEMO_INVITE = '5858'
export const DEMO_PASSWORD = 'neon-garden-58'

const PLAYERS = [
  { siteId: 'demo_luna', nickname: '루나', rank: 'STANDARD', days: 6, spinsADay: 24, bet: 20 },
  { siteId: 'demo_rex', nickname: 'Rex', rank: 'PREMIUM', days: 3, spinsADay: 40, bet: 50 },
  { siteId: 'demo_nova', nickname: '노바', rank: 'VIP', days: 10, spinsADay: 12, bet: 100 },
] as const

/** Each evening ends at the gacha; what is left in the end is enough to try everything. */
const PULLS_AN_EVENING = [1, 1, 10] as const
const LEFT_IN_THE_END = 1_500n

const NOBODY = { address: '127.0.0.1', userAgent: 'Casino Club demo', isBrowser: false }

/** Makes the demo once. @returns the lines that tell how to get in; `{url}` stands for the address. */
export async function seedDemo(house: House): Promise<string[]> {
  await createInvite(house.app, { code: DEMO_INVITE, campaign: 'demo', maxUses: null })
  for (const player of PLAYERS) {
    try {
      await liveThrough(house, player)
    } catch (error) {
      if (!isRefusal(error, siteIdTaken)) throw error
    }
  }
  return [
    '',
    `  Enter as a new player   {url}/ko/invite?code=${DEMO_INVITE}   (English: {url}/en/invite?code=${DEMO_INVITE})`,
    `  Or log in               ${PLAYERS.map(({ siteId }) => siteId).join(', ')}   password ${DEMO_PASSWORD}`,
  ]
}

async function liveThrough(house: House, who: (typeof PLAYERS)[number]): Promise<void> {
  // The last evening ended an hour ago, so a streak is still alive.
  let now = later(house.app.clock.now(), -(who.days - 1) * (DAY - HOUR) - HOUR)
  const app: App = { ...house.app, clock: { now: () => now } }
  const engine = openEngine(app, house.configs, openAuthentication(app))
  const code = `${DEMO_INVITE}-${who.rank.toLowerCase()}`
  const invite = await createInvite(app, { code, rank: who.rank, campaign: 'demo', maxUses: null })
  const { player } = await signUp(
    app,
    { siteId: who.siteId, nickname: who.nickname, phoneNumber: null, password: DEMO_PASSWORD, inviteCode: invite.code },
    NOBODY,
  )
  const caller = { kind: 'player', playerId: player.id, sessionId: 1n, rank: who.rank } as const
  for (let day = 0; day < who.days; day++) {
    const { token } = await readWallet(app.db, player.id)
    const needed = BigInt(who.spinsADay * who.bet) + 550n
    if (token < needed)
      await giveGift(app, { playerId: player.id, asset: 'token', amount: needed, requestId: randomUUID() })
    const evening = now
    for (let spin = 0; spin < who.spinsADay; spin++) {
      now = later(now, 6 * SECOND)
      await spinSlot(engine, caller, randomUUID(), who.bet)
    }
    for (const pulls of PULLS_AN_EVENING) {
      now = later(now, 20 * SECOND)
      await pullGacha(app, engine, house.configs, caller, randomUUID(), pulls)
    }
    now = later(evening, DAY - HOUR)
  }
  const { token } = await readWallet(app.db, player.id)
  if (token < LEFT_IN_THE_END)
    await giveGift(app, {
      playerId: player.id,
      asset: 'token',
      amount: LEFT_IN_THE_END - token,
      requestId: randomUUID(),
    })
}
