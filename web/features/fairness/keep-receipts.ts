import { answer, link } from '#server-link/link.ts'

const roundsAPage = 100

type Page = { readonly items: readonly unknown[]; readonly next_cursor: string | null }

/**
 * All pages of a list, one after the other, from the one without a cursor to the one that names no next. `onRead` hears
 * after each how many items there are so far. Stops with the signal's reason when that is aborted.
 */
export async function readAllPages<Each extends Page>(
  readPage: (cursor: string | null) => Promise<Each>,
  onRead: (items: number) => void,
  signal: AbortSignal,
): Promise<readonly Each[]> {
  const pages: Each[] = []
  let items = 0
  let cursor: string | null = null
  do {
    const page: Each = await readPage(cursor)
    signal.throwIfAborted()
    pages.push(page)
    items += page.items.length
    onRead(items)
    cursor = page.next_cursor
  } while (cursor !== null)
  return pages
}

/**
 * Fetches all of one's own receipts and saves them as one file, which the verifier reads as it is. Gives the file's name.
 * Nothing is saved unless all of it has come.
 */
export async function keepAllReceipts(onRead: (rounds: number) => void, signal: AbortSignal): Promise<string> {
  const pages = await readAllPages(
    (cursor) =>
      answer(
        link.GET('/api/fairness/receipts', {
          signal,
          params: { query: { limit: roundsAPage, ...(cursor === null ? {} : { cursor }) } },
        }),
      ),
    onRead,
    signal,
  )
  const name = `casino-club-receipts-${new Date().toISOString().slice(0, 10)}.json`
  saveFile(name, JSON.stringify(pages))
  return name
}

/** Hands a file of JSON to the browser, to be kept where it keeps downloads. */
export function saveFile(name: string, json: string): void {
  const url = URL.createObjectURL(new Blob([json], { type: 'application/json' }))
  Object.assign(document.createElement('a'), { href: url, download: name }).click()
  URL.revokeObjectURL(url)
}
