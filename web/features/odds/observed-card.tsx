import { useQuery } from '@tanstack/react-query'
import { LoadFailed } from '#features/shell/load-failed.tsx'
import type { WatchedGame } from '#server-link/api.types.ts'
import { answer, link } from '#server-link/link.ts'
import { formatDay, formatMoment, formatNumber } from '#text/format.ts'
import { useText } from '#text/text-provider.tsx'
import { Card } from '#ui/card.tsx'
import { Icon } from '#ui/icon.tsx'
import { Skeleton } from '#ui/skeleton.tsx'
import { Fact, Table } from './odds-parts.tsx'
import { percent } from './slot-odds.model.ts'

type Props = {
  readonly game: string
  /** What a kind is called on this page. */
  readonly nameOf: (kind: string) => string
}

/** What was drawn from the live table so far, beside what should have come. */
export function ObservedCard({ game, nameOf }: Props) {
  const { t } = useText()
  const status = useQuery({
    queryKey: ['fairness', 'status'],
    queryFn: ({ signal }) => answer(link.GET('/api/fairness/status', { signal })),
  })
  const watched = status.data?.games.find((each) => each.game === game && each.is_live)
  return (
    <Card>
      <h2 className="text-xl font-bold">{t('odds.seen.title')}</h2>
      {watched && watched.draws > 0 && <Seen watched={watched} nameOf={nameOf} />}
      {status.data && !(watched && watched.draws > 0) && (
        <p className="mt-1 max-w-[62ch] text-muted">{t('odds.seen.empty')}</p>
      )}
      {status.isPending && (
        <div role="status" className="mt-3">
          <span className="visually-hidden">{t('odds.seen.loading')}</span>
          <Skeleton className="h-72" />
        </div>
      )}
      {status.error && (
        <LoadFailed error={status.error} busy={status.isFetching} onRetry={() => void status.refetch()} />
      )}
    </Card>
  )
}

function Seen({ watched, nameOf }: { watched: WatchedGame; nameOf: Props['nameOf'] }) {
  const { t, language } = useText()
  const { draws, kinds, return_ppm: returned, watched_since: since } = watched
  const count = (value: number) => formatNumber(value, language)
  return (
    <>
      <p className="mt-1 max-w-[62ch] text-muted">
        {t('odds.seen.lead', { draws })} {since && t('odds.seen.since', { when: formatDay(since, language) })}
      </p>
      <Verdict watched={watched} />
      {returned && (
        <dl className="mt-3 grid">
          <Fact
            label={t('odds.seen.return')}
            value={share(returned.observed)}
            note={`${t('odds.seen.returnNote', { expected: share(returned.expected) })}, ${
              returned.highest === null
                ? t('odds.seen.returnFrom', { lowest: share(returned.lowest) })
                : t('odds.seen.returnBand', { lowest: share(returned.lowest), highest: share(returned.highest) })
            }`}
          />
        </dl>
      )}
      <Table
        caption={t('odds.seen.title')}
        heads={[t('odds.seen.kind'), t('odds.seen.seen'), t('odds.seen.expected')]}
        rows={kinds.map(({ kind, seen, expected, lowest, highest }) => [
          nameOf(kind),
          <strong key="seen" className={`numerals text-lg ${seen < lowest || seen > highest ? 'text-bad' : ''}`}>
            {count(seen)}
          </strong>,
          <span key="expected" className="inline-grid">
            {count(expected)}
            <span className="text-sm text-muted">
              {t('odds.seen.band', { lowest: count(lowest), highest: count(highest) })}
            </span>
          </span>,
        ])}
      />
      <p className="mt-3 max-w-[62ch] text-[0.95rem] text-muted">{t('odds.seen.why')}</p>
      <a href="/api/fairness/status" className="mt-2 inline-flex min-h-11 items-center text-[0.95rem] underline">
        {t('odds.seen.raw')}
      </a>
    </>
  )
}

const looks = {
  ok: { icon: 'check', tone: 'text-good' },
  watch: { icon: 'info', tone: 'text-gold' },
  alarm: { icon: 'alert', tone: 'text-bad' },
} as const

function Verdict({ watched: { state, state_since: since, impossible_rounds: impossible } }: { watched: WatchedGame }) {
  const { t, language } = useText()
  const { icon, tone } = looks[state]
  return (
    <div className="mt-3 flex gap-2.5">
      <Icon name={icon} className={`mt-0.5 size-5 shrink-0 stroke-[2.4] ${tone}`} />
      <p>
        <strong className={`block ${tone}`}>{t(`odds.seen.${state}`)}</strong>
        <span className="text-[0.95rem] text-muted">
          {t(`odds.seen.${state}Why`, { when: since ? formatMoment(since, language) : '' })}
          {impossible > 0 && ` ${t('odds.seen.impossible', { n: impossible })}`}
        </span>
      </p>
    </div>
  )
}

function share(ppm: number): string {
  return percent(ppm / 1_000_000)
}
