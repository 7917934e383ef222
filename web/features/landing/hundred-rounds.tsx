import { colourOf, nameOf, SymbolImage } from './draw-picture.tsx'
import { hundredRounds } from './landing-odds.ts'
import { type LandingWords, put } from './landing-words.ts'

/** A hundred dots, one a round, lit by the symbol that wins it. More honest than any sentence about luck. */
export function HundredRounds({ words }: { words: LandingWords }) {
  const rounds = hundredRounds()
  const lost = rounds.find(({ symbol }) => symbol === null)?.rounds ?? 0
  const dots = rounds.flatMap(({ symbol, rounds: many }) => Array.from({ length: many }, () => symbol))
  return (
    <figure className="hundred">
      <figcaption>
        <strong>{words.odds.hundred}</strong>
        <span className="visually-hidden">{put(words.odds.hundredLabel, { won: 100 - lost, lost })}</span>
      </figcaption>
      <div className="hundred-dots" aria-hidden="true">
        {dots.map((symbol, place) => (
          <i
            // biome-ignore lint/suspicious/noArrayIndexKey: a round is its place
            key={place}
            style={symbol === null ? undefined : { background: colourOf(symbol) }}
            data-won={symbol !== null || undefined}
          />
        ))}
      </div>
      <ul className="hundred-legend">
        {rounds
          .filter(({ rounds: many }) => many > 0)
          .map(({ symbol, rounds: many }) => (
            <li key={symbol ?? 'none'}>
              <i
                style={symbol === null ? undefined : { background: colourOf(symbol) }}
                data-won={symbol !== null || undefined}
              />
              {symbol !== null && <SymbolImage id={symbol} size={28} />}
              <span>{symbol === null ? words.odds.nothing : nameOf(symbol, words)}</span>
              <b className="tabular">{put(words.odds.rounds, { n: many })}</b>
            </li>
          ))}
      </ul>
    </figure>
  )
}
