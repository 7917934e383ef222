import '#ui/globals.css'
import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { languageOf, languages } from '#text/languages.ts'
import { landingDisplayFace, landingFace } from '#ui/fonts-landing.ts'
import { ThemeScript } from '#ui/theme-script.tsx'

export const dynamicParams = false
export const generateStaticParams = () => languages.map((lang) => ({ lang }))
export const metadata: Metadata = { title: 'Casino Club' }

export default async function MarketingLayout(props: { children: ReactNode; params: Promise<{ lang: string }> }) {
  const lang = languageOf((await props.params).lang)
  return (
    <html
      lang={lang}
      data-theme="neon"
      className={`${landingFace.variable} ${landingDisplayFace.variable}`}
      suppressHydrationWarning
    >
      <head>
        <ThemeScript />
      </head>
      <body>{props.children}</body>
    </html>
  )
}
