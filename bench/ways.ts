import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import type { App } from '../server/src/app.ts'
import { openHouse } from '../server/src/house.ts'
import { directBatches } from './direct-batches.ts'
import { directPulls } from './direct-pulls.ts'
import { keepUp, type Load, openCaller } from './load.ts'
import type { BenchPlayer } from './players.ts'
import { ACTS, type Act, PLAYS, type Play } from './plays.ts'
import { type ServerProcess, startServer } from './server-process.ts'

/** One way to get rounds committed, ready to be measured. */
export type Way = {
  readonly play: Play
  readonly name: string
  /** The Node processes whose time counts: servers, or (none) this one. */
  readonly pids: readonly number[]
  /** With a rate: so many a second, by the clock; ways that cannot do that do as many as they can. */
  readonly run: (callers: number, seconds: number, perSecond?: number) => Promise<Load>
  /** Does nothing at all until `wake`, so that its background work is not paid for by the others. */
  readonly sleep?: () => void
  readonly wake?: () => void
}

export const LIMIT = 'direct batches (the limit)'
export const ENGINE = 'our engine, without HTTP'
export const OURS = 'Casino Club over HTTP'
export const WITH_WORKER = '… with the outbox worker in it'
/** Only when asked for. */
export const LIMIT_OVER_HTTP = 'direct batches, same HTTP'
export const STATEMENT = 'one statement per round, same HTTP'
export const INTERACTIVE = 'a transaction per round, same HTTP'

const MAIN = join(import.meta.dirname, '../server/src/main.ts')
const BASELINE = join(import.meta.dirname, 'baseline-server.ts')

/** One for each way that is asked by players. */
export const GROUPS = 8

type Surroundings = {
  readonly app: App
  readonly url: string
  readonly players: readonly BenchPlayer[]
  readonly settings: Readonly<Record<string, string>>
  readonly profileInto: string | undefined
  /** With more than one there is a way in which so many share the callers. */
  readonly processes: number
  /** With a way in which the limit's rows are asked for over HTTP. */
  readonly ceiling: boolean
}

export async function openWays(
  it: Surroundings,
): Promise<{ ways: Way[]; batchSizes: () => Promise<string[]>; stop: () => Promise<void> }> {
  const { app, url, players, settings, profileInto, processes, ceiling } = it
  // Every way has players of its own, as a server has, and takes them in turn, so that nobody is asked to do two things
  // at once.
  const group = (number: number) => players.filter((_, at) => at % GROUPS === number)

  const profile = profileInto ? ['--cpu-prof', '--cpu-prof-dir', profileInto] : []
  const startOurs = () => startServer([MAIN], { ...settings, ROLES: 'api,realtime' }, profile)
  const ours = await startOurs()
  const others: ServerProcess[] = []
  while (others.length < processes - 1) others.push(await startOurs())
  const worker = await startServer([MAIN], settings)
  const statement = await startServer([BASELINE, 'statement'], { ...settings, DATABASE_CONNECTIONS: '16' })
  const interactive = await startServer([BASELINE, 'interactive'], { ...settings, DATABASE_CONNECTIONS: '16' })
  const direct = ceiling ? await startServer([BASELINE, 'direct'], settings) : undefined
  const house = await openHouse(app)
  const play = (player: BenchPlayer, act: Act) =>
    house.engine.play({ playerId: player.id, rank: 'VIP', requestId: randomUUID(), ...ACTS[act].asked })
  // Everybody's first rounds, which also make their seeds and the rows of limited prizes.
  for (const act of ['spin', 'pull'] as const) await Promise.all(players.map((player) => play(player, act)))

  const waysOf = (what: Play): Way[] => {
    const { nextAct } = PLAYS[what]
    const here = (name: string, run: Way['run']): Way => ({ play: what, name, pids: [], run })
    const http = (name: string, theirs: readonly BenchPlayer[], ...servers: ServerProcess[]): Way => {
      // With several servers each has its own players: a browser keeps its connection.
      const nextAt = servers.map((_, server) => inTurn(theirs.filter((_, at) => at % servers.length === server)))
      return {
        play: what,
        name,
        pids: servers.map(({ pid }) => pid),
        run: async (callers, seconds, perSecond) => {
          const connections = await Promise.all(
            Array.from({ length: callers }, async (_, at) => {
              const server = at % servers.length
              return { to: await openCaller(servers[server]?.port ?? 0), next: nextAt[server] }
            }),
          )
          try {
            const act = async (at: number) => {
              const caller = connections[at]
              return caller?.to.play(nextAct(), caller.next?.().token ?? '')
            }
            return await keepUp(callers, seconds, act, perSecond)
          } finally {
            for (const { to } of connections) to.close()
          }
        },
      }
    }
    const limit: Way['run'] = (callers, seconds) => {
      const theirs = new Set(group(0).map(({ id }) => id))
      return what === 'spin'
        ? directBatches(url, theirs, callers, seconds)
        : directPulls(url, theirs, callers, seconds, what)
    }
    const nextHere = inTurn(group(1))
    const engine: Way['run'] = (callers, seconds) =>
      keepUp(callers, seconds, async () => {
        await play(nextHere(), nextAct())
        return undefined
      })
    const onlyOfSpins: Way[] = [
      {
        ...http(WITH_WORKER, group(4), worker),
        sleep: () => process.kill(worker.pid, 'SIGSTOP'),
        wake: () => process.kill(worker.pid, 'SIGCONT'),
      },
      ...(direct ? [http(LIMIT_OVER_HTTP, group(7), direct)] : []),
      http(STATEMENT, group(5), statement),
    ]
    return [
      here(LIMIT, limit),
      here(ENGINE, engine),
      http(OURS, group(2), ours),
      ...(others.length > 0 ? [http(`… by ${processes} processes`, group(3), ours, ...others)] : []),
      ...(what === 'spin' ? onlyOfSpins : []),
      http(INTERACTIVE, group(6), interactive),
    ]
  }

  return {
    ways: (['spin', 'pull', 'ten', 'mixed'] as const).flatMap(waysOf),
    batchSizes: async () => {
      const text = await (await fetch(`http://127.0.0.1:${ours.port}/metrics`)).text()
      return text.split('\n').filter((line) => line.startsWith('casino_round_batch_size'))
    },
    stop: async () => {
      process.kill(worker.pid, 'SIGCONT')
      await Promise.all(
        [ours, ...others, worker, statement, interactive, ...(direct ? [direct] : [])].map((each) => each.stop()),
      )
      await house.stop()
    },
  }
}

/** Takes them one after the other, for ever. */
function inTurn(players: readonly BenchPlayer[]): () => BenchPlayer {
  let turn = 0
  return () => {
    const player = players[turn++ % players.length]
    if (!player) throw new Error('nobody plays')
    return player
  }
}
