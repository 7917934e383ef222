import { AgeScreen } from '#features/entry/age-screen.tsx'
import { pageMetadata } from '#features/shell/page-title.ts'

export const generateMetadata = pageMetadata('/age', 'entry.age.title')

export default function AgePage() {
  return <AgeScreen />
}
