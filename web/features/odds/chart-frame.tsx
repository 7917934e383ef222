import type { ReactNode } from 'react'

/** The room inside the axes, in units of the picture. */
export type Room = {
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
  readonly width: number
  readonly height: number
}

const picture = { width: 360, height: 190 }

/**
 * The frame of a chart drawn by hand: gridlines with their words, words under the foot, a caption, and whatever the
 * chart draws into its room. For the eye only: each chart stands beside a table with the same figures.
 */
export function ChartFrame(props: {
  caption: string
  /** Room for words left of the axis; without it they stand on their lines, at the right. */
  left: number
  /** `at` from 0, the foot, to 1, the top. */
  lines: readonly { readonly at: number; readonly word: string; readonly isDashed?: boolean }[]
  feet: readonly { readonly at: number; readonly word: string; readonly anchor?: 'middle' | 'end' }[]
  children: (room: Room) => ReactNode
}) {
  const { caption, left, lines, feet, children } = props
  const room = roomOf(left)
  const isInside = left < 20
  return (
    <figure className="mt-4">
      <svg viewBox={`0 0 ${picture.width} ${picture.height}`} aria-hidden="true" className="block w-full max-w-xl">
        {lines.map(({ at, word, isDashed }) => {
          const y = room.bottom - room.height * at
          return (
            <g key={word}>
              <line
                x1={room.left}
                x2={room.right}
                y1={y}
                y2={y}
                strokeDasharray={isDashed ? '3 5' : undefined}
                className={isDashed ? 'stroke-line-strong' : 'stroke-line'}
                strokeWidth="1.5"
              />
              <text
                x={isInside ? room.right : room.left - 8}
                y={isInside ? y - 8 : y + 4}
                textAnchor="end"
                className="fill-muted text-[12px]"
              >
                {word}
              </text>
            </g>
          )
        })}
        {children(room)}
        {feet.map(({ at, word, anchor = 'middle' }) => (
          <text
            key={word}
            x={room.left + room.width * at}
            y={picture.height - 8}
            textAnchor={anchor}
            className="fill-muted text-[12px]"
          >
            {word}
          </text>
        ))}
      </svg>
      <figcaption className="mt-1 text-sm text-muted">{caption}</figcaption>
    </figure>
  )
}

function roomOf(left: number): Room {
  const [right, top, bottom] = [picture.width - 6, 22, picture.height - 26]
  return { left, right, top, bottom, width: right - left, height: bottom - top }
}
