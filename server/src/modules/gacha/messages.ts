import type { Rarity } from '@casino-club/fairness/gacha.config.ts'
import type { Animation } from '@casino-club/fairness/gacha.rules.ts'
import type { Language } from '#platform/route/endpoint.ts'
import type { KeptPull } from './gacha.rules.ts'

/*
 * What a player reads after pulling. It says what happened and why, and nothing about what to do next.
 */

const RARITY: Readonly<Record<Language, Readonly<Record<Rarity, string>>>> = {
  ko: { legendary: '전설', epic: '영웅', rare: '희귀', common: '일반' },
  en: { legendary: 'legendary', epic: 'epic', rare: 'rare', common: 'common' },
}

const SITUATION: Readonly<Record<Animation, Readonly<Record<Language, string>>>> = {
  legendary: {
    ko: '전설 상품이 나왔어요. 공개된 확률 그대로예요.',
    en: 'A legendary item came up, at the published odds.',
  },
  epic: { ko: '영웅 상품이 나왔어요.', en: 'An epic item came up.' },
  pity: {
    ko: '영웅 미만이 이어져, 천장에서 영웅 상품이 나왔어요.',
    en: 'After a run without an epic item, the guarantee granted one.',
  },
  near_miss: {
    ko: '한 등급 위처럼 빛난 연출이에요. 받은 등급은 적힌 그대로예요.',
    en: 'The reveal looked like a higher rarity. What you received is what the list says.',
  },
  normal: {
    ko: '결과가 나왔어요.',
    en: 'The result is in.',
  },
}

/** In one sentence, what kind of result it was. */
export function situationOf(animation: Animation, language: Language): string {
  return SITUATION[animation][language]
}

/** How many of each rarity were received, best first, and what duplicates were converted to. */
export function summaryOf(pulls: readonly KeptPull[], language: Language): string {
  const names = RARITY[language]
  const counts = (['legendary', 'epic', 'rare', 'common'] as const).flatMap((rarity) => {
    const count = pulls.filter(({ granted }) => granted === rarity).length
    return count === 0 ? [] : [language === 'ko' ? `${names[rarity]} ${count}개` : `${count} ${names[rarity]}`]
  })
  const duplicates = pulls.filter(({ duplicate_tokens: tokens }) => tokens !== null)
  const tokens = duplicates.reduce((sum, each) => sum + (each.duplicate_tokens ?? 0), 0)
  if (language === 'ko') {
    const converted = duplicates.length > 0 ? ` 이미 가진 ${duplicates.length}개는 토큰 ${tokens}개로 바뀌었어요.` : ''
    return `${pulls.length}번 뽑아 ${counts.join(', ')}를 받았어요.${converted}`
  }
  const converted = duplicates.length > 0 ? ` ${duplicates.length} owned already became ${tokens} tokens.` : ''
  return `${pulls.length === 1 ? '1 pull' : `${pulls.length} pulls`}: ${counts.join(', ')}.${converted}`
}
