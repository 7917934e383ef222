import { type LandingWords, put } from './landing-words.ts'

const colours: Readonly<Record<string, string>> = {
  cherry: '#ff5468',
  lemon: '#ffe14a',
  orange: '#ff9a3d',
  grape: '#a06cff',
  diamond: '#5cf2ff',
  seven: '#ff4d9d',
}

/** From top to bottom in `symbols.svg`; `web/art/symbols.mjs` draws them in this order. */
const sheet: readonly string[] = ['cherry', 'lemon', 'orange', 'grape', 'diamond', 'seven']

/** The colour a symbol has in charts; always together with its picture or its name. */
export const colourOf = (symbol: string): string => colours[symbol] ?? '#8b80ad'

type Ticket = { readonly id: string; readonly weight: number }

/** Three draws as an example: which ticket each reel gets. Ticket 61 is an orange, and so on down the bar. */
const example = [12, 61, 40] as const

/** One reel's hundred tickets as a bar, and three of them being drawn. */
export function DrawPicture(props: { tickets: readonly Ticket[]; words: LandingWords }) {
  const { tickets, words } = props
  const starts = tickets.map((_, place) => tickets.slice(0, place).reduce((sum, { weight }) => sum + weight, 0))
  const symbolAt = (ticket: number) =>
    tickets.find(({ weight }, place) => ticket < (starts[place] ?? 0) + weight)?.id ?? ''
  return (
    <figure className="draw-picture">
      <figcaption className="visually-hidden">
        {words.draw.ticketsLabel}:{' '}
        {tickets.map(({ id, weight }) => `${nameOf(id, words)} ${put(words.draw.tickets, { n: weight })}`).join(', ')}
      </figcaption>
      <div className="draw-bar" aria-hidden="true">
        {tickets.map(({ id, weight }) => (
          <div key={id} style={{ flexGrow: weight, background: colourOf(id) }}>
            <span>{weight >= 8 ? weight : ''}</span>
          </div>
        ))}
        {example.map((ticket, place) => (
          <i
            key={ticket}
            className="draw-pointer"
            style={{ left: `${ticket + 0.5}%`, '--place': place } as Record<string, string | number>}
          >
            {ticket + 1}
          </i>
        ))}
      </div>
      <div className="draw-legend" aria-hidden="true">
        {tickets.map(({ id, weight }) => (
          <span key={id}>
            <SymbolImage id={id} size={34} />
            <b className="tabular">{weight}</b>
          </span>
        ))}
      </div>
      <div className="draw-result" aria-hidden="true">
        {example.map((ticket) => (
          <span key={ticket}>
            <small className="tabular">{ticket + 1}</small>
            <SymbolImage id={symbolAt(ticket)} size={64} />
          </span>
        ))}
      </div>
    </figure>
  )
}

export function SymbolImage({ id, size }: { id: string; size: number }) {
  const row = Math.max(0, sheet.indexOf(id))
  return (
    <span
      className="landing-symbol"
      aria-hidden="true"
      style={{ '--row': row, '--size': `${size}px` } as Record<`--${string}`, string | number>}
    />
  )
}

export function nameOf(id: string, words: LandingWords): string {
  return Object.entries(words.symbols).find(([symbol]) => symbol === id)?.[1] ?? id
}
