'use client'

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { failureWords } from '#features/shell/failure-words.ts'
import { LoadFailed } from '#features/shell/load-failed.tsx'
import { PageHead } from '#features/shell/page-head.tsx'
import { useLeave } from '#features/shell/use-session.ts'
import type { LoginSession } from '#server-link/api.types.ts'
import { isRefused } from '#server-link/failure.ts'
import { answer, link } from '#server-link/link.ts'
import { loginSessionsQuery, queryKeys } from '#server-link/queries.ts'
import { formatAgo, formatDay } from '#text/format.ts'
import { useText } from '#text/text-provider.tsx'
import { Badge } from '#ui/badge.tsx'
import { Button } from '#ui/button.tsx'
import { Card } from '#ui/card.tsx'
import { Dialog } from '#ui/dialog.tsx'
import { Icon } from '#ui/icon.tsx'
import { SkeletonRows } from '#ui/skeleton.tsx'
import { toast } from '#ui/toast.store.ts'
import { useNow } from '#ui/use-now.ts'
import { PasswordCard } from './password-card.tsx'

export function SessionsScreen() {
  const { t } = useText()
  const now = useNow()
  const sessions = useQuery(loginSessionsQuery)
  const items = sessions.data?.items
  const ordered = items?.toSorted((a, b) => Number(b.is_current) - Number(a.is_current))
  return (
    <div className="mx-auto grid max-w-3xl gap-4">
      <PageHead title={t('account.sessions.title')} lead={t('account.sessions.lead')} />
      <Card className="py-2 sm:py-3">
        {ordered ? (
          <ul>
            {ordered.map((session) => (
              <SessionRow key={session.session_id} session={session} now={now} />
            ))}
          </ul>
        ) : sessions.error ? (
          <LoadFailed error={sessions.error} busy={sessions.isFetching} onRetry={() => void sessions.refetch()} />
        ) : (
          <SkeletonRows tall rows={3} label={t('common.loading')} />
        )}
        {items?.length === 1 && (
          <p className="border-t border-line pt-4 pb-2 text-sm text-muted">{t('account.sessions.onlyThis')}</p>
        )}
      </Card>
      <PasswordCard />
      <EndAll />
    </div>
  )
}

function SessionRow({ session, now }: { session: LoginSession; now: number }) {
  const { t, language } = useText()
  const queryClient = useQueryClient()
  const client = session.client || t('account.sessions.unknownClient')
  const end = useMutation({
    mutationFn: () =>
      answer(
        link.DELETE('/api/auth/sessions/{session_id}', {
          params: { path: { session_id: String(session.session_id) } },
        }),
      ),
    onSuccess: async () => {
      toast({ tone: 'good', text: t('account.sessions.ended') })
      await queryClient.invalidateQueries({ queryKey: queryKeys.loginSessions })
    },
    onError: async (error) => {
      // Gone already is what was wished for.
      if (isRefused(error) && error.status === 404) {
        return queryClient.invalidateQueries({ queryKey: queryKeys.loginSessions })
      }
      toast({ tone: 'bad', text: failureWords(error, t) })
    },
  })
  return (
    <li className="flex min-h-20 items-center gap-4 border-t border-line py-3 first:border-t-0">
      <span className="grid size-11 shrink-0 place-items-center rounded-full bg-raised">
        <Icon name="devices" className={session.is_current ? 'size-6 text-accent' : 'size-6 text-muted'} />
      </span>
      <span className="grid min-w-0 flex-1">
        <span className="flex flex-wrap items-center gap-x-2.5 gap-y-1 font-semibold">
          {client}
          {session.is_current && <Badge tone="accent">{t('account.sessions.current')}</Badge>}
        </span>
        <span className="text-sm text-muted">
          {t('account.sessions.lastUsed', { when: formatAgo(session.last_used_at, language, now) })}
        </span>
        <span className="flex flex-wrap gap-x-3 text-sm text-muted">
          <span>{session.ip_hint}</span>
          <span>{t('account.sessions.started', { when: formatDay(session.created_at, language) })}</span>
        </span>
      </span>
      {!session.is_current && (
        <Button
          look="secondary"
          size="small"
          busy={end.isPending}
          busyLabel={t('account.sessions.ending')}
          aria-label={end.isPending ? undefined : t('account.sessions.endOf', { client })}
          onClick={() => end.mutate()}
        >
          {t('account.sessions.end')}
        </Button>
      )}
    </li>
  )
}

function EndAll() {
  const { t } = useText()
  const leave = useLeave()
  const [isAsking, setAsking] = useState(false)
  const endAll = useMutation({
    mutationFn: () => answer(link.POST('/api/auth/logout-all')),
    onSuccess: () => leave('signed-out'),
    onError: (error) => toast({ tone: 'bad', text: failureWords(error, t) }),
  })
  return (
    <Card className="flex flex-wrap items-center justify-between gap-x-6 gap-y-4">
      <div className="min-w-0 flex-1 basis-64">
        <h2 className="font-bold">{t('account.sessions.allTitle')}</h2>
        <p className="text-sm text-muted">{t('account.sessions.allBody')}</p>
      </div>
      <Button look="danger" size="small" onClick={() => setAsking(true)}>
        {t('account.sessions.allAction')}
      </Button>
      <Dialog
        isOpen={isAsking}
        onClose={() => setAsking(false)}
        title={t('account.sessions.allConfirmTitle')}
        closeLabel={t('common.close')}
      >
        <p className="text-muted">{t('account.sessions.allBody')}</p>
        <div className="flex flex-wrap justify-end gap-3">
          <Button look="secondary" onClick={() => setAsking(false)}>
            {t('common.cancel')}
          </Button>
          <Button look="danger" busy={endAll.isPending} onClick={() => endAll.mutate()}>
            {t('account.sessions.allAction')}
          </Button>
        </div>
      </Dialog>
    </Card>
  )
}
