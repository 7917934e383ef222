import { InviteScreen } from '#features/entry/invite-screen.tsx'
import { pageMetadata } from '#features/shell/page-title.ts'

export const generateMetadata = pageMetadata('/invite', 'entry.invite.label')

export default function InvitePage() {
  return <InviteScreen />
}
