import { defineConfig } from '@playwright/test'
import { findChromium } from './find-chromium.ts'

const { executablePath, env } = await findChromium()
const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 }
const desktop = { viewport: { width: 1440, height: 900 } }
const korean = { ...desktop, locale: 'ko-KR' }
const MEASURED = ['budgets.spec.ts', 'frames.spec.ts', 'lighthouse.spec.ts']

export const journeys = [
  { name: 'phone, ko', testIgnore: MEASURED, use: { ...phone, locale: 'ko-KR' } },
  { name: 'desktop, en', testIgnore: MEASURED, use: { ...desktop, locale: 'en-US' } },
]
/** Journeys once more where the other language meets the other size: tests that say so in their title. */
const crossed = [
  { name: 'phone, en', testIgnore: MEASURED, grep: /@everywhere/, use: { ...phone, locale: 'en-US' } },
  { name: 'desktop, ko', testIgnore: MEASURED, grep: /@everywhere/, use: { ...desktop, locale: 'ko-KR' } },
]

export default defineConfig({
  testDir: '.',
  outputDir: '../test-results',
  globalSetup: './open-club.ts',
  // One browser and one server on two cores: more workers only make each other slow.
  workers: 2,
  fullyParallel: true,
  forbidOnly: true,
  retries: 0,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  use: {
    actionTimeout: 15_000,
    navigationTimeout: 20_000,
    screenshot: 'only-on-failure',
    trace: 'retain-on-failure',
    launchOptions: {
      executablePath,
      env: { ...(process.env as Record<string, string>), ...env },
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        // Otherwise Chromium calls home at every start, and waits where there is no network.
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
  projects: [
    ...journeys,
    ...crossed,
    // Nothing else may run beside what measures time, so `npm test` runs it by itself (run/all-tests.mjs). Not by depending
    // on the journeys: one that failed would keep it from running at all.
    { name: 'measured', testMatch: MEASURED, workers: 1, use: korean },
  ],
})
