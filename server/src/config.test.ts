import { expect, test } from 'vitest'
import { BadSettings, parseConfig, settingsTable } from '#server/config.ts'

const OWN = 'x'.repeat(32)
const PRODUCTION = { NODE_ENV: 'production', JWT_SECRET: OWN, PII_KEY: OWN, PUBLIC_URL: 'https://club.example' }

function problemsOf(environment: Record<string, string>): string {
  try {
    parseConfig(environment, () => OWN)
  } catch (error) {
    if (error instanceof BadSettings) return error.message
    throw error
  }
  return ''
}

test('nothing set: safe defaults for a first look', () => {
  const config = parseConfig({}, (name) => `made for ${name}, and kept under DATA_DIR`)
  expect(config).toMatchObject({
    NODE_ENV: 'development',
    HOST: '127.0.0.1',
    PORT: 3000,
    DEMO: true,
    RATE_LIMITS: true,
  })
  expect(config.JWT_SECRET).not.toBe(config.PII_KEY)
  expect(config.publicUrl).toBe('http://localhost:3000')
  expect([...config.roles]).toEqual(['api', 'realtime', 'worker'])
})

test.each([
  ['false', 0],
  ['true', 1],
  ['1', 1],
  ['3', 3],
])('TRUST_PROXY=%s: %i of the entries are those of our own proxies', (TRUST_PROXY, proxiesInFront) => {
  expect(parseConfig({ TRUST_PROXY }, () => OWN).proxiesInFront).toBe(proxiesInFront)
})

test('everything that is wrong is said at once, one line each', () => {
  const said = problemsOf({ PORT: '70000', BATCHES_IN_FLIGHT: 'two', DEMO: 'yes', NODE_ENV: 'staging' })
  expect(said.split('\n').slice(1)).toEqual([
    '  - NODE_ENV="staging": one of development, production, test',
    '  - PORT="70000": a whole number from 0 to 65535',
    '  - BATCHES_IN_FLIGHT="two": a whole number from 1 to 8',
    '  - DEMO="yes": true or false',
  ])
})

// biome-ignore format: a table
test.each([
  [{ PORT: '3.5' }, 'PORT="3.5": a whole number'],
  [{ PORT: '1e3' }, 'PORT="1e3": a whole number'],
  [{ TRUST_PROXY: 'yes' }, 'TRUST_PROXY="yes": one of false, true, 1, 2, 3'],
  [{ ROLES: 'api,reader' }, 'there is no role reader'],
  [{ JWT_SECRET: 'short' }, 'JWT_SECRET: at least 32 bytes'],
  [{ ...PRODUCTION, JWT_SECRET: '' }, 'JWT_SECRET: set one of your own in production'],
  [{ ...PRODUCTION, PII_KEY: '' }, 'PII_KEY: set one of your own in production'],
  [{ ...PRODUCTION, DEMO: 'true' }, 'DEMO: the demo has a fixed invite code'],
  [{ ...PRODUCTION, PUBLIC_URL: 'http://club.example' }, 'PUBLIC_URL: production is reached by https'],
])('%j is refused: %s', (environment, problem) => {
  expect(problemsOf(environment)).toContain(problem)
})

test('production with settings of its own starts, without the demo and without making secrets', () => {
  const config = parseConfig(PRODUCTION, () => {
    throw new Error('a secret was made')
  })
  expect(config).toMatchObject({ isProduction: true, DEMO: false, publicUrl: 'https://club.example' })
})

test('a refused secret is not repeated', () => {
  expect(problemsOf({ JWT_SECRET: 'tell-nobody', PII_KEY: 'tell-nobody' })).not.toContain('tell-nobody')
})

test('every setting has a default that it would itself accept, and a sentence', () => {
  for (const { name, default: value, description } of settingsTable()) {
    expect(description, name).toMatch(/\.$/)
    expect(() => parseConfig({ [name]: value }, () => OWN), name).not.toThrow()
  }
})
