import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { expect, test } from './club.ts'

const OUTSIDE = ['', '/invite', '/login', '/signup?code=5858']
const INSIDE = [
  '/home',
  '/games/slot',
  '/games/gacha',
  '/album',
  '/wallet',
  '/history',
  '/profile',
  '/sessions',
  '/settings',
  '/age',
]

test.describe('every screen', () => {
  for (const where of ['outside', 'inside'] as const) {
    test(`${where}: nothing for axe to complain of, no sideways scrolling at 360 px, no text left untranslated`, async ({
      page,
      club,
    }) => {
      test.slow()
      if (where === 'inside') await club.signUp(page)
      for (const path of where === 'inside' ? INSIDE : OUTSIDE) {
        await page.goto(club.url(path))
        await page.waitForLoadState('networkidle').catch(() => undefined)
        expect(await complaintsOf(page), path).toEqual([])

        const before = page.viewportSize()
        await page.setViewportSize({ width: 360, height: 740 })
        expect(await page.evaluate('document.documentElement.scrollWidth'), `${path} at 360 px`).toBeLessThanOrEqual(
          360,
        )
        if (before) await page.setViewportSize(before)

        const text = String(await page.evaluate('document.body.innerText'))
        // A key shown instead of its text, or a placeholder that nobody filled.
        expect(text, path).not.toMatch(
          /\b(common|entry|fairness|gacha|home|odds|slot|wallet|history|account)\.[a-z]\w+\.?\w*|\{\w+\}/,
        )
      }
    })
  }
})

for (const theme of ['light', 'contrast'] as const) {
  test(`in the ${theme} theme: nothing for axe to complain of at home, at the games, over their odds and in the album`, async ({
    page,
    club,
  }) => {
    test.slow()
    await club.signUp(page)
    await page.goto(club.url('/settings'))
    await page.getByText(club.words(`account.settings.themes.${theme}`), { exact: true }).click()
    for (const path of ['/home', '/games/slot']) {
      await page.goto(club.url(path))
      await page.waitForLoadState('networkidle').catch(() => undefined)
      await expect(page.locator(`html[data-theme=${theme}]`)).toHaveCount(1)
      expect(await complaintsOf(page), path).toEqual([])
    }
    await page.getByTestId('slot-odds').click()
    await expect(page.getByRole('dialog').getByRole('table').first()).toBeVisible()
    expect(await complaintsOf(page)).toEqual([])

    await page.emulateMedia({ reducedMotion: 'reduce' })
    await page.goto(club.url('/album'))
    await page.waitForLoadState('networkidle').catch(() => undefined)
    expect(await complaintsOf(page), 'album').toEqual([])
    await page.goto(club.url('/games/gacha'))
    await page.locator('[data-testid=gacha-pull-1][aria-disabled=false]').click()
    await expect(page.getByTestId('gacha')).toHaveAttribute('data-phase', 'settled')
    expect(await complaintsOf(page), 'gacha, a result').toEqual([])
    await page.getByTestId('gacha-odds').click()
    await expect(page.getByRole('dialog').getByRole('table').first()).toBeVisible()
    expect(await complaintsOf(page), 'gacha, its odds').toEqual([])
  })
}

async function complaintsOf(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze()
  return violations.map(({ id, nodes }) => `${id} at ${nodes.map((node) => node.target.join(' ')).join(', ')}`)
}
