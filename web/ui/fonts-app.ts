import localFont from 'next/font/local'

export const bodyFace = localFont({
  src: '../fonts/body.woff2',
  variable: '--face-body',
  weight: '400 800',
  display: 'swap',
})

/** For the name of the house on desktops and the word of a jackpot, so nothing waits for it. */
export const displayFace = localFont({
  src: '../fonts/display.woff2',
  variable: '--face-display',
  weight: '500 900',
  display: 'swap',
  preload: false,
})
