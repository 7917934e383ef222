import { describe, expect, test } from 'vitest'
import { readAsk } from './pending-ask.ts'

describe('a play kept over a reload', () => {
  const stored = JSON.stringify({ playerId: '7', key: 'k', amount: 20 })

  test.each([
    ['its owner', stored, '7', { key: 'k', amount: 20 }],
    ['another player', stored, '8', null],
    ['nothing', null, '7', null],
    ['half of it', '{"playerId":"7","key":"k"}', '7', null],
    ['rubbish', '{', '7', null],
    ['an amount that is no number', '{"playerId":"7","key":"k","amount":"20"}', '7', null],
  ])('%s', (_, text, playerId, ask) => {
    expect(readAsk(text, playerId)).toEqual(ask)
  })
})
