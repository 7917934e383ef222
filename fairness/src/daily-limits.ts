import { object, whole } from './shape.ts'

/** Rounds a player may play per Asia/Seoul day, by rank. A higher rank plays longer, never at better odds. */
export type DailyLimits = { readonly STANDARD: number; readonly PREMIUM: number; readonly VIP: number }

const rounds = whole(1, 1_000_000)

export const dailyLimitsShape = object({ STANDARD: rounds, PREMIUM: rounds, VIP: rounds })
