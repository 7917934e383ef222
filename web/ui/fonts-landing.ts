import localFont from 'next/font/local'

/** Only the characters of the landing page and the 404 page: some 40 KB. */
export const landingFace = localFont({
  src: '../fonts/landing.woff2',
  variable: '--face-body',
  weight: '400 800',
  display: 'swap',
})

export const landingDisplayFace = localFont({
  src: '../fonts/display.woff2',
  variable: '--face-display',
  weight: '500 900',
  display: 'swap',
})
