import { parseOptions } from '@node-rs/argon2'
import { expect, test } from 'vitest'
import { parseConfig } from '#server/config.ts'
import { tooBusy } from './contract.ts'
import { checkPassword, hashPassword, Turns } from './hash-password.ts'

const inTests = parseConfig({ NODE_ENV: 'test' })
const inEarnest = parseConfig({ NODE_ENV: 'development' })

test('outside of tests a hash costs 19 MiB and two passes', async () => {
  const hash = await hashPassword(inEarnest, 'neon rain over hangang')
  expect(parseOptions(hash)).toMatchObject({ algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 })
  expect(await checkPassword(inEarnest, hash, 'neon rain over hangang')).toEqual({ isRight: true, needsRehash: false })
})

test('a hash made at a lower cost is to be made again', async () => {
  const cheap = await hashPassword(inTests, 'neon rain over hangang')
  expect(await checkPassword(inEarnest, cheap, 'neon rain over hangang')).toEqual({ isRight: true, needsRehash: true })
  expect(await checkPassword(inTests, cheap, 'neon rain over hangang')).toEqual({ isRight: true, needsRehash: false })
})

test('nothing is cut off, and nobody has no password', async () => {
  const long = `${'가'.repeat(100)}a`
  const hash = await hashPassword(inTests, long)
  expect((await checkPassword(inTests, hash, `${'가'.repeat(100)}b`)).isRight).toBe(false)
  expect((await checkPassword(inTests, hash, long.normalize('NFD'))).isRight).toBe(true)
  expect((await checkPassword(inTests, null, long)).isRight).toBe(false)
})

test('two at a time, three in line, the sixth is refused, and the line moves on', async () => {
  const turns = new Turns(2, 3)
  let working = 0
  let most = 0
  const finish: (() => void)[] = []
  const work = async () => {
    most = Math.max(most, ++working)
    await new Promise<void>((resolve) => finish.push(resolve))
    working--
  }
  const admitted = Array.from({ length: 5 }, () => turns.take(work))
  await expect(turns.take(work)).rejects.toMatchObject({ kind: tooBusy, details: { retry_after_seconds: 2 } })
  for (let done = 0; done < 5; done++) {
    while (finish.length === 0) await new Promise((resolve) => setImmediate(resolve))
    finish.shift()?.()
  }
  await Promise.all(admitted)
  expect(most).toBe(2)
  // The places are free again, also after a failure.
  await expect(turns.take(async () => Promise.reject(new Error('failed')))).rejects.toThrow('failed')
  expect(await turns.take(async () => 'done')).toBe('done')
})
