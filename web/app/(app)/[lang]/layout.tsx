import '#ui/globals.css'
import '../../../fonts/rest.css'
import type { Metadata, Viewport } from 'next'
import type { ReactNode } from 'react'
import { AppProviders } from '#features/shell/app-providers.tsx'
import { dictionaryOf } from '#text/dictionaries.ts'
import { languageOf, languages } from '#text/languages.ts'
import { bodyFace, displayFace } from '#ui/fonts-app.ts'
import { ThemeScript } from '#ui/theme-script.tsx'

type Props = { readonly children: ReactNode; readonly params: Promise<{ lang: string }> }

export const dynamicParams = false
export const generateStaticParams = () => languages.map((lang) => ({ lang }))

export async function generateMetadata({ params }: Pick<Props, 'params'>): Promise<Metadata> {
  const { siteName, siteDescription } = dictionaryOf(languageOf((await params).lang)).common
  return {
    title: { default: siteName, template: `%s · ${siteName}` },
    description: siteDescription,
    applicationName: siteName,
    icons: { icon: [{ url: '/icon.svg', type: 'image/svg+xml' }], apple: '/icon-180.png' },
    manifest: '/manifest.webmanifest',
    formatDetection: { telephone: false },
  }
}

export const viewport: Viewport = {
  width: 'device-width',
  initialScale: 1,
  viewportFit: 'cover',
  themeColor: '#0b0a16',
}

export default async function AppLayout({ children, params }: Props) {
  const language = languageOf((await params).lang)
  return (
    <html
      lang={language}
      data-theme="neon"
      data-motion="system"
      data-app=""
      className={`${bodyFace.variable} ${displayFace.variable}`}
      suppressHydrationWarning
    >
      <head>
        <ThemeScript />
      </head>
      <body>
        <AppProviders language={language} dictionary={dictionaryOf(language)}>
          {children}
        </AppProviders>
      </body>
    </html>
  )
}
