import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { type Club, isPhone, test } from './club.ts'

/*
 * Pictures of every screen, for people who would rather look than read. Taken with reduced motion, so
 * that two runs of one commit give the same picture as nearly as chance and the clock allow.
 */

const FOLDER = join(import.meta.dirname, '../docs/screens')

/** States that look on a desktop as they do on a phone, in a wider frame: kept out to keep the folder small. */
const SMALL_ONLY = new Set([
  'invite-unknown',
  'invite-valid',
  'login-wrong',
  'login-forgot',
  'history-nothing',
  'wallet-new',
  'history-empty',
  'album-empty',
  'gacha-unknown',
  'gacha-turning',
  'history-pulls',
  'profile-new',
  'password',
  'offline',
])

test('every screen and state', async ({ page, club, watched }, testInfo) => {
  test.setTimeout(240_000)
  const take = async (name: string, options: { fullPage?: boolean } = {}) => {
    await page.waitForLoadState('networkidle').catch(() => undefined)
    await page.waitForTimeout(400)
    if (!isPhone(testInfo) && SMALL_ONLY.has(name)) return
    const before = page.viewportSize()
    // A window as high as its page, not a picture of the whole page: what is fixed to the window's foot stays there.
    if (options.fullPage && before)
      await page.setViewportSize({ ...before, height: Number(await page.evaluate('document.body.scrollHeight')) })
    await page.screenshot({ path: join(FOLDER, `${name}-${testInfo.project.name}.png`) })
    if (before) await page.setViewportSize(before)
  }
  const open = async (path: string, name: string, options: { fullPage?: boolean } = {}) => {
    await page.goto(club.url(path))
    await take(name, options)
  }

  await open('', 'landing', { fullPage: true })
  await page.locator('a[data-door=login]').last().click()
  await page.getByRole('dialog').locator('input[name=username]').waitFor()
  await take('door-login')
  await page.getByRole('button', { name: club.words('entry.login.toInvite') }).click()
  await page.getByRole('dialog').locator('input[name=code]').fill('5858')
  await page.getByText(club.words('entry.invite.valid')).first().waitFor()
  await take('door-invite')
  await page.keyboard.press('Enter')
  await page.getByRole('dialog').locator('input[name=nickname]').waitFor()
  await take('door-signup')
  await open('/invite', 'invite')
  await page.locator('input[name=code]').fill('WRONG-CODE')
  await page.waitForTimeout(1_200)
  await take('invite-unknown')
  await open('/invite?code=5858', 'invite-valid')
  await open('/signup?code=5858', 'signup')
  await page.getByRole('button', { name: club.words('entry.signup.submit') }).click()
  await take('signup-mistakes')
  await open('/login', 'login')
  await page.getByText(club.words('entry.login.forgot')).click()
  await take('login-forgot')
  await page.locator('input[name=username]').fill('demo_luna')
  await page.locator('input[name=password]').fill('not her password')
  await page.keyboard.press('Enter')
  await page.waitForTimeout(1_200)
  await take('login-wrong')
  await open('/nothing-here', 'not-found')

  await club.signUp(page)
  await take('tutorial')
  await open('/home', 'home-new')
  await open('/wallet', 'wallet-new')
  await open('/history', 'history-empty')
  await open('/album', 'album-empty')
  await open('/profile', 'profile-new')
  await open('/age', 'age')

  // One session at a time: the languages would end each other's if they shared a player.
  await logIn(page, club.url('/login'), club.language === 'ko' ? 'demo_luna' : 'demo_rex')
  await open('/home', 'home', { fullPage: true })
  await open('/games/slot', 'slot')
  await page.keyboard.press('Space')
  await page.waitForTimeout(4_000)
  await take('slot-result')
  await page.getByRole('button', { name: club.words('slot.odds.open') }).click()
  await page.waitForTimeout(1_200)
  await take('slot-odds')
  await takeGacha(page, club, take, open)
  await open('/wallet', 'wallet')
  await open('/history', 'history')
  await open('/history?game=slot&result=won&period=week', 'history-filtered')
  await open('/history?game=gacha&result=won', 'history-nothing')
  await open('/profile', 'profile', { fullPage: true })
  await open('/sessions', 'sessions')
  await page.getByRole('button', { name: club.words('account.password.open') }).click()
  await page.getByRole('dialog').locator('input[name=new-password]').waitFor()
  await take('password')
  await open('/settings', 'settings')
  for (const theme of ['light', 'contrast']) {
    await page.goto(club.url('/settings'))
    await page.getByText(club.words(`account.settings.themes.${theme}`)).click()
    await open('/home', `home-${theme}`)
    await open('/games/slot', `slot-${theme}`)
    await open('/games/gacha', `gacha-${theme}`)
    await open('/album', `album-${theme}`)
  }
  await page.context().setOffline(true)
  await page.waitForTimeout(600)
  await take('offline')
  await page.context().setOffline(false)
  // Going offline makes requests fail, which is the point here.
  watched.length = 0
})

async function logIn(page: Page, url: string, siteId: string): Promise<void> {
  await page.context().clearCookies()
  await page.goto(url)
  await page.locator('input[name=username]').fill(siteId)
  await page.locator('input[name=password]').fill('neon-garden-58')
  await page.keyboard.press('Enter')
  await page.waitForURL('**/home')
}

type Take = (name: string, options?: { fullPage?: boolean }) => Promise<void>
type Open = (path: string, name: string, options?: { fullPage?: boolean }) => Promise<void>

/** The gacha in all its states. The reveal is taken in motion; everything else at rest, from real pulls. */
async function takeGacha(page: Page, club: Club, take: Take, open: Open): Promise<void> {
  await open('/games/gacha', 'gacha', { fullPage: true })
  await page.getByTestId('gacha-odds').click()
  await page.getByRole('dialog').getByRole('table').first().waitFor()
  await take('gacha-odds')
  await page.keyboard.press('Escape')

  await page.emulateMedia({ reducedMotion: 'no-preference' })
  const pull = page.locator('[data-testid=gacha-pull-10][aria-disabled=false]')
  await pull.click()
  await page.waitForTimeout(500)
  await take('gacha-turning')
  await page.waitForSelector('[data-testid=gacha][data-phase=revealing]')
  await page.waitForTimeout(900)
  await take('gacha-reveal')
  await page.getByTestId('gacha-skip').click()
  await page.waitForTimeout(900)
  await take('gacha-summary')
  await page.emulateMedia({ reducedMotion: 'reduce' })
  await page.locator('[data-testid=gacha-pull-1][aria-disabled=false]').click()
  await page.waitForSelector('[data-testid=gacha][data-phase=settled]')
  await page.waitForTimeout(400)
  await take('gacha-result')

  await page.route('**/api/games/gacha/pull', (route) => route.abort())
  await page.locator('[data-testid=gacha-pull-1][aria-disabled=false]').click()
  await page.waitForSelector('[data-testid=gacha][data-phase=unknown]')
  await take('gacha-unknown')
  await page.unroute('**/api/games/gacha/pull')
  await page.getByRole('button', { name: club.words('gacha.screen.check') }).click()
  await page.waitForSelector('[data-testid=gacha][data-phase=settled]')

  await open('/album', 'album', { fullPage: true })
  await open('/history', 'history-pulls')
  await page.locator('main li a').nth(2).click()
  await page.getByRole('dialog').getByRole('listitem').first().waitFor()
  await take('history-pull')

  await page.goto(club.url('/fairness'))
  await page
    .getByRole('button', { name: club.words('fairness.rotate.open') })
    .first()
    .click()
  await page.getByRole('button', { name: club.words('fairness.rotate.submit'), exact: true }).click()
  await page.getByText(club.words('fairness.rounds.revealed')).first().waitFor()
  const check = page.getByRole('button', { name: club.words('fairness.rounds.check'), exact: false })
  await check.nth(2).click()
  await page.getByTestId('explained-pulls').scrollIntoViewIfNeeded()
  await take('fairness-pulls')
}
