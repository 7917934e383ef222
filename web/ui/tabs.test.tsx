import { fireEvent, render, screen } from '@testing-library/react'
import { useState } from 'react'
import { expect, test } from 'vitest'
import { Tabs } from './tabs.tsx'

function Three() {
  const [value, setValue] = useState<'a' | 'b' | 'c'>('a')
  const tabs = (['a', 'b', 'c'] as const).map((each) => ({ value: each, label: each, content: <p>panel {each}</p> }))
  return <Tabs label="Three" value={value} onChange={setValue} tabs={tabs} />
}

test('one stop for Tab, arrows walk around, the panel belongs to its tab', () => {
  render(<Three />)
  const press = (key: string) => fireEvent.keyDown(screen.getByRole('tab', { selected: true }), { key })
  const chosen = () => screen.getByRole('tab', { selected: true }).textContent

  expect(screen.getAllByRole('tab').map((tab) => tab.tabIndex)).toEqual([0, -1, -1])
  const seen = ['ArrowRight', 'ArrowRight', 'ArrowRight', 'ArrowLeft', 'Home', 'End'].map((key) => {
    press(key)
    return chosen()
  })
  expect(seen).toEqual(['b', 'c', 'a', 'c', 'a', 'c'])
  expect(document.activeElement?.textContent).toBe('c')
  expect(screen.getByRole('tabpanel', { name: 'c' }).textContent).toBe('panel c')
})
