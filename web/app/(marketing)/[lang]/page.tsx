import { LandingPage } from '#features/landing/landing-page.tsx'
import { languageOf } from '#text/languages.ts'

export default async function Page(props: { params: Promise<{ lang: string }> }) {
  return <LandingPage language={languageOf((await props.params).lang)} />
}
