import type { ReactNode } from 'react'

export type EmptyPicture = 'rounds' | 'inbox' | 'offline'

/** Nothing here yet: a picture, one sentence, and at most one way on. */
export function Empty(props: { picture: EmptyPicture; title: string; body?: string; children?: ReactNode }) {
  return (
    <div className="grid justify-items-center gap-1.5 px-4 py-8 text-center">
      {/* biome-ignore lint/performance/noImgElement: a small drawing; the export has no image optimizer */}
      <img src={`/art/empty-${props.picture}.svg`} alt="" width={168} height={126} className="mb-2 h-[126px] w-auto" />
      <h2 className="text-lg font-bold">{props.title}</h2>
      {props.body && <p className="max-w-[36ch] text-muted">{props.body}</p>}
      {props.children && <div className="mt-4 flex flex-wrap justify-center gap-3">{props.children}</div>}
    </div>
  )
}
