import { hash, randomBytes } from 'node:crypto'
import { verifyReceipt } from '@casino-club/fairness/verify-receipt.ts'
import type { Act, Check } from '#tests/crash/act.ts'
import type { CrashPlayer, Learn } from '#tests/crash/crash-player.ts'
import type { PairRow } from '#tests/crash/evidence.ts'
import type { Account } from '#tests/crash/journal.ts'
import { asJson, canonical, itemsOf, type Json, numberAt, textAt } from '#tests/crash/json.ts'
import { pullOnce } from '#tests/crash/pull-acts.ts'
import { spinOnce } from '#tests/crash/spin-acts.ts'

/* Revealing seeds and going on with the promised ones, also while rounds are being drawn from them. */

export const ROTATE = 'rotate'

const commitmentTo = (serverSeed: string): string => hash('sha256', Buffer.from(serverSeed, 'hex'))

const learn =
  (player: CrashPlayer, clientSeed: string): Learn =>
  ({ word, answer }) => {
    if (word === 'unknown') return
    const current = asJson(answer['current'])
    const revealed = asJson(answer['last_revealed'])
    if (word === 'refused' || textAt(current, 'client_seed') !== clientSeed)
      player.fault(`a rotation to ${clientSeed} came to ${canonical(answer)}`)
    if (commitmentTo(textAt(revealed, 'server_seed')) !== textAt(revealed, 'commitment'))
      player.fault(`a seed was revealed that was not committed to: ${canonical(revealed)}`)
  }

const rotate = async (player: CrashPlayer): Promise<void> => {
  const clientSeed = `c-${randomBytes(8).toString('hex')}`
  const asked = { method: 'POST', path: '/api/fairness/rotate', body: { client_seed: clientSeed } } as const
  await player.settle(await player.plan(ROTATE, asked, ''), learn(player, clientSeed))
}

export const rotateSeeds: Act = { name: 'rotation', share: 3, turn: rotate }

/** Both games draw from one pair of seeds, and in the same moment it is rotated away: on any of the servers. */
export const everythingAtOnce: Act = {
  name: 'spins, a pull and a rotation at once',
  share: 6,
  turn: async (player) => {
    const acts = [spinOnce, spinOnce, pullOnce, ...(player.dice.chance(50) ? [rotate] : [])]
    await Promise.all(player.dice.shuffled(acts).map((act) => act(player)))
  },
}

/** Whoever holds receipts can decide the rounds again, without asking the house anything more. */
export const verifyReceipts: Act = {
  name: 'receipts',
  share: 1,
  turn: async (player) => {
    const page = await player.read('/api/fairness/receipts?limit=10')
    if (!page) return
    const configs = Array.isArray(page['configs']) ? page['configs'].map(asJson) : []
    for (const item of itemsOf(page)) {
      const receipt = asJson(item['receipt'])
      const config = configs.find((each) => each['config_hash'] === receipt['config_hash'])?.['config']
      const { verdict, steps } = verifyReceipt(receipt, { config })
      if (verdict === 'wrong') player.fault(`receipt ${numberAt(item, 'round_id')}: ${canonical(steps)}`)
    }
  },
}

export const noncesHaveNoGap: Check = {
  name: 'each pair of seeds counts its rounds without a gap',
  look: ({ rounds, pairs }) => {
    const wrong: string[] = []
    const drawn = Map.groupBy(rounds, (row) => row.pair_id)
    for (const pair of pairs) {
      const nonces = (drawn.get(pair.id) ?? []).map((row) => row.nonce)
      const isGapless = nonces.every((nonce, at) => nonce === BigInt(at)) && pair.rounds === BigInt(nonces.length)
      if (!isGapless) wrong.push(`pair ${pair.id} counts ${pair.rounds} after the rounds ${nonces.slice(-5)}`)
      drawn.delete(pair.id)
    }
    for (const [id, { length }] of drawn) wrong.push(`${length} rounds were drawn from pair ${id}, which is not there`)
    return wrong
  },
}

export const seedsAreAsCommitted: Check = {
  name: 'every seed is the one that was committed to, and every promise of a rotation was kept',
  look: ({ accounts, pairs }) => {
    const wrong: string[] = []
    const byId = new Map(pairs.map((pair) => [Number(pair.id), pair]))
    const after = new Map<PairRow, PairRow | undefined>()
    for (const ofPlayer of Map.groupBy(pairs, (pair) => pair.player_id).values())
      ofPlayer.forEach((pair, at) => void after.set(pair, ofPlayer[at + 1]))
    for (const { id, server_seed: seed, commitment } of pairs)
      if (seed !== null && commitmentTo(seed) !== commitment) wrong.push(`pair ${id} revealed another seed`)
    for (const [deed, answer] of rotations(accounts)) {
      const current = asJson(answer['current'])
      const revealed = asJson(answer['last_revealed'])
      const pair = byId.get(numberAt(current, 'pair_id'))
      const isKept =
        pair !== undefined &&
        `${pair.player_id} ${pair.commitment} ${pair.client_seed}` ===
          `${deed.player} ${textAt(current, 'commitment')} ${textAt(current, 'client_seed')}`
      if (!isKept) wrong.push(`player ${deed.player} was told of ${canonical(current)}`)
      const promised = pair && (after.get(pair)?.commitment ?? pair.next_commitment)
      if (promised !== textAt(current, 'next_commitment'))
        wrong.push(`player ${deed.player} was promised ${textAt(current, 'next_commitment')}, and got ${promised}`)
      const shown = byId.get(numberAt(revealed, 'pair_id'))
      if (
        !shown ||
        `${shown.server_seed} ${shown.rounds}` !== `${textAt(revealed, 'server_seed')} ${revealed['rounds']}`
      )
        wrong.push(`player ${deed.player} was shown ${canonical(revealed)}`)
    }
    return wrong
  },
}

function rotations(accounts: readonly Account[]): [Account['deed'], Json][] {
  return accounts
    .filter(({ deed }) => deed.act === ROTATE)
    .flatMap(({ deed, sendings }) =>
      sendings.filter(({ word }) => word === 'ok').map(({ answer }): [Account['deed'], Json] => [deed, answer]),
    )
}
