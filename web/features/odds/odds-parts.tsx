import type { ReactNode } from 'react'
import { Icon } from '#ui/icon.tsx'

export function Fact({ label, value, note }: { label: string; value: string; note: string }) {
  return (
    <div className="grid content-start gap-0.5 rounded-sm bg-raised/60 px-4 py-3">
      <dt className="text-sm text-muted">{label}</dt>
      <dd className="numerals text-xl font-bold">{value}</dd>
      <dd className="text-sm text-muted">{note}</dd>
    </div>
  )
}

/** The first column names its row; the others are figures. */
export function Table(props: { caption: string; heads: readonly string[]; rows: readonly (readonly ReactNode[])[] }) {
  const { caption, heads, rows } = props
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what can be scrolled has to be reachable by keyboard
    <section aria-label={caption} tabIndex={0} className="-mx-2 mt-2 overflow-x-auto px-2">
      <table className="w-full text-[0.95rem]">
        <caption className="visually-hidden">{caption}</caption>
        <thead>
          <tr className="text-sm text-muted">
            {heads.map((head, column) => (
              <th
                key={head}
                scope="col"
                className={
                  column === 0 ? 'py-1.5 pr-3 text-left font-normal' : 'py-1.5 pl-2 text-right font-normal sm:pl-3'
                }
              >
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, place) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a published table never changes its order
            <tr key={place} className="border-t border-line">
              {row.map((cell, column) =>
                column === 0 ? (
                  // biome-ignore lint/suspicious/noArrayIndexKey: a column is its place
                  <th key={column} scope="row" className="h-11 py-1.5 pr-2 text-left leading-snug font-semibold">
                    {cell}
                  </th>
                ) : (
                  // biome-ignore lint/suspicious/noArrayIndexKey: a column is its place
                  <td key={column} className="tabular py-1.5 pl-2 text-right leading-snug sm:pl-3">
                    {cell}
                  </td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

export function Line({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div>
      <dt className="text-sm text-muted">{label}</dt>
      <dd>{children}</dd>
    </div>
  )
}

export function Agrees({ isSame, children }: { isSame: boolean; children: ReactNode }) {
  return (
    <span className={`mt-0.5 flex items-center gap-1.5 text-sm font-semibold ${isSame ? 'text-good' : 'text-bad'}`}>
      <Icon name={isSame ? 'check' : 'alert'} className="size-4 stroke-[2.4]" />
      {children}
    </span>
  )
}
