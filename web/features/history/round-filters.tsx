'use client'

import { useEffect, useRef } from 'react'
import { seoulDay } from '#text/format.ts'
import { useText } from '#text/text-provider.tsx'
import { Button } from '#ui/button.tsx'
import { Select } from '#ui/select.tsx'
import {
  isFiltering,
  type Period,
  periods,
  queryOf,
  type RoundFilter,
  type RoundResult,
  results,
} from './round-filter.model.ts'

export const games = ['slot', 'gacha'] as const
export const allRounds: RoundFilter = { game: null, result: null, period: null, day: null }

type Props = { readonly filter: RoundFilter; readonly onChange: (filter: RoundFilter) => void }

/** Game, result and time, each one of the browser's own controls. */
export function RoundFilters({ filter, onChange }: Props) {
  const { t } = useText()
  // The address follows a moment after a choice; another one made before that builds on the first.
  const latest = useRef(filter)
  const shown = queryOf(filter)
  // biome-ignore lint/correctness/useExhaustiveDependencies: only another address counts, not another object.
  useEffect(() => {
    latest.current = filter
  }, [shown])
  const choose = (change: Partial<RoundFilter>) => {
    latest.current = { ...latest.current, ...change }
    onChange(latest.current)
  }
  const today = seoulDay(new Date().toISOString())
  const time = filter.day === null ? (filter.period ?? 'all') : 'day'

  const chooseTime = (chosen: Period | 'all' | 'day') => {
    if (chosen === 'day') return choose({ period: null, day: today })
    choose({ period: chosen === 'all' ? null : chosen, day: null })
  }

  return (
    <fieldset className="grid grid-cols-2 items-end gap-3 border-b border-line pb-4 *:last:even:col-span-2 sm:flex sm:flex-wrap sm:*:min-w-36">
      <legend className="visually-hidden">{t('history.filter.label')}</legend>
      <Select<string>
        label={t('history.filter.game')}
        value={filter.game ?? 'all'}
        onChange={(chosen) => choose({ game: chosen === 'all' ? null : chosen })}
        options={[
          { value: 'all', label: t('history.filter.all') },
          ...games.map((game) => ({ value: game, label: t(`history.game.${game}`) })),
        ]}
      />
      <Select<RoundResult | 'all'>
        label={t('history.filter.result')}
        value={filter.result ?? 'all'}
        onChange={(chosen) => choose({ result: chosen === 'all' ? null : chosen })}
        options={[
          { value: 'all', label: t('history.filter.all') },
          ...results.map((result) => ({ value: result, label: t(`history.filter.results.${result}`) })),
        ]}
      />
      <Select<Period | 'all' | 'day'>
        label={t('history.filter.time')}
        value={time}
        onChange={chooseTime}
        options={[
          { value: 'all', label: t('history.filter.all') },
          ...periods.map((period) => ({ value: period, label: t(`history.filter.periods.${period}`) })),
          { value: 'day', label: t('history.filter.periods.day') },
        ]}
      />
      {filter.day !== null && (
        <label className="grid min-w-0 gap-1">
          <span className="text-sm text-muted">{t('history.filter.day')}</span>
          <input
            type="date"
            value={filter.day}
            max={today}
            required
            onChange={(event) => {
              if (event.target.value !== '') choose({ day: event.target.value })
            }}
            className="min-h-11 w-full rounded-sm border border-accent bg-bg px-3 font-semibold text-fg"
          />
        </label>
      )}
      {isFiltering(filter) && (
        <Button look="quiet" size="small" className="px-3 text-accent" onClick={() => choose(allRounds)}>
          {t('history.filter.clear')}
        </Button>
      )}
    </fieldset>
  )
}
