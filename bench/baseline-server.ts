import { parseConfig } from '../server/src/config.ts'
import { collectLessOften, handBackMemory } from '../server/src/hand-back-memory.ts'
import { routes as gachaRoutes } from '../server/src/modules/gacha/routes.ts'
import { openLiveConfigs } from '../server/src/modules/odds/live-config.ts'
import { openAuthentication } from '../server/src/modules/sessions/authenticate.ts'
import { routes as slotRoutes } from '../server/src/modules/slot/routes.ts'
import { openApp } from '../server/src/open-app.ts'
import { buildHttpServer } from '../server/src/platform/route/http-server.ts'
import { interactiveEngine, statementEngine } from './one-by-one.ts'
import { interactivePulls } from './one-pull-each.ts'
import { pagedDraws } from './paged-draws.ts'

/* The same HTTP, sessions and routes as the house's, with another way to commit a round behind them. */

const config = parseConfig(process.env)
const app = await openApp(config, config.DATABASE_URL)
const configs = openLiveConfigs(app.db, app.hub)
const draws = pagedDraws()
const spins = process.argv[2] === 'statement' ? statementEngine : interactiveEngine
const http = await buildHttpServer({
  routes: [
    ...slotRoutes(app, spins(app, configs, draws), configs),
    ...gachaRoutes(app, interactivePulls(app, configs, draws), configs),
  ],
  authentication: openAuthentication(app),
  log: app.log,
  metrics: app.metrics,
  clock: app.clock,
  publicUrl: config.publicUrl,
  trustProxy: false,
  isProduction: false,
  rateLimits: false,
  checkReplies: false,
})
await http.listen({ host: '127.0.0.1', port: config.PORT })
collectLessOften()
handBackMemory()
console.log('Casino Club is open')
