import { defineConfig } from '@playwright/test'
import journeys from './playwright.config.ts'

/** `npm run screens`: takes the pictures under `docs/screens/` anew. */
export default defineConfig({
  ...journeys,
  testMatch: 'screens.take.ts',
  workers: 1,
  projects: (journeys.projects ?? []).flatMap((project) =>
    (['ko-KR', 'en-US'] as const).map((locale) => ({
      ...project,
      name: `${project.name?.split(',')[0]}-${locale.slice(0, 2)}`,
      use: { ...project.use, locale, deviceScaleFactor: 1, contextOptions: { reducedMotion: 'reduce' as const } },
    })),
  ),
})
