import { FairnessScreen } from '#features/fairness/fairness-screen.tsx'
import { pageMetadata } from '#features/shell/page-title.ts'

export const generateMetadata = pageMetadata('/fairness', 'fairness.title')

export default function FairnessPage() {
  return <FairnessScreen />
}
