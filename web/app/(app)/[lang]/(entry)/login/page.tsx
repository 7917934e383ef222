import { LoginScreen } from '#features/entry/login-screen.tsx'
import { pageMetadata } from '#features/shell/page-title.ts'

export const generateMetadata = pageMetadata('/login', 'entry.login.submit')

export default function LoginPage() {
  return <LoginScreen />
}
