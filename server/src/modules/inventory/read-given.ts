import { selectGiven, selectGivenTo } from './inventory.sql.ts'

// The door for modules that audit what they gave against what is there.
export { selectGiven, selectGivenTo }
