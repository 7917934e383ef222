import path from 'node:path'
import type { NextConfig } from 'next'

const isDevelopment = process.env.NODE_ENV === 'development'
const apiOrigin = process.env['API_ORIGIN'] ?? 'http://127.0.0.1:3000'

const config: NextConfig = {
  // The server keeps the export in memory and answers everything under one origin. While developing,
  // Next answers the pages and hands the rest over to a running server.
  ...(isDevelopment
    ? {
        rewrites: async () =>
          ['/api/:path*', '/sse/:path*'].map((source) => ({ source, destination: `${apiOrigin}${source}` })),
      }
    : { output: 'export' as const }),
  images: { unoptimized: true },
  reactStrictMode: true,
  poweredByHeader: false,
  agentRules: false,
  // `npm run check` looks at types with the strict compiler; doing it twice would only make the build slower.
  typescript: { ignoreBuildErrors: true },
  transpilePackages: ['@casino-club/fairness'],
  turbopack: { root: path.join(import.meta.dirname, '..') },
  experimental: {
    globalNotFound: true,
    // Fine pieces, so that hardly any module is in two of them; scripts/bundle-scripts.mjs joins those that go together.
    turbopackChunking: { minChunkSize: 5_000, requestCost: 10_000 },
  },
}

export default config
