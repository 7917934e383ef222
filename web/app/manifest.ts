import type { MetadataRoute } from 'next'

export const dynamic = 'force-static'

export default function manifest(): MetadataRoute.Manifest {
  return {
    id: '/',
    name: '카지노 클럽 · Casino Club',
    short_name: '카지노 클럽',
    description: '19세 이상이 무료로 즐기는 카지노풍 게임 클럽',
    lang: 'ko',
    start_url: '/ko/home',
    scope: '/',
    display: 'standalone',
    background_color: '#0b0a16',
    theme_color: '#0b0a16',
    icons: [
      { src: '/icon.svg', sizes: 'any', type: 'image/svg+xml' },
      { src: '/icon-192.png', sizes: '192x192', type: 'image/png' },
      { src: '/icon-512.png', sizes: '512x512', type: 'image/png', purpose: 'maskable' },
    ],
  }
}
