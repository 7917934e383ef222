import { HomeScreen } from '#features/home/home-screen.tsx'
import { pageMetadata } from '#features/shell/page-title.ts'

export const generateMetadata = pageMetadata('/home', 'home.title')

export default function HomePage() {
  return <HomeScreen />
}
