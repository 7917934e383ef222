'use client'

import { useRouter } from 'next/navigation'
import type { ComponentPropsWithRef, MouseEvent } from 'react'

type Props = Omit<ComponentPropsWithRef<'a'>, 'href'> & {
  readonly href: string
  /** In place of this entry of the history. */
  readonly replace?: boolean
  /** Whether the new page begins at its top; false for what opens over the page that one is on. */
  readonly scroll?: boolean
}

/**
 * A way to another page of ours, without loading anew. The other page is fetched once somebody points at the link,
 * touches it or tabs to it: Next's own link fetches everything in sight, thirty requests while a phone is still
 * busy with the first page, and weighs 3 KB more.
 */
export function Link({ href, replace = false, scroll = true, onClick, ...rest }: Props) {
  const router = useRouter()
  const ahead = () => router.prefetch(href)
  const follow = (event: MouseEvent<HTMLAnchorElement>) => {
    onClick?.(event)
    // A new tab, a new window, a download: the browser's business.
    if (event.defaultPrevented || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return
    event.preventDefault()
    if (replace) router.replace(href, { scroll })
    else router.push(href, { scroll })
  }
  return <a {...rest} href={href} onClick={follow} onPointerEnter={ahead} onTouchStart={ahead} onFocus={ahead} />
}
