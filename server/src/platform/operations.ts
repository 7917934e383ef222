import Type from 'typebox'
import { endpoint, type Route, serve } from '#platform/route/endpoint.ts'
import type { App } from '#server/app.ts'
import { Outage, refusal } from '#vocabulary/failure.ts'
import { object } from '#vocabulary/wire.ts'

/* What the people and machines who run the club ask of a process. */

export const metricsForbidden = refusal({
  code: 'operations.metrics_forbidden',
  status: 403,
  ko: '이 수치는 운영 서버에서만 볼 수 있습니다.',
  en: 'These figures are for the operators of this server.',
})

const Health = object({ status: Type.String({ examples: ['healthy'] }) })
const ask = { method: 'GET', tag: 'operations', guard: 'nobody', refusals: [] } as const

export const getHealth = endpoint({
  ...ask,
  path: '/health',
  summary: 'The process and its database answer.',
  reply: Health,
})
export const getLive = endpoint({ ...ask, path: '/health/live', summary: 'The process answers.', reply: Health })
export const getReady = endpoint({
  ...ask,
  path: '/health/ready',
  summary: 'Send traffic here: the database answers, and we are not stopping.',
  reply: Health,
})
export const getMetrics = endpoint({
  ...ask,
  path: '/metrics',
  summary: 'Figures, in the text format of Prometheus. From this machine, or with METRICS_TOKEN as bearer.',
  text: 'text/plain; version=0.0.4; charset=utf-8',
  refusals: [metricsForbidden],
})

/** @param isStopping true from the first signal on: balancers look elsewhere while we finish. */
export function operationsRoutes(app: App, isStopping: () => boolean): Route[] {
  const databaseAnswers = async () => {
    try {
      await app.pool.query('select 1')
    } catch (error) {
      throw new Outage('the database does not answer', { cause: error })
    }
  }
  return [
    serve(getHealth, async () => {
      await databaseAnswers()
      return { status: 'healthy' }
    }),
    serve(getLive, () => ({ status: 'alive' })),
    serve(getReady, async () => {
      if (isStopping()) throw new Outage('stopping')
      await databaseAnswers()
      return { status: 'ready' }
    }),
    serve(getMetrics, async ({ client, http }) => {
      const { METRICS_TOKEN } = app.config
      // What a proxy on this machine hands on comes from here, and from anywhere.
      const isForwarded = http.header('x-forwarded-for') !== undefined || http.header('forwarded') !== undefined
      const isFromHere = isLoopback(client.address) && !isForwarded
      const isAllowed = METRICS_TOKEN === '' ? isFromHere : http.bearer === METRICS_TOKEN
      if (!isAllowed) throw metricsForbidden.with()
      return app.metrics.registry.metrics()
    }),
  ]
}

function isLoopback(address: string): boolean {
  return address === '::1' || /^(::ffff:)?127\./.test(address)
}
