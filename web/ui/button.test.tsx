import { fireEvent, render, screen } from '@testing-library/react'
import { expect, test, vi } from 'vitest'
import { Button } from './button.tsx'

test('a busy button keeps its focus, says that it is busy and ignores presses', () => {
  const onClick = vi.fn()
  render(
    <Button busy busyLabel="Saving…" onClick={onClick}>
      Save
    </Button>,
  )
  const button = screen.getByRole('button', { name: 'Saving…' })
  button.focus()
  fireEvent.click(button)
  expect(document.activeElement).toBe(button)
  expect(button.getAttribute('aria-disabled')).toBe('true')
  expect(button.getAttribute('aria-busy')).toBe('true')
  expect(button.hasAttribute('disabled')).toBe(false)
  expect(onClick).not.toHaveBeenCalled()
})

test('a button that is off says why', () => {
  const onClick = vi.fn()
  render(
    <Button offBecause="5 tokens short" showReason onClick={onClick}>
      Spin
    </Button>,
  )
  fireEvent.click(screen.getByRole('button', { name: 'Spin' }))
  expect(onClick).not.toHaveBeenCalled()
  expect(screen.getByText('5 tokens short')).toBeTruthy()
})

test('a busy submit button does not submit its form', () => {
  const onSubmit = vi.fn((event: { preventDefault: () => void }) => event.preventDefault())
  render(
    <form onSubmit={onSubmit}>
      <Button type="submit" busy>
        Send
      </Button>
    </form>,
  )
  fireEvent.click(screen.getByRole('button'))
  expect(onSubmit).not.toHaveBeenCalled()
})
