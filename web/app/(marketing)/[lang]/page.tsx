import { languageOf } from '#text/languages.ts'

export default async function LandingPage(props: { params: Promise<{ lang: string }> }) {
  const lang = languageOf((await props.params).lang)
  return (
    <main className="mx-auto grid min-h-dvh max-w-xl content-center gap-6 p-6">
      <h1 className="font-display text-4xl font-bold">Casino Club</h1>
      <a href={`/${lang}/invite`}>{lang === 'ko' ? '초대 코드로 들어가기' : 'Enter with a code'}</a>
    </main>
  )
}
