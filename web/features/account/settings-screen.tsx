'use client'

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { usePathname } from 'next/navigation'
import { failureWords } from '#features/shell/failure-words.ts'
import { rememberLanguage } from '#features/shell/language-link.tsx'
import { LoadFailed } from '#features/shell/load-failed.tsx'
import { PageHead } from '#features/shell/page-head.tsx'
import { inLanguage } from '#features/shell/site-path.ts'
import { answer, link } from '#server-link/link.ts'
import { meQuery, queryKeys } from '#server-link/queries.ts'
import { motions, type Theme, themes, usePrefs } from '#stores/prefs.ts'
import { languageNames, languages } from '#text/languages.ts'
import { useText } from '#text/text-provider.tsx'
import { Card } from '#ui/card.tsx'
import { classNames } from '#ui/class-names.ts'
import { Icon } from '#ui/icon.tsx'
import { Segmented } from '#ui/segmented.tsx'
import { Skeleton } from '#ui/skeleton.tsx'
import { Switch } from '#ui/switch.tsx'
import { toast } from '#ui/toast.store.ts'

export function SettingsScreen() {
  const { t } = useText()
  const prefs = usePrefs()
  return (
    <div className="mx-auto grid max-w-3xl gap-4">
      <PageHead title={t('account.settings.title')} lead={t('account.settings.lead')} />
      <Card>
        <LanguageChoice />
      </Card>
      <Card>
        <ThemeChoice />
      </Card>
      <Card className="grid gap-2">
        <Segmented
          label={t('account.settings.motion')}
          value={prefs.motion}
          options={motions.map((motion) => ({ value: motion, label: t(`account.settings.motions.${motion}`) }))}
          onChange={(motion) => prefs.set({ motion })}
        />
        <p className="text-sm text-muted">{t('account.settings.motionHint')}</p>
      </Card>
      <Card className="grid gap-4">
        <Switch
          label={t('account.settings.sound')}
          hint={t('account.settings.soundHint')}
          checked={prefs.sound}
          onChange={(sound) => prefs.set({ sound })}
        />
        <label className={classNames('flex min-h-11 items-center gap-4', !prefs.sound && 'opacity-60')}>
          <span className="shrink-0 font-semibold">{t('account.settings.volume')}</span>
          <input
            type="range"
            min={0}
            max={100}
            step={5}
            value={Math.round(prefs.volume * 100)}
            aria-disabled={!prefs.sound}
            className="h-11 min-w-0 flex-1 cursor-pointer accent-(--accent)"
            onChange={(event) => prefs.set({ volume: Number(event.target.value) / 100, sound: true })}
          />
          <span className="tabular w-12 text-right text-muted">{Math.round(prefs.volume * 100)}%</span>
        </label>
      </Card>
      <Card>
        <WinnersChoice />
      </Card>
    </div>
  )
}

/** What others see is the account's, not the device's: the switch shows what the server says, or is being told. */
function WinnersChoice() {
  const { t } = useText()
  const queryClient = useQueryClient()
  const me = useQuery(meQuery)
  const choose = useMutation({
    mutationFn: (isShown: boolean) =>
      answer(link.PATCH('/api/users/profile', { body: { shown_among_winners: isShown } })),
    onSuccess: (user) => {
      queryClient.setQueryData(queryKeys.me, user)
      return queryClient.invalidateQueries({ queryKey: queryKeys.gachaWinners })
    },
    onError: (error) => toast({ tone: 'bad', text: failureWords(error, t) }),
  })
  if (me.error) return <LoadFailed error={me.error} busy={me.isFetching} onRetry={() => void me.refetch()} />
  if (!me.data) return <Skeleton className="h-16" />
  return (
    <Switch
      label={t('account.settings.winners')}
      hint={t('account.settings.winnersHint')}
      checked={choose.isPending ? choose.variables : me.data.shown_among_winners}
      onChange={(isShown) => !choose.isPending && choose.mutate(isShown)}
    />
  )
}

/** Links, because another language is another page. */
function LanguageChoice() {
  const { t, language } = useText()
  const path = usePathname()
  return (
    <div>
      <h2 className="mb-3 font-semibold">{t('account.settings.language')}</h2>
      <ul className="grid grid-cols-2 gap-3">
        {languages.map((each) => (
          <li key={each}>
            <a
              href={inLanguage(path, each)}
              lang={each}
              hrefLang={each}
              aria-current={each === language ? 'true' : undefined}
              onClick={() => rememberLanguage(each)}
              className={classNames(
                'flex min-h-13 items-center justify-between gap-3 rounded-sm border px-4 font-semibold transition-colors duration-150',
                each === language
                  ? 'border-accent bg-raised'
                  : 'border-line text-muted hover:border-line-strong hover:text-fg',
              )}
            >
              {languageNames[each]}
              {each === language && <Icon name="check" className="size-5 text-accent" />}
            </a>
          </li>
        ))}
      </ul>
    </div>
  )
}

/** Each choice is painted in its own theme: `data-theme` works on any element. */
function ThemeChoice() {
  const { t } = useText()
  const theme = usePrefs((prefs) => prefs.theme)
  const set = usePrefs((prefs) => prefs.set)
  return (
    <fieldset>
      <legend className="mb-3 font-semibold">{t('account.settings.theme')}</legend>
      <div className="grid grid-cols-3 gap-3">
        {themes.map((each) => (
          <label
            key={each}
            className={classNames(
              'grid cursor-pointer gap-2 rounded-sm border p-2 text-center transition-colors duration-150',
              'has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-focus',
              each === theme ? 'border-accent bg-raised' : 'border-line hover:border-line-strong',
            )}
          >
            <input
              type="radio"
              name="theme"
              value={each}
              checked={each === theme}
              onChange={() => set({ theme: each })}
              className="visually-hidden"
            />
            <Sample theme={each} />
            <span className="pb-1 text-[0.95rem] font-semibold">{t(`account.settings.themes.${each}`)}</span>
          </label>
        ))}
      </div>
    </fieldset>
  )
}

function Sample({ theme }: { theme: Theme }) {
  return (
    <span
      data-theme={theme}
      aria-hidden="true"
      className="grid h-20 content-between rounded-sm border border-line bg-bg p-2.5 text-left"
    >
      <span className="grid gap-1.5">
        <span className="h-2 w-3/5 rounded-full bg-fg" />
        <span className="h-1.5 w-4/5 rounded-full bg-muted" />
      </span>
      <span className="flex gap-1.5">
        <span className="h-4 flex-1 rounded-full bg-accent" />
        <span className="size-4 rounded-full bg-accent-2" />
        <span className="size-4 rounded-full bg-gold" />
      </span>
    </span>
  )
}
