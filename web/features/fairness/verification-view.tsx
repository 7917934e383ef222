'use client'

import { useSymbolName } from '#features/slot/use-symbol-name.ts'
import { useText } from '#text/text-provider.tsx'
import type { TextKey } from '#text/translate.ts'
import { Button } from '#ui/button.tsx'
import { classNames } from '#ui/class-names.ts'
import { CopyButton } from '#ui/copy-button.tsx'
import { Icon } from '#ui/icon.tsx'
import { Skeleton } from '#ui/skeleton.tsx'
import type { CheckedReceipt, DrawMeaning } from './check-receipt.ts'
import { Digits } from './digits.tsx'
import { ExplainedPulls } from './explained-pulls.tsx'
import { saveFile } from './keep-receipts.ts'
import { OfflineCommand } from './offline-command.tsx'
import { fileNameOf } from './receipt.model.ts'
import { useCheck } from './use-check.ts'

/** A round decided again in this browser, step by step. */
export function VerificationView({ receipt, onRotate }: { receipt: unknown; onRotate?: () => void }) {
  const { t } = useText()
  const check = useCheck(receipt)
  if (check.error) {
    return (
      <div role="alert" className="grid justify-items-start gap-3">
        <p>{t('fairness.check.notLoaded')}</p>
        <Button look="secondary" busy={check.isFetching} onClick={() => void check.refetch()}>
          {t('common.retry')}
        </Button>
      </div>
    )
  }
  if (!check.data) return <Skeleton className="h-72" />
  return (
    <>
      <Verdict checked={check.data} />
      {check.data.verdict === 'not_revealed' && onRotate && (
        <Button look="secondary" onClick={onRotate}>
          {t('fairness.rotate.open')}
        </Button>
      )}
      <ol className="grid grid-cols-[minmax(0,1fr)]">
        {check.data.steps.map((step) => (
          <Step
            key={step.step}
            {...step}
            isPending={check.data.verdict === 'not_revealed' && step.step === 'commitment'}
          />
        ))}
      </ol>
      {check.data.draws.length > 0 && <Drawn checked={check.data} />}
      <Keep receipt={receipt} />
    </>
  )
}

const verdicts = {
  verified: { icon: 'check', look: 'border-good text-good' },
  wrong: { icon: 'close', look: 'border-bad text-bad' },
  not_revealed: { icon: 'info', look: 'border-accent text-accent' },
} as const

function Verdict({ checked: { verdict, steps } }: { checked: CheckedReceipt }) {
  const { t } = useText()
  const { icon, look } = verdicts[verdict]
  const wrong = steps.filter((step) => !step.ok).length
  return (
    <div role="status" className={classNames('flex gap-3 rounded-sm border bg-raised/60 p-4', look)}>
      <Icon name={icon} className="mt-0.5 size-6 stroke-[2.4]" />
      <div className="grid gap-0.5">
        <p className="text-lg leading-snug font-bold">{t(`fairness.verdict.${verdict}`)}</p>
        <p className="text-[0.95rem] text-fg">
          {t(`fairness.verdict.${verdict}Why`, { n: verdict === 'wrong' ? wrong : steps.length })}
        </p>
      </div>
    </div>
  )
}

function Step(props: CheckedReceipt['steps'][number] & { isPending: boolean }) {
  const { t } = useText()
  const { step, ok, what, expected, found, isPending } = props
  const name = t(`fairness.step.${step}` satisfies TextKey)
  const state = isPending ? 'later' : ok ? 'good' : 'bad'
  return (
    <li className="border-t border-line first:border-t-0">
      <details open={!ok} className="group/step">
        <summary className="flex min-h-12 items-center gap-3 py-1.5">
          <Icon
            name={isPending ? 'info' : ok ? 'check' : 'close'}
            className={classNames(
              'size-5 stroke-[2.4]',
              state === 'good' ? 'text-good' : state === 'bad' ? 'text-bad' : 'text-accent',
            )}
          />
          <span className="flex-1 font-semibold">{name}</span>
          <span className="text-sm text-muted">{t(`fairness.state.${state}`)}</span>
          <Icon
            name="chevron"
            className="size-4 text-muted transition-transform duration-150 group-open/step:rotate-90"
          />
        </summary>
        <div className="grid grid-cols-[minmax(0,1fr)] gap-2 pb-3 pl-8 text-[0.95rem]">
          <p className="text-muted">{t(`fairness.stepWhy.${step}` satisfies TextKey)}</p>
          {ok ? (
            found && <Compared label={t('fairness.check.both')} value={found} />
          ) : (
            <>
              <p lang="en" className="text-sm text-muted">
                {what}
              </p>
              {expected && <Compared label={t('fairness.check.expected')} value={expected} />}
              <Compared label={t('fairness.check.found')} value={found} />
            </>
          )}
        </div>
      </details>
    </li>
  )
}

function Compared({ label, value }: { label: string; value: string }) {
  return (
    <div className="rounded-sm bg-raised/60 px-3 py-2">
      <p className="text-sm text-muted">{label}</p>
      <Digits>{value}</Digits>
    </div>
  )
}

/** The hash the numbers came from, and what each number decided. */
function Drawn({ checked: { blocks, draws, meanings, gacha } }: { checked: CheckedReceipt }) {
  const { t } = useText()
  return (
    <section className="grid grid-cols-[minmax(0,1fr)] gap-3">
      <h3 className="font-bold">{t('fairness.drawn.title')}</h3>
      {blocks.map((block) => (
        <div key={block.message} className="grid grid-cols-[minmax(0,1fr)] gap-1 rounded-sm bg-raised/60 px-3 py-2">
          <p className="text-sm text-muted">
            {t('fairness.drawn.hmac')} <Digits>{block.message}</Digits>
          </p>
          <Digits>{block.hex}</Digits>
        </div>
      ))}
      {gacha ? <ExplainedPulls {...gacha} /> : <DrawnNumbers draws={draws} meanings={meanings} />}
    </section>
  )
}

function DrawnNumbers({ draws, meanings }: Pick<CheckedReceipt, 'draws' | 'meanings'>) {
  const { t } = useText()
  return (
    <table className="tabular w-full text-[0.95rem]">
      <caption className="visually-hidden">{t('fairness.drawn.title')}</caption>
      <thead>
        <tr className="text-left text-sm text-muted">
          <th scope="col" className="py-1 font-normal">
            {t('fairness.drawn.below')}
          </th>
          <th scope="col" className="py-1 font-normal">
            {t('fairness.drawn.number')}
          </th>
          <th scope="col" className="py-1 text-right font-normal">
            {t('fairness.drawn.decided')}
          </th>
        </tr>
      </thead>
      <tbody>
        {draws.map((draw, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a draw is its place
          <tr key={index} className="border-t border-line">
            <td className="py-2 text-muted">{draw.bound}</td>
            <td className="py-2 font-semibold">{draw.value}</td>
            <td className="py-2 text-right">
              <Meaning meaning={meanings[index] ?? { decided: 'other' }} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Meaning({ meaning }: { meaning: DrawMeaning }) {
  const { t } = useText()
  const nameOf = useSymbolName()
  if (meaning.decided === 'reel') {
    return t('fairness.drawn.reel', { reel: meaning.reel, symbol: nameOf(meaning.symbol) })
  }
  return meaning.decided === 'variation' ? t('fairness.drawn.variation', { percent: meaning.permille / 10 }) : '·'
}

/** The receipt to take home, and how to check it without us. */
function Keep({ receipt }: { receipt: unknown }) {
  const { t } = useText()
  const json = JSON.stringify(receipt, null, 2)
  return (
    <section className="grid grid-cols-[minmax(0,1fr)] gap-3 border-t border-line pt-4">
      <div className="flex flex-wrap gap-2">
        <Button look="secondary" size="small" onClick={() => saveFile(fileNameOf(receipt), json)}>
          {t('fairness.keep.download')}
        </Button>
        <CopyButton text={json} label={t('fairness.copyOf', { what: t('fairness.keep.receipt') })} />
      </div>
      <OfflineCommand file={fileNameOf(receipt)} />
    </section>
  )
}
