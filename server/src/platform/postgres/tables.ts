import type { DB } from '#platform/postgres/tables.generated.ts'

/** Every table of the house, as the migrated database says (`npm run tables` writes it anew). */
export type Tables = DB
