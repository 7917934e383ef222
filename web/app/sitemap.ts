import type { MetadataRoute } from 'next'
import { languages } from '#text/languages.ts'
import { siteOrigin } from '#ui/site.ts'

export const dynamic = 'force-static'

/** Only what a visitor can read without an account. */
const publicPaths = ['', '/invite', '/login', '/fairness', '/odds/slot', '/odds/gacha']

export default function sitemap(): MetadataRoute.Sitemap {
  return publicPaths.flatMap((path) =>
    languages.map((language) => ({
      url: `${siteOrigin}/${language}${path}`,
      alternates: {
        languages: Object.fromEntries(languages.map((other) => [other, `${siteOrigin}/${other}${path}`])),
      },
    })),
  )
}
