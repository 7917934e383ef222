import { parseConfig } from '../server/src/config.ts'
import { collectLessOften, handBackMemory } from '../server/src/hand-back-memory.ts'
import { routes as gachaRoutes } from '../server/src/modules/gacha/routes.ts'
import { openLiveConfigs } from '../server/src/modules/odds/live-config.ts'
import type { Engine } from '../server/src/modules/rounds/play-rounds.ts'
import { openAuthentication } from '../server/src/modules/sessions/authenticate.ts'
import { routes as slotRoutes } from '../server/src/modules/slot/routes.ts'
import { openApp } from '../server/src/open-app.ts'
import { buildHttpServer } from '../server/src/platform/route/http-server.ts'
import { directEngine } from './direct-engine.ts'
import { interactiveEngine, statementEngine } from './one-by-one.ts'
import { interactivePulls } from './one-pull-each.ts'
import { pagedDraws } from './paged-draws.ts'

/* The same HTTP, sessions and routes as the house's, with another way to commit a round behind them. */

const config = parseConfig(process.env)
const app = await openApp(config, config.DATABASE_URL)
const configs = openLiveConfigs(app.db, app.hub)
const draws = pagedDraws()
const authentication = openAuthentication(app)
/** A token alone is not enough: its session has to stand, looked at with all that ask at the same moment. */
const signedIn = (engine: Engine): Engine => ({
  play: async (play) => {
    if (typeof play.rank === 'object') await authentication.look(play.rank)
    return engine.play(play)
  },
})
const http = await buildHttpServer({
  routes: [
    ...slotRoutes(app, await spinsBy(process.argv[2]), configs),
    ...gachaRoutes(app, signedIn(interactivePulls(app, configs, draws)), configs),
  ],
  authentication,
  log: app.log,
  metrics: app.metrics,
  clock: app.clock,
  publicUrl: config.publicUrl,
  proxiesInFront: 0,
  isProduction: false,
  rateLimits: false,
  checkReplies: false,
})

async function spinsBy(way: string | undefined): Promise<Engine> {
  // The limit looks nothing up, sessions neither.
  if (way === 'direct') return directEngine(app, config.DATABASE_URL, configs)
  return signedIn(way === 'statement' ? statementEngine(app, configs, draws) : interactiveEngine(app, configs, draws))
}

await http.listen({ host: '127.0.0.1', port: config.PORT })
collectLessOften()
handBackMemory()
console.log('Casino Club is open')
