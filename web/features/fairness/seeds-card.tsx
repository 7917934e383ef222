'use client'

import type { Seeds } from '#server-link/api.types.ts'
import { formatMoment } from '#text/format.ts'
import { useText } from '#text/text-provider.tsx'
import { Button } from '#ui/button.tsx'
import { Card, CardHead } from '#ui/card.tsx'
import { CopyButton } from '#ui/copy-button.tsx'
import { Icon } from '#ui/icon.tsx'
import { Digits } from './digits.tsx'

/** What the next rounds are drawn from, and the pair that was opened last. */
export function SeedsCard({ seeds, onRotate }: { seeds: Seeds; onRotate: () => void }) {
  const { t, language } = useText()
  const { current, last_revealed: last } = seeds
  return (
    <Card lit>
      <CardHead
        title={t('fairness.seeds.title')}
        end={
          <span className="text-sm text-muted">
            {t('fairness.seeds.since', { when: formatMoment(current.created_at, language) })}
          </span>
        }
      />
      <dl className="grid grid-cols-[minmax(0,1fr)] gap-2.5">
        <Value
          label={t('fairness.seeds.commitment')}
          hint={t('fairness.seeds.commitmentHint')}
          value={current.commitment}
        />
        <Value label={t('fairness.seeds.client')} hint={t('fairness.seeds.clientHint')} value={current.client_seed} />
        <div className="rounded-sm bg-raised/60 px-4 py-3">
          <dt className="text-sm text-muted">{t('fairness.seeds.nonce')}</dt>
          <dd className="tabular font-semibold">{t('fairness.seeds.nonceOf', { n: current.next_nonce })}</dd>
        </div>
      </dl>
      <div className="mt-4 flex flex-wrap items-center gap-x-4 gap-y-2">
        <Button look="secondary" onClick={onRotate}>
          {t('fairness.rotate.open')}
        </Button>
        <p className="flex-1 basis-56 text-sm text-muted">{t('fairness.rotate.calm')}</p>
      </div>
      {last && (
        <details className="group/last mt-4 border-t border-line pt-2">
          <summary className="flex min-h-11 items-center gap-2 font-semibold">
            <Icon
              name="chevron"
              className="size-4 text-muted transition-transform duration-150 group-open/last:rotate-90"
            />
            {t('fairness.seeds.last', { n: last.rounds })}
          </summary>
          <dl className="grid grid-cols-[minmax(0,1fr)] gap-2.5 pt-1">
            <Value label={t('fairness.seeds.server')} hint={t('fairness.seeds.serverHint')} value={last.server_seed} />
            <Value label={t('fairness.seeds.commitment')} value={last.commitment} />
            <Value label={t('fairness.seeds.client')} value={last.client_seed} />
          </dl>
        </details>
      )}
    </Card>
  )
}

function Value({ label, value, hint }: { label: string; value: string; hint?: string }) {
  const { t } = useText()
  return (
    // A list of terms knows only groups of terms: no element may stand between a group and its terms.
    <div className="grid grid-cols-[minmax(0,1fr)_auto] gap-x-4 rounded-sm bg-raised/60 py-2.5 pr-2.5 pl-4">
      <dt className="text-sm text-muted">{label}</dt>
      <dd>
        <Digits>{value}</Digits>
      </dd>
      {hint && <dd className="text-sm text-muted">{hint}</dd>}
      <dd className="col-start-2 row-span-3 row-start-1 self-center">
        <CopyButton text={value} label={t('fairness.copyOf', { what: label })} />
      </dd>
    </div>
  )
}
