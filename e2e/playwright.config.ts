import { defineConfig } from '@playwright/test'
import { findChromium } from './find-chromium.ts'

const { executablePath, env } = await findChromium()
const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 }
const desktop = { viewport: { width: 1440, height: 900 } }

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
    { name: 'phone, ko', use: { ...phone, locale: 'ko-KR' } },
    { name: 'desktop, en', use: { ...desktop, locale: 'en-US' } },
  ],
})
