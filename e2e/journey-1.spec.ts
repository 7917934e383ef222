import { expect, test } from './club.ts'

test('from the landing page by invitation to a paid spin, and there again after a reload', async ({ page, club }) => {
  const { words } = club
  await page.goto(club.url(''))
  await page.locator('a[href$="/invite"]').first().click()
  await page.waitForURL('**/invite')

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

test('by keyboard alone: log in, bet, spin', async ({ page, club }, testInfo) => {
  test.slow()
  expect(testInfo.project.name).not.toBe('')
  const { siteId, password } = await club.signUp(page)
  await page.context().clearCookies()
  await page.goto(club.url('/login'))
  await page.locator('input[name=username]').focus()
  await page.keyboard.type(siteId)
  await page.keyboard.press('Tab')
  await page.keyboard.type(password)
  await page.keyboard.press('Enter')
  await page.waitForURL('**/home')
  await page.goto(club.url('/games/slot'))
  const spinButton = page.getByRole('button', { name: club.words('slot.spin.label'), exact: false }).first()
  await expect(spinButton).toHaveAttribute('aria-disabled', 'false')
  const answered = page.waitForResponse((response) => response.url().endsWith('/api/games/slot/spin'))
  await spinButton.focus()
  await page.keyboard.press('Space')
  expect((await answered).status()).toBe(200)
})
