import '#ui/globals.css'
import type { Metadata, Viewport } from 'next'
import type { ReactNode } from 'react'
import { landingWords } from '#features/landing/landing-words.ts'
import { languageOf, languages } from '#text/languages.ts'
import { landingFace } from '#ui/fonts-landing.ts'
import { siteOrigin } from '#ui/site.ts'
import { ThemeScript } from '#ui/theme-script.tsx'

type Props = { readonly children: ReactNode; readonly params: Promise<{ lang: string }> }

export const dynamicParams = false
export const generateStaticParams = () => languages.map((lang) => ({ lang }))

export const viewport: Viewport = { width: 'device-width', initialScale: 1, themeColor: '#0b0a16' }

export async function generateMetadata({ params }: Pick<Props, 'params'>): Promise<Metadata> {
  const language = languageOf((await params).lang)
  const { title, description } = landingWords(language).meta
  return {
    metadataBase: new URL(siteOrigin),
    title,
    description,
    applicationName: 'Casino Club',
    alternates: {
      canonical: `/${language}`,
      languages: { ...Object.fromEntries(languages.map((each) => [each, `/${each}`])), 'x-default': '/en' },
    },
    openGraph: {
      type: 'website',
      siteName: 'Casino Club',
      title,
      description,
      url: `/${language}`,
      locale: language === 'ko' ? 'ko_KR' : 'en_US',
      images: [{ url: `/og-${language}.png`, width: 1200, height: 630, alt: title }],
    },
    twitter: { card: 'summary_large_image', title, description, images: [`/og-${language}.png`] },
    icons: { icon: [{ url: '/icon.svg', type: 'image/svg+xml' }], apple: '/icon-180.png' },
    manifest: '/manifest.webmanifest',
    formatDetection: { telephone: false },
  }
}

export default async function MarketingLayout({ children, params }: Props) {
  const language = languageOf((await params).lang)
  return (
    <html lang={language} data-theme="neon" className={landingFace.variable} suppressHydrationWarning>
      <head>
        <ThemeScript />
      </head>
      <body>{children}</body>
    </html>
  )
}
