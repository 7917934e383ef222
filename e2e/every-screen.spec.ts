import AxeBuilder from '@axe-core/playwright'
import { expect, test } from './club.ts'

const OUTSIDE = ['', '/invite', '/login', '/signup?code=5858']
const INSIDE = ['/home', '/games/slot', '/wallet', '/history', '/profile', '/sessions', '/settings', '/age']

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
        const { violations } = await new AxeBuilder({ page }).analyze()
        expect(
          violations.map(
            ({ id, nodes }) => `${path}: ${id} at ${nodes.map((node) => node.target.join(' ')).join(', ')}`,
          ),
        ).toEqual([])

        const before = page.viewportSize()
        await page.setViewportSize({ width: 360, height: 740 })
        expect(await page.evaluate('document.documentElement.scrollWidth'), `${path} at 360 px`).toBeLessThanOrEqual(
          360,
        )
        if (before) await page.setViewportSize(before)

        const text = String(await page.evaluate('document.body.innerText'))
        // A key shown instead of its text, or a placeholder that nobody filled.
        expect(text, path).not.toMatch(/\b(common|entry|home|slot|wallet|history|account)\.[a-z]\w+\.?\w*|\{\w+\}/)
      }
    })
  }
})
