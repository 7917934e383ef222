import { classNames } from './class-names.ts'

/** The place of something that is coming, in its size, so that nothing moves when it arrives. */
export function Skeleton({ className }: { className?: string }) {
  return (
    <span
      aria-hidden="true"
      className={classNames(
        'relative block overflow-hidden rounded-sm bg-raised',
        'after:absolute after:inset-0 after:-translate-x-full after:animate-[shimmer_1.600s_ease-in-out_infinite]',
        'after:bg-linear-to-r after:from-transparent after:via-line/50 after:to-transparent',
        className,
      )}
    />
  )
}

export function SkeletonRows({ rows, label, tall = false }: { rows: number; label: string; tall?: boolean }) {
  return (
    <div role="status" className="grid">
      <span className="visually-hidden">{label}</span>
      {Array.from({ length: rows }, (_, row) => (
        <div
          // biome-ignore lint/suspicious/noArrayIndexKey: the rows are all alike and never move
          key={row}
          className={classNames(
            'flex items-center gap-4 border-t border-line first:border-t-0',
            tall ? 'min-h-[6.3rem] sm:min-h-21' : 'min-h-[4.25rem]',
          )}
        >
          <Skeleton className="size-10 rounded-full" />
          <div className="grid flex-1 gap-2">
            <Skeleton className="h-4 w-2/5" />
            <Skeleton className="h-3 w-1/4" />
          </div>
          <Skeleton className="h-5 w-16" />
        </div>
      ))}
    </div>
  )
}
