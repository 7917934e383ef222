import { randomBytes } from 'node:crypto'
import type { Act, Check } from '#tests/crash/act.ts'
import { codeOf, type Driver } from '#tests/crash/crash-player.ts'
import { asJson, canonical, type Json, numberAt, textAt } from '#tests/crash/json.ts'
import { spinOnce } from '#tests/crash/spin-acts.ts'

/* Signing up, coming in, staying and leaving. */

export const SIGN_UP = 'sign-up'
export const START_BALANCE = 200

export type Newcoming = { readonly siteId: string; readonly password: string; readonly body: Json }

export function newcoming(driver: Pick<Driver, 'inviteCode'>): Newcoming {
  const siteId = `c${randomBytes(7).toString('hex')}`
  const password = `${randomBytes(9).toString('hex')} over the river`
  const body = { site_id: siteId, nickname: siteId, password, invite_code: driver.inviteCode }
  return { siteId, password, body }
}

/**
 * Somebody new signs up, whatever happens meanwhile. When the answer gets lost the second try finds the name
 * taken, by oneself: then one logs in, and everything that belongs to a sign-up must be there.
 */
export const newcomer: Act = {
  name: 'a newcomer',
  share: 1,
  turn: async (player) => {
    const { siteId, password, body } = newcoming(player.driver)
    const deed = await player.plan(SIGN_UP, { method: 'POST', path: '/api/auth/signup', body }, '')
    const { word, answer, sends } = await player.settleNow(deed)
    if (word === 'unknown' || codeOf(answer) === 'credentials.too_busy') return
    const isOwnTrace = sends > 1 && codeOf(answer) === 'accounts.site_id_taken'
    if (word === 'refused' && !isOwnTrace) return player.fault(`a sign-up was refused: ${canonical(answer)}`)
    const tokens = word === 'ok' ? answer : await player.logInAs(siteId, password)
    if (!tokens) return
    const wallet = await player.read('/api/wallet', textAt(tokens, 'access_token'))
    const token = numberAt(asJson(wallet?.['balances']), 'token')
    if (wallet && token !== START_BALANCE) player.fault(`${siteId} starts with ${token} tokens`)
  },
}

export const refreshTokens: Act = {
  name: 'refresh',
  share: 2,
  turn: async (player) => {
    const body = { refresh_token: player.refreshToken }
    const deed = await player.plan('refresh', { method: 'POST', path: '/api/auth/refresh', body }, '')
    const twin = player.dice.chance(30) ? player.send(deed, 101) : undefined
    const { word, answer, sends } = await player.settleNow(deed)
    const other = await twin
    if (word === 'unknown') return
    if (word === 'ok' && other?.word === 'ok' && answer['refresh_token'] !== other.answer['refresh_token'])
      player.fault('one refresh token has two successors')
    if (word === 'ok') return player.enterWith(answer)
    // Too late to be told apart from a thief: the answer was lost, and coming back took longer than ten seconds.
    // Or a login that nobody waited for has arrived after all and taken this session's place.
    const mayBeLate = sends > 1 || answer['reason'] === 'signed_in_elsewhere'
    if (!mayBeLate || codeOf(answer) !== 'session.ended') player.fault(`a refresh was refused: ${canonical(answer)}`)
    await player.logIn()
  },
}

export const leaveAndComeBack: Act = {
  name: 'logout and login',
  share: 3,
  turn: async (player) => {
    // So that their server remembers them, and would let them play on.
    for (let spins = 0; spins < 2; spins++) await spinOnce(player)
    const token = player.accessToken
    const deed = await player.plan('logout', { method: 'POST', path: '/api/auth/logout', body: null }, '')
    const { word, answer, sends } = await player.settleNow(deed)
    if (word === 'unknown') return
    const isOverAlready = sends > 1 || answer['reason'] === 'signed_in_elsewhere'
    if (word === 'refused' && !(isOverAlready && codeOf(answer) === 'session.ended'))
      player.fault(`a logout was refused: ${canonical(answer)}`)
    for (const { status, body } of await player.tryToken(token))
      if (status !== 401) player.fault(`after the logout the token still opens: ${status} ${canonical(body)}`)
    await player.logIn()
  },
}

export const wholePlayers: Check = {
  name: 'every sign-up is there whole, once, or not at all',
  look: ({ accounts, people, invites }) => {
    const bySite = Map.groupBy(people, (row) => row.site_id)
    const asked = new Map(
      accounts
        .filter(({ deed }) => deed.act === SIGN_UP)
        .map((each) => [textAt(asJson(each.deed.body), 'site_id'), each]),
    )
    const wrong: string[] = []
    for (const [siteId, { sendings }] of asked) {
      const count = bySite.get(siteId)?.length ?? 0
      const isTold = sendings.some(({ word, answer }) => word === 'ok' || codeOf(answer) === 'accounts.site_id_taken')
      if (isTold && count !== 1) wrong.push(`${siteId} signed up, and is there ${count} times`)
    }
    for (const { site_id: siteId, wallets, gifts, told } of people) {
      if (!asked.has(siteId)) wrong.push(`nobody asked for ${siteId}`)
      if (`${wallets} ${gifts} ${told}` !== '2 1 1')
        wrong.push(`${siteId} has ${wallets} wallets and ${gifts} start balances, and was told ${told} times`)
    }
    for (const { id, uses, players } of invites)
      if (uses !== players) wrong.push(`invitation ${id} counts ${uses} uses, and let in ${players}`)
    return wrong
  },
}
