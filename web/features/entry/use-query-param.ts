'use client'

import { useEffect, useState } from 'react'

/**
 * What the address says, once the page is alive. Reading it while rendering (`useSearchParams`) would take the
 * whole form out of the prerendered page, and the first paint with it. `undefined` means: not known yet.
 */
export function useQueryParam(name: string): string | null | undefined {
  const [value, setValue] = useState<string | null>()
  useEffect(() => setValue(new URLSearchParams(location.search).get(name)), [name])
  return value
}
