/** Where the club lives, for the few places that need a whole address (sitemap, share cards). Set when building. */
export const siteOrigin = process.env['SITE_ORIGIN'] ?? 'http://localhost:3000'
