import type { Page } from '@playwright/test'
import { type Club, expect, isPhone, test } from './club.ts'
import { lookOver } from './look-over.ts'

/*
 * Every screen in every state that a player can bring about, looked over in all three themes (look-over.ts). Four
 * visits, so that two workers share them evenly.
 */

test.use({ contextOptions: { reducedMotion: 'reduce' } })
test.slow()

const open = async (page: Page, club: Club, path: string) => {
  await page.goto(club.url(path))
  await page.waitForLoadState('networkidle').catch(() => undefined)
}
const screen = async (page: Page, club: Club, path: string) => {
  await open(page, club, path)
  await lookOver(page, path || 'landing')
}
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })

test('outside, every screen: axe in all themes, 360 px, texts', async ({ page, club }) => {
  const { words } = club
  await screen(page, club, '')
  await page.locator('a[data-door=login]').last().click()
  await page.getByRole('dialog').locator('input[name=username]').waitFor()
  await lookOver(page, 'the door to log in')
  await button(page, words('entry.login.toInvite')).click()
  await page.getByRole('dialog').locator('input[name=code]').fill('5858')
  await page.getByText(words('entry.invite.valid')).first().waitFor()
  await lookOver(page, 'the door with an invitation')
  await page.keyboard.press('Enter')
  await page.getByRole('dialog').locator('input[name=nickname]').waitFor()
  await lookOver(page, 'the door to sign up')

  await screen(page, club, '/invite')
  await page.locator('input[name=code]').fill('WRONG-CODE')
  await page.getByText(words('entry.invite.unknown')).first().waitFor()
  await lookOver(page, 'an unknown invitation')
  await screen(page, club, '/login')
  await page.getByText(words('entry.login.forgot')).click()
  await page.locator('input[name=username]').fill('nobody_at_all')
  await page.locator('input[name=password]').fill('not a password here')
  await page.keyboard.press('Enter')
  await page.getByText(words('entry.login.wrong')).waitFor()
  await lookOver(page, 'a wrong password')
  await screen(page, club, '/signup?code=5858')
  await button(page, words('entry.signup.submit')).click()
  await lookOver(page, 'a sign-up with mistakes')
  await screen(page, club, '/nothing-here')
})

test('open to anybody, every screen: axe in all themes, 360 px, texts', async ({ page, club }) => {
  const { words } = club
  await screen(page, club, '/odds/slot')
  await screen(page, club, '/odds/gacha')
  await screen(page, club, '/fairness')
  await page.getByRole('textbox').fill('{')
  await button(page, words('fairness.paste.submit')).click()
  await page.getByText(words('fairness.paste.not_json')).waitFor()
  await lookOver(page, 'a receipt that is none')
  // Slowly: checked before the example has come, it is the example that is checked.
  await page.route(/_next\/static\/chunks\//, async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 1_000))
    await route.continue()
  })
  await button(page, words('fairness.paste.example')).click()
  await button(page, words('fairness.paste.submit')).click()
  await page.getByText(words('fairness.verdict.verified')).waitFor()
  await page.unrouteAll()
  await lookOver(page, 'a receipt verified')
  await typeWhileAFileComes(page, words('fairness.paste.submit'))

  await screen(page, club, '/gallery')
  await page.getByRole('button', { name: 'Dialog' }).first().click()
  await page.getByRole('dialog').waitFor()
  await lookOver(page, 'a dialog')
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Toast' }).first().click()
  await lookOver(page, 'a toast')
})

test('a new player, every screen: axe in all themes, 360 px, texts', async ({ page, club, watched }) => {
  const { words } = club
  await club.signUp(page)
  await lookOver(page, 'tutorial')
  for (const path of ['/home', '/wallet', '/history', '/album', '/profile', '/fairness', '/age', '/settings'])
    await screen(page, club, path)
  await screen(page, club, '/sessions')
  await button(page, words('account.password.open')).click()
  await page.getByRole('dialog').locator('input[name=new-password]').waitFor()
  await lookOver(page, 'another password')
  await page.keyboard.press('Escape')
  await button(page, words('account.sessions.allAction')).click()
  await page.getByRole('dialog').waitFor()
  await lookOver(page, 'out everywhere, asked once more')
  await page.keyboard.press('Escape')
  await page.context().setOffline(true)
  await page.getByText(words('common.offline.gone')).waitFor()
  await lookOver(page, 'without a network')
  await page.context().setOffline(false)
  // Requests without a network fail, which is the point here.
  watched.length = 0
})

test('at the games and after them, every screen: axe in all themes, 360 px, texts', async ({
  page,
  club,
}, testInfo) => {
  const { words } = club
  await club.signUp(page)
  await screen(page, club, '/games/slot')
  await page.locator('[data-testid=slot-spin][aria-disabled=false]').click()
  await page.waitForSelector('[data-testid=slot]:is([data-phase=settled], [data-phase=celebrating])')
  await lookOver(page, 'slot, a result')
  await page.getByTestId('slot-odds').click()
  await page.getByRole('dialog').getByRole('table').first().waitFor()
  await lookOver(page, 'slot, its odds')
  await page.keyboard.press('Escape')
  await page.route('**/api/games/slot/spin', (route) => route.abort())
  await page.locator('[data-testid=slot-spin][aria-disabled=false]').click()
  await page.waitForSelector('[data-testid=slot][data-phase=unknown]')
  await lookOver(page, 'slot, an outcome unknown')
  await page.unroute('**/api/games/slot/spin')
  await button(page, words('slot.screen.check')).click()
  await page.waitForSelector('[data-testid=slot]:is([data-phase=settled], [data-phase=celebrating])')

  await screen(page, club, '/games/gacha')
  await page.locator('[data-testid=gacha-pull-1][aria-disabled=false]').click()
  await page.waitForSelector('[data-testid=gacha][data-phase=settled]')
  await lookOver(page, 'gacha, a result')
  await page.getByTestId('gacha-odds').click()
  await page.getByRole('dialog').getByRole('table').first().waitFor()
  await lookOver(page, 'gacha, its odds')
  await page.keyboard.press('Escape')
  await page.route('**/api/games/gacha/pull', (route) => route.abort())
  await page.locator('[data-testid=gacha-pull-1][aria-disabled=false]').click()
  await page.waitForSelector('[data-testid=gacha][data-phase=unknown]')
  await lookOver(page, 'gacha, an outcome unknown')
  await page.unroute('**/api/games/gacha/pull')
  await button(page, words('gacha.screen.check')).click()
  await page.waitForSelector('[data-testid=gacha][data-phase=settled]')

  for (const path of ['/home', '/album', '/wallet', '/profile', '/history']) await screen(page, club, path)
  await page.locator('main li a').first().click()
  await page.getByRole('dialog').getByRole('listitem').first().waitFor()
  await lookOver(page, 'a round of the history')
  await open(page, club, '/fairness')
  await page
    .getByRole('button', { name: words('fairness.rotate.open') })
    .first()
    .click()
  await page.getByRole('dialog').waitFor()
  await lookOver(page, 'seeds about to change')
  await button(page, words('fairness.rotate.submit')).click()
  await page.getByText(words('fairness.rounds.revealed')).first().waitFor()
  await lookOver(page, 'fairness, seeds revealed')
  await page
    .getByRole('button', { name: words('fairness.rounds.check') })
    .first()
    .click()
  await page.getByText(words('fairness.verdict.verified')).waitFor()
  await lookOver(page, 'a round verified')

  // Ten pulls take a player with tokens. One of the two sizes is enough, and two would end each other's session.
  if (!isPhone(testInfo)) return
  await page.context().clearCookies()
  await page.goto(club.url('/login'))
  await page.locator('input[name=username]').fill('demo_nova')
  await page.locator('input[name=password]').fill('neon-garden-58')
  await page.keyboard.press('Enter')
  await page.waitForURL('**/home')
  await open(page, club, '/games/gacha')
  await page.locator('[data-testid=gacha-pull-10][aria-disabled=false]').click()
  await page.waitForSelector('[data-testid=gacha][data-phase=settled]')
  await expect(page.getByTestId('gacha-summary').locator('li')).toHaveCount(10)
  await lookOver(page, 'gacha, ten at once')
})

/** Whoever checks a file that is still being read, and types, is shown no verdict beside another text. */
async function typeWhileAFileComes(page: Page, submit: string): Promise<void> {
  await page.evaluate(`File.prototype.text = () => new Promise((resolve) => {
    window.fileHasCome = () => resolve('{')
  })`)
  const file = { name: 'receipt.json', mimeType: 'application/json', buffer: Buffer.from('{') }
  await page.locator('input[type=file]').setInputFiles(file)
  await button(page, submit).click()
  await page.getByRole('textbox').fill('[')
  await page.evaluate(`(async () => {
    window.fileHasCome()
    for (let frame = 0; frame < 5; frame++) await new Promise(requestAnimationFrame)
  })()`)
  await expect(page.getByRole('textbox')).toHaveValue('[')
  await expect(page.locator('form').getByRole('alert')).toHaveCount(0)
}
