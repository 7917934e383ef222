import { AlbumScreen } from '#features/gacha/album-screen.tsx'
import { pageMetadata } from '#features/shell/page-title.ts'

export const generateMetadata = pageMetadata('/album', 'gacha.album.title')

export default function AlbumPage() {
  return <AlbumScreen />
}
