import { defineConfig } from '@playwright/test'
import config, { journeys } from './playwright.config.ts'

/** `npm run screens`: takes the pictures under `docs/screens/` anew. */
export default defineConfig({
  ...config,
  testMatch: 'screens.take.ts',
  workers: 1,
  projects: journeys.flatMap(({ name, use }) =>
    (['ko-KR', 'en-US'] as const).map((locale) => ({
      name: `${name.split(',')[0]}-${locale.slice(0, 2)}`,
      use: { ...use, locale, deviceScaleFactor: 1, contextOptions: { reducedMotion: 'reduce' as const } },
    })),
  ),
})
