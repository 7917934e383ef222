import type { Locator, Page } from '@playwright/test'
import { expect, test } from './club.ts'

test('from the landing page by invitation to a paid spin, and there again after a reload', {
  tag: '@everywhere',
}, async ({ page, club }) => {
  const { words } = club
  await page.goto(club.url(''))
  // Without the landing's script the door is a link; with it the same form opens over the landing (doors.spec.ts).
  await page.locator('a[href$="/invite"]').first().click()
  await page.getByRole('dialog').locator('input[name=code]').waitFor()
  await page.goto(club.url('/invite'))

  await page.locator('input[name=code]').fill('nobody-knows-this')
  await expect(page.getByText(words('entry.invite.unknown')).first()).toBeVisible()

  await club.signUp(page)
  await page
    .getByRole('button', { name: words('entry.tutorial.skip') })
    .or(page.getByRole('link', { name: words('entry.tutorial.skip') }))
    .first()
    .click()
  await page.waitForURL('**/home')
  await expect(page.getByText('200', { exact: true }).first()).toBeVisible()

  await page.goto(club.url('/games/slot'))
  const answered = page.waitForResponse((response) => response.url().endsWith('/api/games/slot/spin'))
  await page
    .getByRole('button', { name: words('slot.spin.label'), exact: false })
    .first()
    .click()
  const spin = await (await answered).json()
  expect(spin.balance).toBe(200 - spin.bet_amount + spin.win_amount)

  // The result is said, not only shown.
  const said =
    spin.win_amount > spin.bet_amount
      ? 'slot.announce.win'
      : spin.win_amount > 0
        ? 'slot.announce.returned'
        : 'slot.announce.loss'
  const tail =
    words(said, { reels: '', win: spin.win_amount, balance: spin.balance.toLocaleString(club.language) })
      .split('. ')
      .at(-1) ?? ''
  await expect(page.locator('[role=status], [aria-live]').filter({ hasText: tail }).first()).toBeAttached()

  await page.reload()
  await page.goto(club.url('/wallet'))
  await expect(page.getByText(words('wallet.reason.slot_stake')).first()).toBeVisible()
  await expect(page.getByText(words('wallet.reason.accounts_start_balance')).first()).toBeVisible()
  const listed = page.waitForResponse((response) => response.url().includes('/api/games/rounds'))
  await page.goto(club.url('/history'))
  expect((await (await listed).json()).items).toMatchObject([{ round_id: spin.round_id }])
  await expect(page.getByText(words('history.roundsEmptyTitle'))).toHaveCount(0)
})

test('no token is where a script can read it', async ({ page, club, context }) => {
  await club.signUp(page)
  const readable = await page.evaluate('JSON.stringify([document.cookie, { ...localStorage }, { ...sessionStorage }])')
  expect(readable).not.toMatch(/eyJ|__Host-|refresh/)
  const cookies = await context.cookies()
  for (const name of ['__Host-access', '__Host-refresh'])
    expect(cookies.find((cookie) => cookie.name === name)).toMatchObject({
      httpOnly: true,
      secure: true,
      sameSite: 'Strict',
      path: '/',
    })
})

test('a session that another login ended says so and comes back to the same screen', async ({
  page,
  club,
  request,
}) => {
  const { siteId, password } = await club.signUp(page)
  await page.goto(club.url('/wallet'))
  await expect(page.getByText(club.words('wallet.reason.accounts_start_balance')).first()).toBeVisible()

  // One session at a time is the default: this login ends the browser's.
  const login = await request.post(`${process.env['CLUB_URL']}/api/auth/login`, { data: { site_id: siteId, password } })
  expect(login.status()).toBe(200)

  // The open stream tells the page, without a click.
  await page.waitForURL('**/login**', { timeout: 5_000 })
  await page.locator('input[name=username]').fill(siteId)
  await page.locator('input[name=password]').fill(password)
  await page.keyboard.press('Enter')
  await page.waitForURL('**/wallet')
})

test('by keyboard alone, from the invitation to a spin', async ({ page, club }) => {
  test.slow()
  const { words } = club
  const siteId = `keys_${Date.now().toString(36)}${test.info().workerIndex}`
  await page.goto(club.url('/invite'))
  await writeIn(page, page.locator('input[name=code]'), '5858')
  await expect(page.getByText(words('entry.invite.valid')).first()).toBeVisible()
  await page.keyboard.press('Enter')
  await page.waitForURL('**/signup**')

  await writeIn(page, page.locator('input[name=username]'), siteId)
  await writeIn(page, page.locator('input[name=nickname]'), siteId.replace('_', ''))
  await writeIn(page, page.locator('input[name=new-password]'), 'a calm evening in may')
  await tabTo(page, page.getByRole('checkbox'))
  await page.keyboard.press('Space')
  await tabTo(page, page.getByRole('button', { name: words('entry.signup.submit') }))
  await page.keyboard.press('Enter')

  await page.waitForURL('**/age**')
  await tabTo(page, page.getByText(words('entry.age.later')))
  await page.keyboard.press('Enter')
  await page.waitForURL('**/welcome')
  for (let step = 0; step < 3; step++) {
    await tabTo(page, page.getByRole('button', { name: words('entry.tutorial.next') }))
    await page.keyboard.press('Enter')
  }
  await tabTo(page, page.getByRole('link', { name: words('entry.tutorial.toSlot') }))
  await page.keyboard.press('Enter')
  await page.waitForURL('**/games/slot')

  await expect(page.getByTestId('slot-spin')).toHaveAttribute('aria-disabled', 'false')
  await tabTo(page, page.getByRole('button', { name: words('slot.bet.more') }))
  await page.keyboard.press('Enter')
  await tabTo(page, page.getByTestId('slot-spin'))
  const answered = page.waitForResponse((response) => response.url().endsWith('/api/games/slot/spin'))
  await page.keyboard.press('Space')
  expect((await answered).status()).toBe(200)
  // The focus stays where it is, so that the next press is the next round.
  await expect(page.locator(':focus').and(page.getByTestId('slot-spin'))).toHaveCount(1)
})

test('a line of the wallet leads to its round', async ({ page, club }) => {
  const { words } = club
  await club.signUp(page)
  await page.goto(club.url('/games/slot'))
  await expect(page.getByTestId('slot-spin')).toHaveAttribute('aria-disabled', 'false')
  const answered = page.waitForResponse((response) => response.url().endsWith('/api/games/slot/spin'))
  await page.getByTestId('slot-spin').click()
  const { round_id: roundId } = await (await answered).json()

  await page.goto(club.url('/wallet'))
  await page.getByRole('link', { name: words('wallet.reason.slot_stake') }).click()
  await page.waitForURL(`**/history?round=${roundId}`)
  const detail = page.getByRole('dialog', { name: words('history.detail.title') })
  await expect(detail.getByText(String(roundId), { exact: true })).toBeVisible()
})

test('the password can be changed, and only by who knows it', async ({ page, club, request }) => {
  const { words } = club
  const { siteId, password } = await club.signUp(page)
  const wanted = 'quiet harbour at nine'
  await page.goto(club.url('/sessions'))
  await page.getByRole('button', { name: words('account.password.open') }).click()
  const dialog = page.getByRole('dialog')
  const submit = dialog.getByRole('button', { name: words('account.password.submit') })

  await dialog.locator('input[name=current-password]').fill('not this one')
  await dialog.locator('input[name=new-password]').fill(wanted)
  await submit.click()
  await expect(dialog.getByText(words('account.password.wrong'))).toBeVisible()

  await dialog.locator('input[name=current-password]').fill(password)
  await submit.click()
  await expect(page.getByText(words('account.password.done'))).toBeVisible()
  await page.goto(club.url('/home'))
  await expect(page.getByText('200', { exact: true }).first()).toBeVisible()

  const login = (tried: string) =>
    request.post(`${process.env['CLUB_URL']}/api/auth/login`, { data: { site_id: siteId, password: tried } })
  expect((await login(password)).status()).not.toBe(200)
  expect((await login(wanted)).status()).toBe(200)
})

/** Presses Tab until the focus is there: an element that no Tab reaches fails the test. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  await expect(target).toBeVisible()
  for (let presses = 0; presses < 60; presses++) {
    if ((await target.and(page.locator(':focus')).count()) > 0) return
    await page.keyboard.press('Tab')
  }
  throw new Error(`sixty presses of Tab do not reach ${target}`)
}

async function writeIn(page: Page, field: Locator, text: string): Promise<void> {
  await tabTo(page, field)
  await page.keyboard.type(text)
}
