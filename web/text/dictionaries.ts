import enAccount from './en/account.json' with { type: 'json' }
import enCommon from './en/common.json' with { type: 'json' }
import enEntry from './en/entry.json' with { type: 'json' }
import enFairness from './en/fairness.json' with { type: 'json' }
import enGacha from './en/gacha.json' with { type: 'json' }
import enHistory from './en/history.json' with { type: 'json' }
import enHome from './en/home.json' with { type: 'json' }
import enOdds from './en/odds.json' with { type: 'json' }
import enSlot from './en/slot.json' with { type: 'json' }
import enWallet from './en/wallet.json' with { type: 'json' }
import koAccount from './ko/account.json' with { type: 'json' }
import koCommon from './ko/common.json' with { type: 'json' }
import koEntry from './ko/entry.json' with { type: 'json' }
import koFairness from './ko/fairness.json' with { type: 'json' }
import koGacha from './ko/gacha.json' with { type: 'json' }
import koHistory from './ko/history.json' with { type: 'json' }
import koHome from './ko/home.json' with { type: 'json' }
import koOdds from './ko/odds.json' with { type: 'json' }
import koSlot from './ko/slot.json' with { type: 'json' }
import koWallet from './ko/wallet.json' with { type: 'json' }
import type { Language } from './languages.ts'

const ko = {
  account: koAccount,
  common: koCommon,
  entry: koEntry,
  fairness: koFairness,
  gacha: koGacha,
  history: koHistory,
  home: koHome,
  odds: koOdds,
  slot: koSlot,
  wallet: koWallet,
}

/** Korean is the original: a translation that lacks one of its keys does not compile. */
export type Dictionary = typeof ko

const en: Dictionary = {
  account: enAccount,
  common: enCommon,
  entry: enEntry,
  fairness: enFairness,
  gacha: enGacha,
  history: enHistory,
  home: enHome,
  odds: enOdds,
  slot: enSlot,
  wallet: enWallet,
}

/**
 * All texts of one language. Server components call this and hand the result to `TextProvider`; client
 * components must not import this file, or every page would carry both languages.
 */
export function dictionaryOf(language: Language): Dictionary {
  return language === 'ko' ? ko : en
}
