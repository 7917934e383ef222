import { parentPort, workerData } from 'node:worker_threads'
import { gachaOddsReport } from '@casino-club/fairness/gacha.odds.ts'

// Half a second of arithmetic, on a thread of its own.
parentPort?.postMessage(gachaOddsReport(workerData))
