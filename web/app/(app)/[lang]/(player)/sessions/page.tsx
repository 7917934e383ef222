import { SessionsScreen } from '#features/account/sessions-screen.tsx'
import { pageMetadata } from '#features/shell/page-title.ts'

export const generateMetadata = pageMetadata('/sessions', 'account.sessions.title')

export default function SessionsPage() {
  return <SessionsScreen />
}
