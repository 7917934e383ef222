import { expect, test } from './club.ts'

test('rounds can be chosen by game, result and day; the address keeps the choice, and nothing matching is said', async ({
  page,
  club,
}) => {
  const { words } = club
  await club.signUp(page)
  await page.goto(club.url('/games/slot'))
  await expect(page.getByTestId('slot-spin')).toHaveAttribute('aria-disabled', 'false')
  const answered = page.waitForResponse((response) => response.url().endsWith('/api/games/slot/spin'))
  await page.getByTestId('slot-spin').click()
  const spin = await (await answered).json()
  const result = spin.win_amount > spin.bet_amount ? 'won' : spin.win_amount > 0 ? 'returned' : 'lost'
  const other = result === 'won' ? 'lost' : 'won'
  const rows = page.locator('a[href*="round="]')

  await page.goto(club.url('/history'))
  await expect(rows).toHaveCount(1)
  // Both in one moment, before the address can say the first.
  const game = await page.getByLabel(words('history.filter.game')).elementHandle()
  const won = await page.getByLabel(words('history.filter.result')).elementHandle()
  await page.evaluate(
    (chosen) => {
      for (const [select, value] of chosen) {
        const choice = select as unknown as EventTarget & { value: string }
        choice.value = value
        choice.dispatchEvent(new Event('change', { bubbles: true }))
      }
    },
    [
      [game, 'slot'],
      [won, result],
    ] as const,
  )
  await page.getByLabel(words('history.filter.time')).selectOption('day')
  await expect(page).toHaveURL(/\?game=slot&result=\w+&day=20\d\d-\d\d-\d\d$/)
  await expect(rows).toHaveCount(1)

  await page.getByLabel(words('history.filter.result')).selectOption(other)
  await expect(page.getByText(words('history.filter.emptyTitle'))).toBeVisible()
  await page.reload()
  await expect(page.getByText(words('history.filter.emptyTitle'))).toBeVisible()
  await expect(page.getByLabel(words('history.filter.result'))).toHaveValue(other)

  // A round opens over the list that it stands in, and closing it leads back to that list.
  await page.getByLabel(words('history.filter.result')).selectOption(result)
  await rows.click()
  await expect(page.getByRole('dialog', { name: words('history.detail.title') })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page).toHaveURL(new RegExp(`\\?game=slot&result=${result}&day=`))

  await page.getByRole('button', { name: words('history.filter.clear') }).click()
  await expect(page).toHaveURL(/\/history$/)
  await expect(rows).toHaveCount(1)
})

test('a second tab follows the balance without being touched', async ({ page, club, context }) => {
  await club.signUp(page)
  await page.goto(club.url('/home'))
  await expect(page.getByText('200', { exact: true }).first()).toBeVisible()
  const second = await context.newPage()
  await second.goto(club.url('/games/slot'))
  await expect(second.getByTestId('slot-spin')).toHaveAttribute('aria-disabled', 'false')
  const answered = second.waitForResponse((response) => response.url().endsWith('/api/games/slot/spin'))
  await second.getByTestId('slot-spin').click()
  const { balance } = await (await answered).json()
  await expect(page.getByText(balance.toLocaleString(club.language), { exact: true }).first()).toBeVisible()
})
