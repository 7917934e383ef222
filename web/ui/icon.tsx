import type { ReactNode } from 'react'
import { classNames } from './class-names.ts'

/** Line icons of our own, drawn on 24 × 24 with one stroke width, so that they read as one hand. */
const drawings = {
  home: <path d="M4 11.500 12 4.500l8 7M6.500 9.800V19.500h11V9.800M10 19.500v-5h4v5" />,
  slot: (
    <path d="M4 6.500h13v12H4zM8.300 6.500v12M12.700 6.500v12M17 10h2.500V7.500M19.500 5.600v.01M6.150 12.500h.01M10.500 12.500h.01M14.850 12.500h.01" />
  ),
  gacha: (
    <path d="M12 20a8 8 0 1 0 0-16 8 8 0 0 0 0 16zM4 12h5.200M14.800 12H20M12 14.800a2.800 2.800 0 1 0 0-5.600 2.800 2.800 0 0 0 0 5.600z" />
  ),
  album: (
    <path d="M12 6.500v13M12 6.500c-2-1.300-4.500-1.800-8-1.800v13c3.500 0 6 .5 8 1.800 2-1.300 4.500-1.800 8-1.800v-13c-3.500 0-6 .5-8 1.800z" />
  ),
  wallet: <path d="M4.500 7.500v10a2 2 0 0 0 2 2h13v-12h-13a2 2 0 0 1 0-4H17v4M15.500 13.500h.01" />,
  history: <path d="M4.500 12a7.500 7.500 0 1 0 2.300-5.400L4.500 9M4.500 4.500V9H9M12 8v4.300l2.800 1.900" />,
  profile: <path d="M12 12.500a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4.500 20c.8-3.300 3.700-5 7.500-5s6.700 1.700 7.500 5" />,
  settings: <path d="M4 7.500h9M17 7.500h3M4 16.500h3M11 16.500h9M15 5v5M9 14v5" />,
  devices: <path d="M3.500 5.500h13v9h-13zM8 18.500h4.500M10 14.500v4M18.500 9.500h3v9h-5" />,
  chevron: <path d="m9.500 5.500 6.500 6.500-6.500 6.500" />,
  arrow: <path d="M5 12h14M13 6l6 6-6 6" />,
  close: <path d="m6 6 12 12M18 6 6 18" />,
  check: <path d="m5 12.500 4.500 4.500L19 7" />,
  alert: <path d="M12 4 21 19.500H3zM12 10v4.500M12 17v.01" />,
  info: <path d="M12 20.500a8.500 8.500 0 1 0 0-17 8.500 8.500 0 0 0 0 17zM12 11v5.500M12 7.700v.01" />,
  copy: <path d="M8.500 8.500V4.500h11v11h-4M4.500 8.500h11v11h-11z" />,
  paste: <path d="M9 5.500H5.500v15h13v-15H15M9 3.500h6v4H9z" />,
  eye: (
    <path d="M2.500 12S6 5.500 12 5.500 21.500 12 21.500 12 18 18.500 12 18.500 2.500 12 2.500 12zM12 14.800a2.800 2.800 0 1 0 0-5.600 2.800 2.800 0 0 0 0 5.600z" />
  ),
  'eye-off': (
    <path d="M4 4l16 16M9.900 5.700A9 9 0 0 1 12 5.500c6 0 9.500 6.500 9.500 6.500a16 16 0 0 1-2.700 3.400M6.300 7.300A15 15 0 0 0 2.500 12S6 18.500 12 18.500a9 9 0 0 0 4-.9M10 10a2.800 2.800 0 0 0 4 4" />
  ),
  token: <path d="M12 20.500a8.500 8.500 0 1 0 0-17 8.500 8.500 0 0 0 0 17zM12 8l3.500 4-3.500 4-3.500-4z" />,
  gem: <path d="M7 4.500h10l4 5.500-9 10L3 10zM3 10h18M9 10l3 9.500 3-9.500-3-5.500z" />,
  flame: (
    <path d="M12 3c1 4 6 5.500 6 11a6 6 0 0 1-12 0c0-2.500 1.200-4 2.400-5 .3 1.600 1 2.500 1.900 3C10 9 10.500 5.500 12 3z" />
  ),
  offline: (
    <path d="M4 4l16 16M2.500 9.500a14 14 0 0 1 5-3M12 5.500a14 14 0 0 1 9.500 4M5.800 13a9 9 0 0 1 4-2.200M14.500 10.900A9 9 0 0 1 18.200 13M12 18.500v.01" />
  ),
  logout: <path d="M10 4.500H5v15h5M10 12h10M16 8l4 4-4 4" />,
  shield: <path d="M12 3.500 19 6v6c0 4.200-3 7-7 8.500-4-1.500-7-4.300-7-8.500V6zM8.800 12l2.300 2.300 4.200-4.300" />,
} as const satisfies Record<string, ReactNode>

export type IconName = keyof typeof drawings

export function Icon({ name, className }: { name: IconName; className?: string }) {
  return (
    <svg
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.7"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      className={classNames('shrink-0', className ?? 'size-5')}
    >
      {drawings[name]}
    </svg>
  )
}

export const iconNames = Object.keys(drawings) as readonly IconName[]
