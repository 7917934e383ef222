import { pageMetadata } from '#features/shell/page-title.ts'
import { WalletScreen } from '#features/wallet/wallet-screen.tsx'

export const generateMetadata = pageMetadata('/wallet', 'wallet.title')

export default function WalletPage() {
  return <WalletScreen />
}
