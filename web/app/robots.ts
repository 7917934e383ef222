import type { MetadataRoute } from 'next'
import { siteOrigin } from '#ui/site.ts'

export const dynamic = 'force-static'

export default function robots(): MetadataRoute.Robots {
  return { rules: { userAgent: '*', allow: '/', disallow: ['/api/', '/sse/'] }, sitemap: `${siteOrigin}/sitemap.xml` }
}
