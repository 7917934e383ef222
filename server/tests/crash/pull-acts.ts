import type { Act, Check } from '#tests/crash/act.ts'
import { type CrashPlayer, codeOf, type Learn, learnRound } from '#tests/crash/crash-player.ts'
import { canonical, numberAt } from '#tests/crash/json.ts'
import { DAILY_LIMIT, INSUFFICIENT } from '#tests/crash/spin-acts.ts'

export const PULL = 'pull'

const learn =
  (player: CrashPlayer, toldBefore: number | undefined): Learn =>
  ({ word, answer }, isLate) => {
    if (word === 'unknown') return
    const code = codeOf(answer)
    if (word === 'refused') {
      if (code !== INSUFFICIENT && code !== DAILY_LIMIT) player.fault(`a pull was refused: ${canonical(answer)}`)
      return
    }
    const cost = numberAt(answer, 'price_tokens') - numberAt(answer, 'duplicate_tokens')
    if (!isLate && toldBefore !== undefined && numberAt(answer, 'balance') !== toldBefore - cost)
      player.fault(`a pull for ${cost} left ${numberAt(answer, 'balance')} of ${toldBefore}`)
    learnRound(player, answer, 'gacha')
  }

const pull = async (player: CrashPlayer): Promise<void> => {
  const body = { pull_count: player.dice.pick([1, 1, 10]) }
  const deed = await player.plan(PULL, { method: 'POST', path: '/api/games/gacha/pull', body })
  await player.settle(deed, learn(player, player.isCertain ? player.balance : undefined))
}

export const pullPrizes: Act = { name: 'pull', share: 14, turn: pull }

/** One among other things that happen to the player's money in the same moment. */
export const pullOnce = async (player: CrashPlayer): Promise<void> => {
  const deed = await player.plan(PULL, { method: 'POST', path: '/api/games/gacha/pull', body: { pull_count: 1 } })
  await player.settle(deed, learn(player, undefined))
}

/** One inventory, one stock. */
export const pullsAtOnce: Act = {
  name: 'pulls at once',
  share: 6,
  turn: async (player) => {
    await Promise.all(Array.from({ length: player.dice.between(2, 4) }, () => pullOnce(player)))
  },
}

export const prizesAreThereOnce: Check = {
  name: 'every prize is owned once, and every limited one came out of a stock that is there',
  look: ({ rounds, inventory, stock }) => {
    const wrong: string[] = []
    const owned = new Map<string, number>()
    const granted = new Map<string, bigint>()
    for (const { player_id: player, game, outcome } of rounds) {
      if (game !== 'gacha') continue
      for (const { item, duplicate_tokens: duplicate } of outcome['pulls'] as Kept[]) {
        granted.set(item, (granted.get(item) ?? 0n) + 1n)
        if (duplicate === null) owned.set(`${player} ${item}`, (owned.get(`${player} ${item}`) ?? 0) + 1)
      }
    }
    for (const [name, times] of owned) if (times !== 1) wrong.push(`${name} was new ${times} times`)
    const kept = new Set(inventory.map((row) => `${row.player_id} ${row.item}`))
    for (const name of owned.keys()) if (!kept.has(name)) wrong.push(`${name} was given, and is not there`)
    for (const name of kept) if (!owned.has(name)) wrong.push(`${name} is there, and was never given`)
    for (const { item, taken, pieces } of stock) {
      if (taken > pieces) wrong.push(`${taken} of ${item} were given, and there are ${pieces}`)
      if (taken !== (granted.get(item) ?? 0n)) wrong.push(`${taken} of ${item} were taken, ${granted.get(item)} given`)
    }
    return wrong
  },
}

type Kept = { readonly item: string; readonly duplicate_tokens: number | null }
