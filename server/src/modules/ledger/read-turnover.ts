import { type Difference, selectTillTurnover } from './ledger.sql.ts'

export type { Difference }
// The door for modules that audit their own rows against the ledger's.
export { selectTillTurnover }
