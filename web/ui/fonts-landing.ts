import localFont from 'next/font/local'

// Not preloaded by Next: it would preload these on every page of the app too, because they end up in a style
// sheet that the landing and the app share. scripts/strip-scripts.mjs preloads them where they are needed.

/** Only the characters of the landing page and the 404 page. */
export const landingFace = localFont({
  src: '../fonts/landing.woff2',
  variable: '--face-body',
  weight: '400 800',
  display: 'swap',
  preload: false,
})

export const landingDisplayFace = localFont({
  src: '../fonts/display.woff2',
  variable: '--face-display',
  weight: '500 900',
  display: 'swap',
  preload: false,
})
