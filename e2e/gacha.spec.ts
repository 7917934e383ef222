import type { Page } from '@playwright/test'
import { type Club, expect, isPhone, test } from './club.ts'

type Pull = {
  readonly round_id: number
  readonly items: readonly {
    readonly rarity: string
    readonly name: string
    readonly duplicate_tokens: number | null
  }[]
  readonly balance: number
  readonly message: string
}

test('a pull: charged, shown, said, kept in the album and the history, and verified in this browser', async ({
  page,
  club,
}) => {
  test.slow()
  const { words } = club
  await club.signUp(page)
  await page.goto(club.url('/games/gacha'))

  // What one actually gets is one tap from the button, for the long run and for this very player.
  await page.getByTestId('gacha-odds').click()
  const sheet = page.getByRole('dialog', { name: words('gacha.odds.title') })
  await expect(sheet.getByTestId('next-epic')).toHaveText('11.8%')
  await expect(sheet.getByRole('table').first()).toContainText('11.49%')
  await page.keyboard.press('Escape')

  const pull = await press(page, 1)
  const [item] = pull.items
  expect(pull.balance).toBe(200 - 50)
  await expect(page.getByTestId('gacha')).toHaveAttribute('data-phase', 'settled', { timeout: 15_000 })
  await expect(page.getByTestId('gacha-stage')).toContainText(item?.name ?? 'a name')
  await expect(page.getByTestId('gacha-balance')).toHaveText('150')
  const isMiss = item?.rarity === 'rare' || item?.rarity === 'common'
  await expect(page.getByTestId('gacha-pity')).toHaveText(isMiss ? '1 / 90' : '0 / 90')
  await expect(page.getByRole('status').filter({ hasText: item?.name ?? 'a name' })).toBeAttached()

  await page.goto(club.url('/album'))
  await expect(page.getByTestId('album-count')).toHaveText('1 / 16')
  await expect(page.locator('[data-owned]')).toContainText(item?.name ?? 'a name')
  await page.goto(club.url(`/history?round=${pull.round_id}`))
  await expect(page.getByRole('dialog').getByText(item?.name ?? 'a name')).toBeVisible()

  // The seed is opened, and the round decided again here.
  await page.goto(club.url('/fairness'))
  await page
    .getByRole('button', { name: words('fairness.rotate.open') })
    .first()
    .click()
  await page.getByRole('button', { name: words('fairness.rotate.submit'), exact: true }).click()
  await expect(page.getByText(words('fairness.rounds.revealed')).first()).toBeVisible()
  await page.getByRole('button', { name: words('fairness.rounds.checkOf', { id: String(pull.round_id) }) }).click()
  const check = page.getByRole('dialog', { name: words('fairness.check.titleOf', { id: String(pull.round_id) }) })
  await expect(check.getByText(words('fairness.verdict.verified'))).toBeVisible()
  await expect(check.getByTestId('explained-pulls')).toContainText(item?.name ?? 'a name')
})

test('ten pulls: one by one or all at once, ten prizes, one sentence; a stranger verifies the receipt', async ({
  page,
  club,
  browser,
}, testInfo) => {
  test.slow()
  const { words } = club
  // A player with tokens for it; one of each language, so that neither ends the other's session.
  await logIn(page, club, isPhone(testInfo) ? 'demo_luna' : 'demo_rex')
  await page.goto(club.url('/games/gacha'))
  const pull = await press(page, 10)
  await expect(page.getByTestId('gacha-skip')).toBeVisible()
  await expect(page.getByTestId('gacha')).toHaveAttribute('data-phase', 'revealing')
  await page.getByTestId('gacha-next').click()
  await page.getByTestId('gacha-skip').click()
  await expect(page.getByTestId('gacha-summary').getByRole('listitem')).toHaveCount(0) // for the eye only
  await expect(page.getByTestId('gacha-summary').locator('li')).toHaveCount(10)
  const duplicates = pull.items.filter((item) => item.duplicate_tokens !== null)
  const marked = page.getByTestId('gacha-summary').locator('.gacha-card-fate:not([data-new])')
  await expect(marked).toHaveCount(duplicates.length)
  await expect(page.getByRole('status').filter({ hasText: pull.message })).toHaveCount(1)
  await expect(page.getByTestId('gacha-balance')).toHaveText(pull.balance.toLocaleString('en'))

  const receipt = await page.evaluate(`(async () => {
    const headers = { 'X-Casino-Client': 'web', 'Content-Type': 'application/json' }
    const body = JSON.stringify({ client_seed: 'a-stranger-looks' })
    await fetch('/api/fairness/rotate', { method: 'POST', headers, body })
    return (await fetch('/api/fairness/rounds/${pull.round_id}', { headers })).text()
  })()`)
  const elsewhere = await browser.newContext()
  const stranger = await elsewhere.newPage()
  await stranger.goto(club.url('/fairness'))
  await stranger.getByRole('textbox').fill(String(receipt))
  await stranger.getByRole('button', { name: words('fairness.paste.submit') }).click()
  await expect(stranger.getByText(words('fairness.verdict.verified'))).toBeVisible()
  await expect(stranger.getByTestId('explained-pulls').locator('> li')).toHaveCount(10)
  await elsewhere.close()
})

test('by keys alone: to the odds and back, a pull, and on to its result at once', async ({ page, club }) => {
  await club.signUp(page)
  await page.goto(club.url('/games/gacha'))
  const pullOnce = page.locator('[data-testid=gacha-pull-1][aria-disabled=false]')
  await pullOnce.waitFor()
  await tabTo(page, 'gacha-odds')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('dialog')).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.getByTestId('gacha-odds')).toBeFocused()
  await tabTo(page, 'gacha-pull-1', 'Shift+Tab')
  const answered = page.waitForResponse((response) => response.url().endsWith('/api/games/gacha/pull'))
  await page.keyboard.press('Space')
  // From the first frame on, before the server has said anything.
  await page.keyboard.press('Escape')
  expect((await answered).status()).toBe(200)
  await expect(page.getByTestId('gacha')).toHaveAttribute('data-phase', 'settled')
  await expect(page.getByTestId('gacha-pull-1')).toBeFocused()
})

test('when the line is lost the same request is sent again, and charged once', async ({ page, club }) => {
  const { words } = club
  await club.signUp(page)
  await page.goto(club.url('/games/gacha'))
  const keys: (string | undefined)[] = []
  // The server does it; nobody hears of it.
  await page.route('**/api/games/gacha/pull', async (route) => {
    keys.push(route.request().headers()['idempotency-key'])
    await route.fetch()
    await route.abort()
  })
  await page.locator('[data-testid=gacha-pull-1][aria-disabled=false]').click()
  await expect(page.getByTestId('gacha')).toHaveAttribute('data-phase', 'unknown')
  // A reload loses nothing: the question is still open.
  await page.reload()
  await expect(page.getByTestId('gacha')).toHaveAttribute('data-phase', 'unknown')
  await page.unroute('**/api/games/gacha/pull')
  const answered = page.waitForRequest('**/api/games/gacha/pull')
  await page.getByRole('button', { name: words('gacha.screen.check') }).click()
  keys.push((await answered).headers()['idempotency-key'])
  await expect(page.getByTestId('gacha')).toHaveAttribute('data-phase', 'settled')
  await expect(page.getByTestId('gacha-balance')).toHaveText('150')
  expect(new Set(keys).size).toBe(1)
  expect(keys).toHaveLength(3)
})

test('with reduced motion the result is there at once; without tokens the button says how many are missing', async ({
  page,
  club,
}) => {
  await page.emulateMedia({ reducedMotion: 'reduce' })
  await club.signUp(page)
  await page.goto(club.url('/games/gacha'))
  let balance = 200
  while (balance >= 50) {
    const pull = await press(page, 1)
    await expect(page.getByTestId('gacha')).toHaveAttribute('data-phase', 'settled', { timeout: 1_000 })
    balance = pull.balance
  }
  await expect(page.getByTestId('gacha-pull-1')).toHaveAttribute('aria-disabled', 'true')
  await expect(page.getByTestId('gacha-pull-1')).toHaveAccessibleDescription(
    club.words('gacha.pull.short', { n: 50 - balance }),
  )
})

async function press(page: Page, count: 1 | 10): Promise<Pull> {
  const button = page.locator(`[data-testid=gacha-pull-${count}][aria-disabled=false]`)
  await button.waitFor()
  const answered = page.waitForResponse((response) => response.url().endsWith('/api/games/gacha/pull'))
  await button.click()
  const response = await answered
  expect(response.status()).toBe(200)
  return response.json()
}

async function logIn(page: Page, club: Club, siteId: string): Promise<void> {
  await page.goto(club.url('/login'))
  await page.locator('input[name=username]').fill(siteId)
  await page.locator('input[name=password]').fill('neon-garden-58')
  await page.keyboard.press('Enter')
  await page.waitForURL('**/home')
}

/** Presses Tab until the focus is there: an element that no Tab reaches fails the test. */
async function tabTo(page: Page, testId: string, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  for (let presses = 0; presses < 40; presses++) {
    if ((await page.getByTestId(testId).and(page.locator(':focus')).count()) > 0) return
    await page.keyboard.press(key)
  }
  throw new Error(`forty presses of ${key} do not reach ${testId}`)
}

test('who does not want to be among recent winners says so once, and every device knows', async ({ page, club }) => {
  await club.signUp(page)
  const choice = () => page.getByRole('switch', { name: club.words('account.settings.winners') })
  await page.goto(club.url('/settings'))
  await expect(choice()).toHaveAttribute('aria-checked', 'true')
  const answered = page.waitForResponse((response) => response.request().method() === 'PATCH')
  await choice().click()
  expect((await answered).status()).toBe(200)

  await page.reload()
  await expect(choice()).toHaveAttribute('aria-checked', 'false')
})
