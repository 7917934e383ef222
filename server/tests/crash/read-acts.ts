import type { Act } from '#tests/crash/act.ts'
import type { CrashPlayer } from '#tests/crash/crash-player.ts'
import { asJson, canonical, itemsOf, type Json, numberAt } from '#tests/crash/json.ts'

/* Reads: each must agree with itself, and with what the player has been told when nothing is unknown. */

/** What was read, and whether it can be held against what the player had been told when the question was asked. */
async function look(player: CrashPlayer, path: string): Promise<{ found: Json; isCertain: boolean } | undefined> {
  const { isCertain } = player
  const found = await player.read(path)
  return found && { found, isCertain }
}

export const lookIntoWallet: Act = {
  name: 'wallet',
  share: 6,
  turn: async (player) => {
    const { found: wallet, isCertain } = (await look(player, '/api/wallet')) ?? {}
    if (!wallet || !isCertain) return
    const token = numberAt(asJson(wallet['balances']), 'token')
    if (token !== player.balance) player.fault(`the wallet holds ${token}, and ${player.balance} had been told`)
  },
}

export const readStatement: Act = {
  name: 'statement',
  share: 5,
  turn: async (player) => {
    const { found, isCertain } = (await look(player, '/api/wallet/entries?limit=30')) ?? {}
    const entries = itemsOf(found ?? {})
    entries.forEach((entry, at) => {
      const before = entries[at + 1]
      if (!before) return
      if (numberAt(before, 'entry_id') + 1 !== numberAt(entry, 'entry_id'))
        player.fault(`the statement jumps from ${canonical(before)} to ${canonical(entry)}`)
      if (numberAt(before, 'balance_after') + numberAt(entry, 'amount') !== numberAt(entry, 'balance_after'))
        player.fault(`the statement does not add up from ${canonical(before)} to ${canonical(entry)}`)
    })
    const [newest] = entries
    if (isCertain && newest && numberAt(newest, 'balance_after') !== player.balance)
      player.fault(`the statement ends with ${canonical(newest)}, and a balance of ${player.balance} had been told`)
  },
}

export const readRounds: Act = {
  name: 'rounds',
  share: 4,
  turn: async (player) => {
    const { found, isCertain } = (await look(player, '/api/games/rounds?limit=20')) ?? {}
    if (!found) return
    const rounds = itemsOf(found)
    const told = new Map(player.answered.map(({ answer }) => [numberAt(answer, 'round_id'), answer]))
    for (const round of rounds) {
      const answer = told.get(numberAt(round, 'round_id'))
      if (answer && !saysTheSame(round, answer))
        player.fault(`a round is kept as ${canonical(round)}, and was told as ${canonical(answer)}`)
    }
    if (!isCertain) return
    const newest = rounds[0] === undefined ? undefined : numberAt(rounds[0], 'round_id')
    const lastTold = player.lastRound === undefined ? undefined : numberAt(player.lastRound, 'round_id')
    if (newest !== lastTold) player.fault(`the newest round is ${newest}, the last one told was ${lastTold}`)
  },
}

function saysTheSame(round: Json, answer: Json): boolean {
  return (
    numberAt(round, 'bet_amount') === numberAt(answer, 'bet_amount') &&
    numberAt(round, 'win_amount') === numberAt(answer, 'win_amount') &&
    numberAt(round, 'balance_after') === numberAt(answer, 'balance') &&
    canonical(asJson(round['outcome'])['reels']) === canonical(answer['reels'])
  )
}

export const readFigures: Act = {
  name: 'figures and streak',
  share: 3,
  turn: async (player) => {
    const isCertain = player.isCertain
    const state = await player.read('/api/games/slot/state')
    const stats = await player.read('/api/users/stats')
    if (!isCertain) return
    if (state && numberAt(state, 'streak') !== player.spins)
      player.fault(`the streak is ${numberAt(state, 'streak')} after ${player.spins} spins`)
    const figures = Array.isArray(stats?.['games']) ? stats['games'].map(asJson) : []
    const slot = figures.find((each) => each['game'] === 'slot')
    if (stats && (slot ? numberAt(slot, 'rounds') : 0) !== player.spins)
      player.fault(`the figures count ${canonical(slot)} after ${player.spins} spins`)
  },
}
