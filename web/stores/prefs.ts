import { create } from 'zustand'

export const themes = ['neon', 'light', 'contrast'] as const
export type Theme = (typeof themes)[number]

export const motions = ['system', 'full', 'reduced'] as const
/** `system` follows the device; the others overrule it, since some people want calm in one app only. */
export type Motion = (typeof motions)[number]

export type Prefs = {
  readonly theme: Theme
  readonly motion: Motion
  /** Sound is off until the player turns it on: nobody likes a page that makes noise unasked. */
  readonly sound: boolean
  /** From 0 to 1. */
  readonly volume: number
}

type PrefsStore = Prefs & { readonly set: (change: Partial<Prefs>) => void }

export const prefsKey = 'casino-club.prefs'
const defaults: Prefs = { theme: 'neon', motion: 'system', sound: false, volume: 0.6 }

/** Reads what an earlier visit left; anything that no longer makes sense falls back to its default. */
export function readPrefs(stored: string | null): Prefs {
  try {
    const found: Partial<Record<keyof Prefs, unknown>> = JSON.parse(stored ?? '{}') ?? {}
    return {
      theme: themes.find((theme) => theme === found.theme) ?? defaults.theme,
      motion: motions.find((motion) => motion === found.motion) ?? defaults.motion,
      sound: found.sound === true,
      volume: typeof found.volume === 'number' ? Math.min(1, Math.max(0, found.volume)) : defaults.volume,
    }
  } catch {
    return defaults
  }
}

function stored(): string | null {
  if (typeof localStorage === 'undefined') return null
  try {
    return localStorage.getItem(prefsKey)
  } catch {
    return null // storage may be forbidden; the settings then last as long as the tab
  }
}

function remember({ theme, motion, sound, volume }: Prefs): void {
  try {
    localStorage.setItem(prefsKey, JSON.stringify({ theme, motion, sound, volume }))
  } catch {
    // see `stored`
  }
}

export const usePrefs = create<PrefsStore>((set, get) => ({
  // Pages are prerendered with the defaults; `PrefsApplied` reads the stored ones after hydration, so that
  // the first render in the browser equals the prerendered one. Colours never wait: see theme-script.tsx.
  ...defaults,
  set: (change) => {
    set(change)
    remember(get())
    showPrefs(get())
  },
}))

/** Puts the settings where the style sheets see them. */
export function showPrefs({ theme, motion }: Prefs): void {
  document.documentElement.dataset['theme'] = theme
  document.documentElement.dataset['motion'] = motion
}

export function restorePrefs(): void {
  usePrefs.setState(readPrefs(stored()))
}

/** Whether scenes should show results at once instead of moving towards them. */
export function prefersCalm(motion: Motion): boolean {
  if (motion !== 'system') return motion === 'reduced'
  return typeof matchMedia !== 'undefined' && matchMedia('(prefers-reduced-motion: reduce)').matches
}
