import type { Metadata } from 'next'
import { GalleryScreen } from '#features/gallery/gallery-screen.tsx'

export const metadata: Metadata = { title: 'Gallery', robots: { index: false } }

export default function GalleryPage() {
  return <GalleryScreen />
}
