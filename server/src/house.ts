import { join } from 'node:path'
import { defaultGacha } from '@casino-club/fairness/gacha.default.ts'
import { defaultSlot } from '@casino-club/fairness/slot.default.ts'
import type { FastifyInstance } from 'fastify'
import { routes as accounts } from '#modules/accounts/routes.ts'
import { jobs as credentialJobs } from '#modules/credentials/jobs.ts'
import { warmOdds } from '#modules/gacha/compute-odds.ts'
import { gacha as gachaGame } from '#modules/gacha/play-gacha.ts'
import { rememberWinners } from '#modules/gacha/reactions.ts'
import { routes as gacha } from '#modules/gacha/routes.ts'
import { routes as inventory } from '#modules/inventory/routes.ts'
import { tellMoves } from '#modules/ledger/reactions.ts'
import { routes as ledger } from '#modules/ledger/routes.ts'
import { watchRounds } from '#modules/monitor/reactions.ts'
import { routes as monitor } from '#modules/monitor/routes.ts'
import { showFigures } from '#modules/monitor/show-figures.ts'
import { type LiveConfigs, openLiveConfigs } from '#modules/odds/live-config.ts'
import { publishFirstConfig } from '#modules/odds/publish-config.ts'
import { routes as odds } from '#modules/odds/routes.ts'
import { jobs as operatorJobs } from '#modules/operator/jobs.ts'
import { routes as operator } from '#modules/operator/routes.ts'
import { routes as operators } from '#modules/operators/routes.ts'
import { asAnyGame } from '#modules/rounds/game.ts'
import { type DrawsOf, type Engine, openEngine } from '#modules/rounds/play-rounds.ts'
import { tallyDays, tellWallets } from '#modules/rounds/reactions.ts'
import { routes as rounds } from '#modules/rounds/routes.ts'
import { jobs as seedJobs } from '#modules/seeds/jobs.ts'
import { routes as seeds } from '#modules/seeds/routes.ts'
import { openAuthentication } from '#modules/sessions/authenticate.ts'
import { jobs as sessionJobs } from '#modules/sessions/jobs.ts'
import { routes as sessions } from '#modules/sessions/routes.ts'
import { routes as slot } from '#modules/slot/routes.ts'
import { slot as slotGame } from '#modules/slot/slot.rules.ts'
import { addDocumentation } from '#platform/documentation.ts'
import type { Job } from '#platform/jobs.ts'
import { operationsRoutes } from '#platform/operations.ts'
import { openRelay, type Reaction, type Relay } from '#platform/outbox.ts'
import type { Route } from '#platform/route/endpoint.ts'
import { buildHttpServer } from '#platform/route/http-server.ts'
import { outboxJobs } from '#platform/sweep-outbox.ts'
import { addWebHost } from '#platform/web-host.ts'
import type { App } from '#server/app.ts'
import { Bug } from '#vocabulary/failure.ts'

/*
 * The roof: every module's routes, reactions, jobs and games, in one list each.
 */

export const WEB_FOLDER = join(import.meta.dirname, '../../web/out')

const REACTIONS: readonly Reaction[] = [tallyDays, watchRounds, tellWallets, tellMoves, rememberWinners]
export const GAMES = [asAnyGame(slotGame), asAnyGame(gachaGame)]
export const JOBS: readonly Job[] = [...sessionJobs, ...credentialJobs, ...operatorJobs, ...seedJobs, ...outboxJobs]

export type House = {
  readonly app: App
  readonly configs: LiveConfigs
  readonly engine: Engine
  readonly relay: Relay
  readonly routes: readonly Route[]
  readonly http: FastifyInstance
  /** Computes what takes a moment and is asked for often, so that the first to ask does not wait. */
  readonly warmUp: () => Promise<void>
  readonly stop: () => Promise<void>
}

export type HouseOptions = {
  /** Puts a script in the place of the players' seeds. For tests; production refuses it. */
  readonly drawsOf?: DrawsOf
  /** Checks each reply against its contract. For tests. */
  readonly checkReplies?: boolean
  readonly webFolder?: string
}

/**
 * Puts the house together on an opened database. Nothing listens and nothing runs by itself yet: `main.ts`
 * starts what the roles of its process ask for.
 */
export async function openHouse(app: App, options: HouseOptions = {}): Promise<House> {
  if (options.drawsOf && app.config.isProduction) throw new Bug('chance comes from the seeds of the players')
  // The shipped games, unless the operators have published others.
  await app.inTransaction(async (tx) => {
    for (const shipped of [defaultSlot, defaultGacha])
      await publishFirstConfig(tx, shipped.game, shipped, app.clock.now())
  })
  const configs = openLiveConfigs(app.db, app.hub)
  const authentication = openAuthentication(app)
  const engine = openEngine(app, configs, authentication, options.drawsOf)
  showFigures(app, configs)
  let isStopping = false

  const routes = [
    ...operationsRoutes(app, () => isStopping),
    ...sessions(app),
    ...accounts(app),
    ...operators(app),
    ...ledger(app),
    ...odds(app),
    ...seeds(app),
    ...rounds(app, GAMES),
    ...slot(app, engine, configs),
    ...gacha(app, engine, configs),
    ...inventory(app),
    ...monitor(app, configs),
    ...operator(app),
  ]
  const http = await buildHttpServer({
    routes,
    authentication,
    log: app.log,
    metrics: app.metrics,
    clock: app.clock,
    publicUrl: app.config.publicUrl,
    proxiesInFront: app.config.proxiesInFront,
    isProduction: app.config.isProduction,
    rateLimits: app.config.RATE_LIMITS,
    checkReplies: options.checkReplies ?? false,
  })
  await addDocumentation(http)
  await addWebHost(http, options.webFolder ?? WEB_FOLDER)

  return {
    app,
    configs,
    engine,
    relay: openRelay(app, REACTIONS),
    routes,
    http,
    warmUp: () => warmOdds(configs),
    stop: async () => {
      isStopping = true
      await http.close()
    },
  }
}
