import { readFile } from 'node:fs/promises'
import { pagesIn, verifyExport } from '../fairness/src/verify-export.ts'
import { expect, test } from './club.ts'

test('all receipts come as one file that the verifier reads; without a line nothing is saved, and it says so', async ({
  page,
  club,
}) => {
  const { words } = club
  await club.signUp(page)
  await page.goto(club.url('/games/slot'))
  await expect(page.getByTestId('slot-spin')).toHaveAttribute('aria-disabled', 'false')
  const answered = page.waitForResponse((response) => response.url().endsWith('/api/games/slot/spin'))
  await page.getByTestId('slot-spin').click()
  const { round_id: roundId } = await (await answered).json()

  await page.goto(club.url('/fairness'))
  const button = page.getByRole('button', { name: words('fairness.all.download') })
  await button.waitFor()
  await page.route('**/api/fairness/receipts*', (route) => route.abort())
  await button.click()
  await expect(page.getByText(words('fairness.all.failed'))).toBeVisible()
  await page.unroute('**/api/fairness/receipts*')

  const saved = page.waitForEvent('download')
  await button.click()
  const download = await saved
  expect(download.suggestedFilename()).toMatch(/^casino-club-receipts-20\d\d-\d\d-\d\d\.json$/)
  const pages = pagesIn(JSON.parse(await readFile(await download.path(), 'utf8')))
  expect(pages?.flatMap(({ items }) => items)).toMatchObject([{ round_id: roundId }])
  // The seed is still sealed, so there is nothing to contradict yet; everything that can be checked agrees.
  expect(verifyExport(pages ?? []).problems).toEqual([])
  await expect(page.getByText(words('fairness.all.failed'))).toBeHidden()
})
