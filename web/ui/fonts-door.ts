import localFont from 'next/font/local'

/** For the dialogs on the landing, whose own face has only the landing's characters; fetched with the first of them. */
export const doorFace = localFont({
  src: '../fonts/body.woff2',
  variable: '--face-body',
  weight: '400 800',
  display: 'swap',
  preload: false,
})
