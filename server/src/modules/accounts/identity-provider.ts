import { hash } from 'node:crypto'

/** Who somebody is, as a provider vouches for it. */
export type Identity = {
  /** Connecting information: the same for one person with every provider, and no one else's. Never stored. */
  readonly ci: string
  readonly birthYear: number
}

/**
 * The port to identity verification. `Proof` is what the provider's own dialogue leaves the browser with;
 * PortOne's is the id of a finished verification, which the adapter then fetches from PortOne itself.
 */
export type IdentityProvider<Proof> = {
  readonly name: string
  readonly identify: (proof: Proof) => Promise<Identity>
}

/** For development: believes what it is told. The same name and date of birth are the same person. */
export const developmentIdentity: IdentityProvider<{ readonly name: string; readonly birthDate: string }> = {
  name: 'development',
  identify: async ({ name, birthDate }) => ({
    ci: hash('sha512', `${name.normalize('NFC').trim()}|${birthDate}`, 'base64'),
    birthYear: Number(birthDate.slice(0, 4)),
  }),
}
