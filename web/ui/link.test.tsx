import { fireEvent, render as renderAlone, screen } from '@testing-library/react'
import { AppRouterContext } from 'next/dist/shared/lib/app-router-context.shared-runtime'
import type { ReactNode } from 'react'
import { beforeEach, expect, test, vi } from 'vitest'
import { Link } from './link.tsx'

const router = {
  push: vi.fn(),
  replace: vi.fn(),
  prefetch: vi.fn(),
  back: vi.fn(),
  forward: vi.fn(),
  refresh: vi.fn(),
  bfcacheId: 'here',
}

beforeEach(() => vi.clearAllMocks())

// Given, not mocked: files share their modules here, and another one may have loaded Next's before.
const render = (link: ReactNode) =>
  renderAlone(<AppRouterContext.Provider value={router}>{link}</AppRouterContext.Provider>)

const there = () => screen.getByRole('link', { name: 'there' })

test('a press goes there without loading anew, from the top unless asked otherwise', () => {
  render(<Link href="/ko/wallet">there</Link>)
  expect(fireEvent.click(there())).toBe(false)
  expect(router.push).toHaveBeenCalledWith('/ko/wallet', { scroll: true })
})

test('in place of this entry, and without scrolling', () => {
  render(
    <Link href="/ko/history?round=4" replace scroll={false}>
      there
    </Link>,
  )
  fireEvent.click(there())
  expect(router.replace).toHaveBeenCalledWith('/ko/history?round=4', { scroll: false })
  expect(router.push).not.toHaveBeenCalled()
})

test.each([
  ['with Ctrl', { ctrlKey: true }],
  ['with ⌘', { metaKey: true }],
  ['with Shift', { shiftKey: true }],
  ['with Alt', { altKey: true }],
])('a press %s is left to the browser', (_, keys) => {
  render(<Link href="/ko/wallet">there</Link>)
  fireEvent.click(there(), keys)
  expect(router.push).not.toHaveBeenCalled()
})

test('a press that its owner has dealt with goes nowhere', () => {
  render(
    <Link href="/ko/wallet" onClick={(event) => event.preventDefault()}>
      there
    </Link>,
  )
  fireEvent.click(there())
  expect(router.push).not.toHaveBeenCalled()
})

test('the page is fetched ahead on intent, not for being in sight', () => {
  render(<Link href="/ko/wallet">there</Link>)
  expect(router.prefetch).not.toHaveBeenCalled()
  fireEvent.focus(there())
  expect(router.prefetch).toHaveBeenCalledWith('/ko/wallet')
})
