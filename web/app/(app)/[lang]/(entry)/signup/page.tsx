import { SignupScreen } from '#features/entry/signup-screen.tsx'
import { pageMetadata } from '#features/shell/page-title.ts'

export const generateMetadata = pageMetadata('/signup', 'entry.signup.title')

export default function SignupPage() {
  return <SignupScreen />
}
