import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test as base, expect, type Page, type TestInfo } from '@playwright/test'
import { fill } from '../web/text/translate.ts'

export type Language = 'ko' | 'en'

/** The words on the screen, from the very catalogues the app shows. */
type Words = (path: string, values?: Readonly<Record<string, string | number>>) => string

export function wordsOf(language: Language): Words {
  const catalogues = new Map<string, unknown>()
  return (path, values = {}) => {
    const [file = '', ...keys] = path.split('.')
    if (!catalogues.has(file))
      catalogues.set(
        file,
        JSON.parse(readFileSync(join(import.meta.dirname, `../web/text/${language}/${file}.json`), 'utf8')),
      )
    const found = keys.reduce<unknown>(
      (at, key) => (typeof at === 'object' && at !== null ? Reflect.get(at, key) : undefined),
      catalogues.get(file),
    )
    if (typeof found !== 'string') throw new Error(`${language} has no text ${path}`)
    return fill(found, values, language)
  }
}

export type Club = {
  readonly language: Language
  readonly words: Words
  readonly url: (path: string) => string
  /** A new player through the door, by keys and taps, as far as the tutorial. */
  readonly signUp: (page: Page) => Promise<{ siteId: string; password: string }>
}

let players = 0

/** Every test watches the page: a script error, a broken CSP or a failed request fails it. */
export const test = base.extend<{ club: Club; watched: string[] }>({
  page: async ({ page }, use) => {
    // Pages of the app run their scripts after the first paint, which may be after `load`: a press before would be lost.
    const open = page.goto.bind(page)
    page.goto = async (...args) => {
      const response = await open(...args)
      await page.waitForSelector('html:is([data-alive], :not([data-app]))', { state: 'attached' })
      return response
    }
    await use(page)
  },
  watched: [
    async ({ page }, use) => {
      const troubles: string[] = []
      page.on('pageerror', (error) => troubles.push(`script: ${error.message}`))
      page.on('console', (message) => {
        // The browser reports each refused request as an error, too; refusals are part of some journeys.
        if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
          troubles.push(message.text())
      })
      page.on('response', (response) => {
        if (response.status() >= 500) troubles.push(`${response.status()} ${response.url()}`)
      })
      await use(troubles)
      expect(troubles).toEqual([])
    },
    { auto: true },
  ],
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures out of this pattern
  club: async ({}, use, testInfo) => {
    const language: Language = testInfo.project.use.locale === 'ko-KR' ? 'ko' : 'en'
    const words = wordsOf(language)
    const origin = process.env['CLUB_URL'] ?? ''
    const url = (path: string) => `${origin}/${language}${path}`
    await use({
      language,
      words,
      url,
      signUp: async (page) => {
        const siteId = `e2e_${testInfo.workerIndex}_${Date.now().toString(36)}_${++players}`.slice(0, 20)
        const password = 'a calm evening in may'
        await page.goto(url('/invite?code=5858'))
        await expect(page.getByText(words('entry.invite.valid')).first()).toBeVisible()
        await page.getByRole('button', { name: words('entry.invite.continue') }).click()
        await page.locator('input[name=username]').fill(siteId)
        await page.locator('input[name=nickname]').fill(`N${siteId.slice(4).replaceAll('_', '')}`.slice(0, 16))
        await page.locator('input[name=new-password]').fill(password)
        await page.getByRole('checkbox').check()
        await page.getByRole('button', { name: words('entry.signup.submit') }).click()
        await page.waitForURL('**/age')
        await page.getByText(words('entry.age.later')).click()
        await page.waitForURL('**/welcome')
        return { siteId, password }
      },
    })
  },
})

export function isPhone(testInfo: TestInfo): boolean {
  return testInfo.project.name.startsWith('phone')
}

export { expect }
