// Turns drawings and small pages into PNG or WebP files, with whatever Chromium the machine has.

import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { chromium } from '@playwright/test'

const places = [
  process.env['CHROMIUM_PATH'],
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
]
const executablePath = places.find((place) => place !== undefined && existsSync(place))

/**
 * @param {{ html: string, width: number, height: number, file: URL, quality?: number }[]} pictures
 *   A file ending in .webp is encoded with `quality` (0 to 1); any other is a PNG. Both keep transparency.
 */
export async function photograph(pictures) {
  const browser = await chromium.launch({ ...(executablePath ? { executablePath } : {}), args: ['--no-sandbox'] })
  try {
    for (const { html, width, height, file, quality = 0.9 } of pictures) {
      const page = await browser.newPage({ viewport: { width, height } })
      await page.setContent(`<style>html,body{margin:0;background:transparent}svg{display:block}</style>${html}`)
      await page.evaluate(() => document.fonts.ready)
      const png = await page.screenshot({ omitBackground: true })
      writeFileSync(file, file.pathname.endsWith('.webp') ? await encodeWebp(page, png, quality) : png)
      await page.close()
    }
  } finally {
    await browser.close()
  }
}

async function encodeWebp(page, png, quality) {
  const encoded = await page.evaluate(
    async ([address, wanted]) => {
      const image = new Image()
      image.src = address
      await image.decode()
      const canvas = document.createElement('canvas')
      canvas.width = image.naturalWidth
      canvas.height = image.naturalHeight
      canvas.getContext('2d').drawImage(image, 0, 0)
      return canvas.toDataURL('image/webp', wanted)
    },
    [`data:image/png;base64,${png.toString('base64')}`, quality],
  )
  return Buffer.from(encoded.slice(encoded.indexOf(',') + 1), 'base64')
}

/** A font as a data address, so that a page without a server can use it. */
export const fontAddress = (file) => `data:font/woff2;base64,${readFileSync(file).toString('base64')}`
