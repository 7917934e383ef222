import '#ui/globals.css'
import type { Metadata } from 'next'
import { landingFace } from '#ui/fonts-landing.ts'
import { LogoMark } from '#ui/logo.tsx'
import { ThemeScript } from '#ui/theme-script.tsx'

export const metadata: Metadata = { title: '404 · Casino Club', robots: { index: false } }

// One document answers for every unknown address, so it reads the language from the address itself.
// Without scripts both languages are shown.
const pickLanguage = `var e=/^\\/(ko|en)(\\/|$)/.exec(location.pathname),l=e?e[1]:/^ko/.test(navigator.language)?'ko':'en';document.documentElement.lang=l;document.documentElement.dataset.only=l`

const words = {
  ko: { title: '여기에는 아무것도 없어요', body: '주소가 바뀌었거나 잘못 적힌 것 같아요.', home: '처음 화면으로' },
  en: { title: 'There is nothing here', body: 'The address has changed or has a typo in it.', home: 'To the start' },
} as const

export default function NotFound() {
  return (
    <html lang="ko" data-theme="neon" className={landingFace.variable} suppressHydrationWarning>
      <head>
        <ThemeScript />
        {/* biome-ignore lint/security/noDangerouslySetInnerHtml: a constant of ours, allowed by its hash */}
        <script data-keep="" dangerouslySetInnerHTML={{ __html: pickLanguage }} />
      </head>
      <body>
        <main className="mx-auto grid min-h-dvh max-w-md content-center justify-items-center gap-8 p-6 text-center">
          <p
            className="relative flex items-center gap-3 text-[7rem] leading-none font-extrabold text-line sm:text-[9rem]"
            aria-hidden="true"
          >
            4<LogoMark className="size-20 sm:size-28" />4
            {/* biome-ignore lint/performance/noImgElement: a small drawing; the export has no image optimizer */}
            <img
              src="/art/mascot-thinking.svg"
              alt=""
              width={104}
              height={104}
              className="absolute -right-6 -bottom-8 size-20 sm:-right-9 sm:size-26"
            />
          </p>
          {(['ko', 'en'] as const).map((language) => (
            <section
              key={language}
              lang={language}
              className={`grid gap-3 ${language === 'ko' ? 'in-data-[only=en]:hidden' : 'in-data-[only=ko]:hidden'}`}
            >
              <h1 className="text-2xl font-bold">{words[language].title}</h1>
              <p className="text-muted">{words[language].body}</p>
              <a
                href={`/${language}`}
                className="mx-auto mt-3 inline-flex min-h-12 items-center rounded-md bg-accent px-6 font-bold text-on-accent"
              >
                {words[language].home}
              </a>
            </section>
          ))}
        </main>
      </body>
    </html>
  )
}
