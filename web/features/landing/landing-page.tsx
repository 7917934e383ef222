import './landing.css'
import { dictionaryOf } from '#text/dictionaries.ts'
import type { Language } from '#text/languages.ts'
import { DoorScript } from './door-script.tsx'
import { DrawPicture } from './draw-picture.tsx'
import { HeroMachine } from './hero-machine.tsx'
import { HundredRounds } from './hundred-rounds.tsx'
import { LandingDoors } from './landing-doors.tsx'
import { landingOdds } from './landing-odds.ts'
import { landingWords, put } from './landing-words.ts'

const signs = [
  'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18M5.7 5.7l12.6 12.6',
  'M12 3l7.5 3v5.5c0 4.5-3 7.8-7.5 9.5-4.5-1.7-7.5-5-7.5-9.5V6zM9 12l2.2 2.2L15.2 10',
  'M12 7v5l3 2M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18',
  'M4 19h16M7 15l4-5 3 3 5-7',
  'M5 9.5v5h3.5L13 18.5v-13L8.5 9.5zM17 10l4 4M21 10l-4 4',
  'M12 4v16M5 8h14M5 8l-2.5 6h5zM19 8l-2.5 6h5zM8 20h8',
]

/** The page that strangers see. Plain server components, and no script of the framework until a door is asked for. */
export function LandingPage({ language }: { language: Language }) {
  const words = landingWords(language)
  const other: Language = language === 'ko' ? 'en' : 'ko'
  const odds = landingOdds()
  const number = new Intl.NumberFormat(language)

  return (
    <>
      <div className="landing">
        <header className="landing-head">
          {/* biome-ignore lint/performance/noImgElement: a drawing of ours; there is nothing to optimise */}
          <img src="/art/sign.svg" alt="Casino Club" width={533} height={60} />
          <nav aria-label={words.head.label}>
            <a href={`/${other}`} hrefLang={other} lang={other}>
              {words.head.language}
            </a>
            <a href={`/${language}/login`} data-door="login">
              {words.head.login}
            </a>
          </nav>
        </header>

        <main>
          <section className="hero">
            <div className="hero-words">
              <h1>{words.hero.title}</h1>
              <p>{words.hero.body}</p>
              <p className="hero-actions">
                <a className="landing-button" href={`/${language}/invite`} data-door="signup">
                  {words.hero.invite}
                </a>
                <a className="landing-button landing-button-quiet" href={`/${language}/login`} data-door="login">
                  {words.hero.login}
                </a>
              </p>
              <ul className="hero-facts">
                {words.hero.facts.map((fact) => (
                  <li key={fact}>{fact}</li>
                ))}
              </ul>
            </div>
            <HeroMachine />
          </section>

          <section className="landing-section" aria-labelledby="draw">
            <h2 id="draw">{words.draw.title}</h2>
            <p className="landing-lead">{words.draw.lead}</p>
            <DrawPicture tickets={odds.tickets} words={words} />
            <ol className="draw-steps">
              {words.draw.steps.map((step) => (
                <li key={step.title}>
                  <h3>{step.title}</h3>
                  <p>{step.body}</p>
                </li>
              ))}
            </ol>
            <p className="draw-same">{words.draw.same}</p>
            <a className="landing-button landing-button-quiet" href={`/${language}/fairness`}>
              {words.draw.verify}
            </a>
          </section>

          <section className="landing-section" aria-labelledby="odds">
            <h2 id="odds">{words.odds.title}</h2>
            <p className="landing-lead">{words.odds.lead}</p>
            <div className="odds-grid">
              <dl className="odds-figures">
                <div>
                  <dt>{words.odds.return.name}</dt>
                  <dd className="numerals">{odds.returnPercent}%</dd>
                  <dd>{put(words.odds.return.note, { back: Math.round(Number(odds.returnPercent)) })}</dd>
                </div>
                <div>
                  <dt>{words.odds.hit.name}</dt>
                  <dd className="numerals">{odds.hitPercent}%</dd>
                  <dd>{put(words.odds.hit.note, { n: Math.round(Number(odds.hitPercent) / 10) })}</dd>
                </div>
                <div>
                  <dt>{words.odds.jackpot.name}</dt>
                  <dd className="numerals">1 / {number.format(odds.jackpotOnceIn)}</dd>
                  <dd>{put(words.odds.jackpot.note, { n: number.format(odds.jackpotOnceIn) })}</dd>
                </div>
              </dl>
              <HundredRounds words={words} />
            </div>
            <a className="landing-button landing-button-quiet" href={`/${language}/odds/slot`}>
              {words.odds.all}
            </a>
          </section>

          <section className="landing-section" aria-labelledby="care">
            <h2 id="care">{words.care.title}</h2>
            <ul className="care">
              {words.care.items.map((item, place) => (
                <li key={item.title}>
                  <svg viewBox="0 0 24 24" aria-hidden="true">
                    <path d={signs[place]} />
                  </svg>
                  <h3>{item.title}</h3>
                  <p>{item.body}</p>
                </li>
              ))}
            </ul>
          </section>

          <section className="landing-section open" aria-labelledby="open">
            <div>
              <h2 id="open">{words.open.title}</h2>
              <p className="landing-lead">{words.open.body}</p>
            </div>
            <pre>
              <code lang="en">
                <span>npm install</span>
                {'\n'}
                <span>npm start</span>
              </code>
            </pre>
          </section>

          <section className="end" aria-labelledby="end">
            {/* biome-ignore lint/performance/noImgElement: a drawing of ours; there is nothing to optimise */}
            <img src="/art/mascot-idle.svg" alt="" width={132} height={132} loading="lazy" decoding="async" />
            <h2 id="end">{words.end.title}</h2>
            <p>{words.end.body}</p>
            <a className="landing-button" href={`/${language}/invite`} data-door="signup">
              {words.hero.invite}
            </a>
          </section>
        </main>

        <footer className="landing-foot">
          <ul>
            {words.foot.notices.map((notice) => (
              <li key={notice}>{notice}</li>
            ))}
          </ul>
          <p>{words.foot.copyright}</p>
        </footer>
      </div>
      <LandingDoors language={language} dictionary={dictionaryOf(language)} />
      <DoorScript />
    </>
  )
}
