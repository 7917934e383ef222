import { expect, test, vi } from 'vitest'
import { readAllPages } from './keep-receipts.ts'

const pages = [
  { items: ['c', 'b'], next_cursor: 'before b' },
  { items: ['a'], next_cursor: null },
]
const readPage = (cursor: string | null) => {
  const [first, second] = pages
  const page = cursor === null ? first : cursor === 'before b' ? second : undefined
  return page ? Promise.resolve(page) : Promise.reject(new Error(`no page ${cursor}`))
}

test('all pages in their order, and how far it has come', async () => {
  const onRead = vi.fn()
  expect(await readAllPages(readPage, onRead, new AbortController().signal)).toEqual(pages)
  expect(onRead.mock.calls).toEqual([[2], [3]])
})

test('a page that cannot be read fails the whole, and so does leaving', async () => {
  const broken = (cursor: string | null) => (cursor === null ? readPage(null) : Promise.reject(new Error('no line')))
  await expect(readAllPages(broken, () => undefined, new AbortController().signal)).rejects.toThrow('no line')

  const leaving = new AbortController()
  const onRead = vi.fn(() => leaving.abort())
  await expect(readAllPages(readPage, onRead, leaving.signal)).rejects.toThrow()
  expect(onRead).toHaveBeenCalledTimes(1)
})
