import { expect, test } from 'vitest'
import { enqueue, type Toast, type ToastTone } from './toast.store.ts'

let id = 0
const toast = (tone: ToastTone, text: string): Toast => ({ id: ++id, tone, text })
const queueOf = (...toasts: readonly Toast[]) => toasts.reduce<readonly Toast[]>(enqueue, [])
const texts = (queue: readonly Toast[]) => queue.map(({ text }) => text)

test('ten notices at once never become more than three', () => {
  const queue = queueOf(...Array.from({ length: 10 }, (_, n) => toast('plain', `news ${n}`)))
  expect(texts(queue)).toEqual(['news 0', 'news 9', 'news 8'])
})

test('what went wrong is said at once and before what went well', () => {
  const queue = queueOf(toast('plain', 'saved a draft'), toast('good', 'saved'), toast('bad', 'not sent'))
  expect(texts(queue)).toEqual(['not sent', 'saved'])
})

test('the shown notice stays when a lighter one comes', () => {
  expect(texts(queueOf(toast('bad', 'not sent'), toast('plain', 'hello')))).toEqual(['not sent', 'hello'])
})

test('the same words are not said twice', () => {
  expect(queueOf(toast('good', 'copied'), toast('good', 'copied'))).toHaveLength(1)
})
