import localFont from 'next/font/local'

// Not preloaded by Next: it would preload it on every page of the app too, because it ends up in a style
// sheet that the landing and the app share. scripts/strip-scripts.mjs preloads it where it is needed.

/** Only the characters of the landing page and the 404 page. */
export const landingFace = localFont({
  src: '../fonts/landing.woff2',
  variable: '--face-body',
  weight: '400 800',
  display: 'swap',
  preload: false,
})
