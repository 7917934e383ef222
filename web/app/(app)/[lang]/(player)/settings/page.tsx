import { SettingsScreen } from '#features/account/settings-screen.tsx'
import { pageMetadata } from '#features/shell/page-title.ts'

export const generateMetadata = pageMetadata('/settings', 'account.settings.title')

export default function SettingsPage() {
  return <SettingsScreen />
}
