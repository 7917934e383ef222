import { readReels, streakBonusAt, winOf } from '@casino-club/fairness/slot.rules.ts'
import type { Check } from '#tests/crash/act.ts'
import { codeOf, sameAnswer } from '#tests/crash/crash-player.ts'
import type { Evidence, RoundRow } from '#tests/crash/evidence.ts'
import type { Account, Sending } from '#tests/crash/journal.ts'
import { asJson, canonical, type Json, numberAt } from '#tests/crash/json.ts'
import { PULL } from '#tests/crash/pull-acts.ts'
import { DAILY_LIMIT, INSUFFICIENT, SPIN } from '#tests/crash/spin-acts.ts'

const isKnown = (sending: Sending): boolean => sending.word !== 'unknown'
const known = ({ sendings }: Account): Sending | undefined => sendings.find(isKnown)

/** What the answers of acts that play rounds say of the money. */
const MONEY_TOLD: Readonly<Record<string, { readonly stake: string; readonly payout: string }>> = {
  [SPIN]: { stake: 'bet_amount', payout: 'win_amount' },
  [PULL]: { stake: 'price_tokens', payout: 'duplicate_tokens' },
}

function moneyTold({ deed }: Account, answer: Json): { stake: bigint; payout: bigint; balance: bigint } {
  const { stake = '', payout = '' } = MONEY_TOLD[deed.act] ?? {}
  return {
    stake: BigInt(numberAt(answer, stake)),
    payout: BigInt(numberAt(answer, payout)),
    balance: BigInt(numberAt(answer, 'balance')),
  }
}

/** The deeds that decided what their id stands for, each with its first answer. Later deeds asked under that id again. */
function decided({ accounts }: Evidence): { account: Account; word: Sending['word']; answer: Json }[] {
  const first = new Map<string, { account: Account; word: Sending['word']; answer: Json }>()
  for (const account of accounts) {
    const answer = account.deed.act in MONEY_TOLD ? known(account) : undefined
    const name = nameOf(account)
    if (answer && !first.has(name)) first.set(name, { account, word: answer.word, answer: answer.answer })
  }
  return [...first.values()]
}

const nameOf = ({ deed }: Account): string => `${deed.player} ${deed.id}`
const isRemembered = (answer: Json): boolean => [INSUFFICIENT, DAILY_LIMIT].includes(codeOf(answer))

export const nothingIsUnknown: Check = {
  name: 'nothing is left unknown',
  look: ({ accounts }) =>
    accounts
      .filter((account) => !known(account))
      .map(({ deed, sendings }) => `${deed.act} ${deed.id} of player ${deed.player}, sent ${sendings.length} times`),
}

export const oneIdOneAnswer: Check = {
  name: 'one id and one request, one answer for ever',
  look: ({ accounts }) => {
    const first = new Map<string, Sending>()
    const wrong: string[] = []
    for (const account of accounts) {
      if (account.deed.id === '') continue
      const name = `${nameOf(account)} ${canonical(account.deed.body)}`
      for (const sending of account.sendings.filter(isKnown)) {
        const earlier = first.get(name)
        if (!earlier) first.set(name, sending)
        else if (!sameAnswer(earlier, sending))
          wrong.push(`${name}: first ${canonical(earlier.answer)}, later ${canonical(sending.answer)}`)
      }
    }
    return wrong
  },
}

export const acknowledgedOnce: Check = {
  name: 'every acknowledged round is there exactly once, as it was told',
  look: (evidence) => {
    const transfers = Map.groupBy(evidence.transfers, (row) => `${row.player_id} ${row.request_id}`)
    const rounds = Map.groupBy(evidence.rounds, (row) => row.id)
    const wrong: string[] = []
    for (const { account, word, answer } of decided(evidence)) {
      if (word !== 'ok') continue
      const name = nameOf(account)
      const found = transfers.get(name) ?? []
      if (found.length !== 1) wrong.push(`${name} was acknowledged, and has ${found.length} transfers`)
      const [transfer] = found
      if (transfer && transfer.id !== BigInt(numberAt(answer, 'round_id')))
        wrong.push(`${name} was told as round ${numberAt(answer, 'round_id')}, and is ${transfer.id}`)
      const kept = rounds.get(BigInt(numberAt(answer, 'round_id'))) ?? []
      if (kept.length !== 1) wrong.push(`${name}: ${kept.length} rounds with id ${numberAt(answer, 'round_id')}`)
      for (const round of kept) if (!isAsTold(round, answer, account)) wrong.push(`${name}: kept otherwise than told`)
      const postings = evidence.postings.get(BigInt(numberAt(answer, 'round_id'))) ?? []
      const moved = postings.map((each) => (each.is_out ? -each.amount : each.amount))
      const { stake, payout, balance } = moneyTold(account, answer)
      const expected = [-stake, ...(payout > 0n ? [payout] : [])]
      if (String(moved) !== String(expected)) wrong.push(`${name} moved ${moved}, and was told as ${expected}`)
      if (postings.at(-1)?.balance_after !== balance)
        wrong.push(`${name} left ${postings.at(-1)?.balance_after}, and told ${balance}`)
    }
    return wrong
  },
}

function isAsTold(round: RoundRow, answer: Json, account: Account): boolean {
  const { stake, payout, balance } = moneyTold(account, answer)
  const isSameMoney = round.stake === stake && round.payout === payout && round.balance_after === balance
  const isSameOutcome =
    account.deed.act === SPIN
      ? canonical(round.outcome['reels']) === canonical(answer['reels']) && round.outcome['streak'] === answer['streak']
      : canonical(itemIds(round.outcome['pulls'], 'item')) === canonical(itemIds(answer['items'], 'item_id'))
  return String(round.player_id) === account.deed.player && isSameMoney && isSameOutcome
}

function itemIds(list: unknown, name: string): unknown[] {
  return Array.isArray(list) ? list.map((each) => asJson(each)[name]) : []
}

export const refusedIsAbsent: Check = {
  name: 'nothing that was refused has happened',
  look: (evidence) => {
    const transfers = Map.groupBy(evidence.transfers, (row) => `${row.player_id} ${row.request_id}`)
    const rounds = new Set(evidence.rounds.map((row) => row.id))
    const wrong: string[] = []
    for (const { account, word, answer } of decided(evidence)) {
      if (word !== 'refused') continue
      const found = transfers.get(nameOf(account)) ?? []
      const expected = isRemembered(answer) ? codeOf(answer) : 'nothing'
      const kept = found.map((row) => row.refused ?? 'done').join(', ') || 'nothing'
      if (kept !== expected) wrong.push(`${nameOf(account)} was refused with ${codeOf(answer)}, and is kept as ${kept}`)
      for (const { id } of found)
        if (rounds.has(id) || evidence.postings.has(id)) wrong.push(`${nameOf(account)} was refused, and has happened`)
    }
    return wrong
  },
}

export const nothingElseHappened: Check = {
  name: 'nothing happened that nobody asked for',
  look: (evidence) => {
    const asked = new Set(evidence.accounts.map(nameOf))
    const ids = new Set(evidence.transfers.filter((row) => row.refused === null).map((row) => row.id))
    return [
      ...evidence.transfers
        .filter((row) => row.reason.endsWith('.round') && !asked.has(`${row.player_id} ${row.request_id}`))
        .map((row) => `transfer ${row.id} of player ${row.player_id}: request ${row.request_id} is in no journal`),
      ...evidence.rounds.filter((row) => !ids.has(row.id)).map((row) => `round ${row.id} has no transfer`),
    ]
  },
}

export const orderOfAnswers: Check = {
  name: 'a round asked for after an answer comes after it',
  look: (evidence) => {
    const wrong: string[] = []
    const played = decided(evidence).filter(({ word }) => word === 'ok')
    for (const ofPlayer of Map.groupBy(played, ({ account }) => account.deed.player).values()) {
      const moments = ofPlayer.flatMap(({ account, answer }) => {
        const round = numberAt(answer, 'round_id')
        const entry = Number(evidence.postings.get(BigInt(round))?.[0]?.number ?? 0n)
        const answeredAt = Math.min(...account.sendings.filter(isKnown).map((each) => each.answeredAt ?? Infinity))
        return [
          { at: account.sendings[0]?.sentAt ?? 0, isAnswer: false, round, entry },
          { at: answeredAt, isAnswer: true, round, entry },
        ]
      })
      let latest = { round: 0, entry: 0 }
      for (const moment of moments.sort((a, b) => a.at - b.at)) {
        if (moment.isAnswer) {
          if (moment.round > latest.round) latest = moment
        } else if (moment.round < latest.round || moment.entry < latest.entry)
          wrong.push(`round ${moment.round} (entry ${moment.entry}) was asked for after ${latest.round} was told`)
      }
    }
    return wrong
  },
}

export const streaksCountUp: Check = {
  name: 'streaks count every round once, and pay what they say',
  look: ({ rounds, states, slot }) => {
    const wrong: string[] = []
    const symbols = new Map(slot.reel.rows.map((row) => [row.id, row]))
    const spins = rounds.filter((row) => row.game === 'slot')
    for (const [playerId, ofPlayer] of Map.groupBy(spins, (row) => row.player_id)) {
      ofPlayer.forEach(({ id, outcome, stake, payout }, before) => {
        if (outcome['streak'] !== before + 1)
          wrong.push(`round ${id} of player ${playerId} says streak ${outcome['streak']}, it is number ${before + 1}`)
        const [first, second, third] = (outcome['reels'] as string[]).map((each) => symbols.get(each))
        const bonus = streakBonusAt(slot, before)
        const pays = first && second && third ? readReels(first, second, third).payHundredths : 0
        const win = winOf(stake, pays, bonus, numberAt(outcome, 'variation_permille'))
        if (win !== payout) wrong.push(`round ${id} of player ${playerId} paid ${payout}, it is worth ${win}`)
      })
      const state = states.find((row) => row.player_id === playerId && row.game === 'slot')
      const counted = `${state?.state['streak']} ${state?.rounds} ${state?.best_streak}`
      const count = ofPlayer.length
      if (counted !== `${count} ${count} ${count}`)
        wrong.push(`player ${playerId} has ${count} rounds, the state counts ${counted}`)
    }
    return wrong
  },
}

export const oneEventEach: Check = {
  name: 'each round is told once, and each telling is counted once',
  look: ({ rounds, events, deliveries, days }) => {
    const told = Map.groupBy(
      events.filter(({ kind }) => kind === 'rounds.round_played'),
      ({ payload }) => BigInt(numberAt(payload, 'round_id')),
    )
    const wrong: string[] = []
    for (const round of rounds) {
      const ofRound = told.get(round.id) ?? []
      if (ofRound.length !== 1) wrong.push(`round ${round.id} was told ${ofRound.length} times`)
      told.delete(round.id)
    }
    for (const id of told.keys()) wrong.push(`round ${id} was told and never played`)
    const left = events.filter((event) => !event.is_handled).length
    if (left > 0 || deliveries > 0) wrong.push(`${left} events and ${deliveries} deliveries are left over`)
    const sums = (rows: readonly { rounds: bigint; staked: bigint; paid: bigint }[]): string =>
      `${sum(rows.map((row) => row.rounds))} rounds, ${sum(rows.map((row) => row.staked))} staked, ${sum(rows.map((row) => row.paid))} paid`
    const expected = sums(rounds.map(({ stake, payout }) => ({ rounds: 1n, staked: stake, paid: payout })))
    if (sums(days) !== expected) wrong.push(`the days count ${sums(days)}, the rounds ${expected}`)
    return wrong
  },
}

function sum(values: readonly bigint[]): bigint {
  return values.reduce((total, each) => total + each, 0n)
}
