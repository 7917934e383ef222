import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { expect } from './club.ts'

const TOKENS = readFileSync(join(import.meta.dirname, '../web/ui/tokens.css'), 'utf8')
/** Every theme that there are colours for. */
const THEMES = [...TOKENS.matchAll(/\[data-theme="(\w+)"\]/g)].map(([, theme = '']) => theme)

/** A key shown instead of its text, or a placeholder that nobody filled. */
const UNTRANSLATED = /\b(common|entry|fairness|gacha|home|odds|slot|wallet|history|account)\.[a-z]\w+\.?\w*|\{\w+\}/

/** Of axe's rules these look at colours. A theme changes nothing else, so the others are asked once. */
const OF_COLOUR = ['color-contrast', 'link-in-text-block']

/**
 * What must hold on every screen in every state: nothing for axe to complain of in any theme, no scrolling sideways at
 * 360 px, no text left untranslated. Themes are changed on the page as it stands, as the settings do it; call it
 * with reduced motion, because colours on their way are neither the old nor the new ones.
 */
export async function lookOver(page: Page, state: string): Promise<void> {
  // Legacy: in the page itself. Otherwise each run opens and closes another tab for frames, of which there are none.
  const axe = new AxeBuilder({ page }).options({ resultTypes: ['violations'] }).setLegacyMode()
  const complaints = wordsOf((await axe.analyze()).violations)
  expect.soft(complaints, state).toEqual([])
  expect(THEMES).toContain('light')
  for (const theme of THEMES.filter((each) => each !== 'neon'))
    expect.soft(await complaintsOfColour(page, theme), `${state}, ${theme}`).toEqual([])

  const before = page.viewportSize()
  await page.setViewportSize({ width: 360, height: 740 })
  expect
    .soft(await page.evaluate('document.documentElement.scrollWidth'), `${state} at 360 px`)
    .toBeLessThanOrEqual(360)
  if (before) await page.setViewportSize(before)

  expect.soft(String(await page.evaluate('document.body.innerText')), state).not.toMatch(UNTRANSLATED)
}

type Violation = { readonly id: string; readonly nodes: readonly { readonly target: unknown }[] }

const wordsOf = (violations: readonly Violation[]) =>
  violations.map(({ id, nodes }) => `${id} at ${nodes.map(({ target }) => [target].flat().join(' ')).join(', ')}`)

/** Axe is in the page already. Two frames after the change the style sheets have followed. */
async function complaintsOfColour(page: Page, theme: string): Promise<string[]> {
  const violations = await page.evaluate<Violation[]>(`(async () => {
    const { dataset } = document.documentElement
    const before = dataset.theme
    dataset.theme = '${theme}'
    await new Promise((shown) => requestAnimationFrame(() => requestAnimationFrame(shown)))
    const { violations } = await axe.run(document, {
      runOnly: ${JSON.stringify(OF_COLOUR)},
      resultTypes: ['violations'],
    })
    dataset.theme = before
    return violations.map(({ id, nodes }) => ({ id, nodes: nodes.map(({ target }) => ({ target })) }))
  })()`)
  return wordsOf(violations)
}
