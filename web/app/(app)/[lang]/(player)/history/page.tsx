import { HistoryScreen } from '#features/history/history-screen.tsx'
import { pageMetadata } from '#features/shell/page-title.ts'

export const generateMetadata = pageMetadata('/history', 'history.title')

export default function HistoryPage() {
  return <HistoryScreen />
}
