import type { Act } from '#tests/crash/act.ts'
import { type CrashPlayer, codeOf, type Learn, learnRound, sameAnswer } from '#tests/crash/crash-player.ts'
import type { Deed } from '#tests/crash/journal.ts'
import { asJson, canonical, numberAt } from '#tests/crash/json.ts'

export const SPIN = 'spin'
export const INSUFFICIENT = 'ledger.insufficient_balance'
export const DAILY_LIMIT = 'rounds.daily_limit_reached'
export const REUSED = 'rounds.request_id_reused'
export const OUT_OF_RANGE = 'slot.bet_out_of_range'

const PATHS = ['/api/games/slot/spin', '/api/actions/SLOT_SPIN'] as const
const REMEMBERED_BY_PLAYER = 200

const spinOf = (player: CrashPlayer, bet: number, id?: string): Promise<Deed> =>
  player.plan(SPIN, { method: 'POST', path: player.dice.pick(PATHS), body: { bet_amount: bet } }, id)

const betOf = ({ body }: Deed): number => numberAt(asJson(body), 'bet_amount')

const someBet = (player: CrashPlayer): number =>
  player.dice.chance(70) ? player.dice.between(10, 60) : player.dice.between(10, 1_000)

/** What can be said of an answer at once, by somebody who does one thing after the other. */
function learn(player: CrashPlayer, deed: Deed, toldBefore: number | undefined): Learn {
  return ({ word, answer }, isLate) => {
    if (word === 'unknown') return
    const balanceBefore = isLate ? undefined : toldBefore
    player.answered.push({ deed, answer, word })
    if (player.answered.length > REMEMBERED_BY_PLAYER) player.answered.shift()
    const bet = betOf(deed)
    if (word === 'refused') {
      const code = codeOf(answer)
      if (code !== INSUFFICIENT && code !== DAILY_LIMIT) player.fault(`a spin was refused: ${canonical(answer)}`)
      if (code === INSUFFICIENT && numberAt(answer, 'needed') !== bet)
        player.fault(`${bet} were bet, and ${numberAt(answer, 'needed')} needed`)
      if (code === INSUFFICIENT && balanceBefore !== undefined && numberAt(answer, 'balance') !== balanceBefore)
        player.fault(`refused for a balance of ${numberAt(answer, 'balance')}, when ${balanceBefore} had been told`)
      return
    }
    if (numberAt(answer, 'bet_amount') !== bet) player.fault(`${bet} were bet, the answer says ${canonical(answer)}`)
    if (balanceBefore !== undefined) {
      const expected = balanceBefore - bet + numberAt(answer, 'win_amount')
      if (numberAt(answer, 'balance') !== expected)
        player.fault(`the balance should be ${expected} now, the answer says ${canonical(answer)}`)
    }
    learnRound(player, answer, 'slot')
  }
}

const certainBalance = (player: CrashPlayer): number | undefined => (player.isCertain ? player.balance : undefined)

export const spin: Act = {
  name: 'spin',
  share: 60,
  turn: async (player) => {
    const deed = await spinOf(player, someBet(player))
    await player.settle(deed, learn(player, deed, certainBalance(player)))
  },
}

/** One among other things that happen to the player's money in the same moment. */
export const spinOnce = async (player: CrashPlayer): Promise<void> => {
  const deed = await spinOf(player, someBet(player))
  await player.settle(deed, learn(player, deed, undefined))
}

export const spinTwiceAtOnce: Act = {
  name: 'one spin, sent twice at once',
  share: 10,
  turn: async (player) => {
    const deed = await spinOf(player, someBet(player))
    await player.settleTwice(deed, learn(player, deed, certainBalance(player)))
  },
}

/** As regulars play: one spin after the other, at home, where they are remembered. */
export const spinsInARow: Act = {
  name: 'spins in a row',
  share: 20,
  turn: async (player) => {
    for (let spins = player.dice.between(3, 12); spins > 0; spins--) await spin.turn(player)
  },
}

/** Different spins in the same moment, on all servers: none may undo what another does. */
export const manySpinsAtOnce: Act = {
  name: 'many spins at once',
  share: 14,
  turn: async (player) => {
    await Promise.all(Array.from({ length: player.dice.between(2, 8) }, () => spinOnce(player)))
  },
}

export const askAgain: Act = {
  name: 'an old spin, asked again',
  share: 6,
  turn: async (player) => {
    if (player.answered.length === 0) return
    const { deed, answer, word } = player.dice.pick(player.answered)
    const again = await spinOf(player, betOf(deed), deed.id)
    await player.settle(again, (answered) => {
      if (answered.word !== 'unknown' && !sameAnswer(answered, { word, answer }))
        player.fault(`${deed.id} was ${canonical({ word, answer })}, and now is ${canonical(answered)}`)
    })
  },
}

export const otherBetUnderUsedId: Act = {
  name: 'another bet under a used id',
  share: 5,
  turn: async (player) => {
    if (player.answered.length === 0) return
    const { deed } = player.dice.pick(player.answered)
    const bet = betOf(deed)
    const other = await spinOf(player, bet === 1_000 ? 10 : bet + 1, deed.id)
    await player.settle(other, refusedWith(player, REUSED))
  },
}

export const betOutOfRange: Act = {
  name: 'a bet nobody may place',
  share: 2,
  turn: async (player) => {
    const deed = await spinOf(player, player.dice.pick([1, 9, 1_001, 90_000]))
    await player.settle(deed, refusedWith(player, OUT_OF_RANGE))
  },
}

function refusedWith(player: CrashPlayer, code: string): Learn {
  return ({ word, answer }) => {
    if (word === 'ok' || (word === 'refused' && codeOf(answer) !== code))
      player.fault(`should have been refused with ${code}, and got ${canonical(answer)}`)
  }
}
