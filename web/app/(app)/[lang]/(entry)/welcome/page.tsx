import { pageMetadata } from '#features/shell/page-title.ts'
import { TutorialScreen } from '#features/tutorial/tutorial-screen.tsx'

export const generateMetadata = pageMetadata('/welcome', 'entry.tutorial.label')

export default function TutorialPage() {
  return <TutorialScreen />
}
