import { Fragment } from 'react'

// The sheet's order is cherry, lemon, orange, grape, diamond, seven. Each reel rolls once after the page is there, and
// stops on its row: lemon, seven, grape, an ordinary round without a win. Then everything is still; nothing on this
// page moves for longer than five seconds.
const stops = [1, 5, 3] as const

/** A machine made of one picture and one style sheet. Decoration: it says nothing that the text does not say. */
export function HeroMachine() {
  return (
    <div className="hero-machine" aria-hidden="true">
      {/* biome-ignore lint/performance/noImgElement: a drawing of ours; there is nothing to optimise */}
      <img className="hero-sign" src="/art/sign-neon-reels.svg" alt="" width={508} height={66} />
      <div className="hero-reels">
        {stops.map((row, place) => (
          <Fragment key={row}>
            <div className="hero-reel">
              <div className="hero-strip" style={{ '--row': row, '--place': place } as Record<`--${string}`, number>} />
            </div>
          </Fragment>
        ))}
      </div>
      {/* biome-ignore lint/performance/noImgElement: a drawing of ours; there is nothing to optimise */}
      <img className="hero-mascot" src="/art/mascot-happy.svg" alt="" width={160} height={160} />
    </div>
  )
}
