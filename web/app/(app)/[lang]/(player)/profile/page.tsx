import { ProfileScreen } from '#features/account/profile-screen.tsx'
import { pageMetadata } from '#features/shell/page-title.ts'

export const generateMetadata = pageMetadata('/profile', 'account.profile.title')

export default function ProfilePage() {
  return <ProfileScreen />
}
