import type { GachaConfig } from '@casino-club/fairness/gacha.config.ts'
import type { Game } from '#modules/rounds/game.ts'
import { type GachaBeside, type GachaInput, type GachaMemory, type GachaShown, gachaRules } from './gacha.rules.ts'
import { openShelf } from './open-shelf.ts'

/** The gacha, for the engine: its rules, and a shelf with the stock and what players own. */
export const gacha: Game<GachaConfig, GachaMemory, GachaInput, GachaShown, GachaBeside> = { ...gachaRules, openShelf }
