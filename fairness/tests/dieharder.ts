import { spawn } from 'node:child_process'
import { createHash, hash, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { pipeline } from 'node:stream/promises'
import { parseArgs } from 'node:util'
import { hmacSha256From } from '../src/hmac-sha256.ts'
import { drawsForRound } from '../src/stream.ts'

/*
 * `npm run dieharder`: the words that rounds are drawn from, through Debian's `dieharder`. Each test reads the rounds of
 * a fresh pair of seeds, one after the other, as its only input (generator 200: words from standard input), so nothing
 * is ever rewound. FAILED is red; WEAK is asked again with other seeds, and red when it stays so twice more.
 */

/** Number and argument. All that dieharder itself calls good, but for those that would read a GB each. */
const TESTS = [
  ['0'],
  ['2'],
  ['3'],
  ['4'],
  ['8'],
  ['10'],
  ['11'],
  ['12'],
  ['15'],
  ['100'],
  ['101'],
  ['102'],
  ['200', '4'],
  ['201', '2'],
  ['202', '5'],
  ['203', '0'],
  ['204'],
  ['206'],
  ['208'],
  ['209'],
] as const

const LEAST_BYTES = 2 ** 30
const AGAIN_WHEN_WEAK = 2
/** As many as ten pulls take, near misses included. */
const WORDS_PER_ROUND = 24
const ROUNDS_AT_ONCE = 512

const { values } = parseArgs({ options: { only: { type: 'string' }, seed: { type: 'string' } } })
const master = values.seed ?? randomBytes(16).toString('hex')
const hmacSha256 = hmacSha256From((bytes) => hash('sha256', bytes, 'buffer'))

/** The words of consecutive rounds, as this machine's processor and dieharder lay them out (little end first). */
function* wordsOf(name: string): Generator<Buffer> {
  const serverSeed = Uint8Array.from(createHash('sha256').update(`${master} ${name}`).digest())
  for (let nonce = 0; ; nonce += ROUNDS_AT_ONCE) {
    const bytes = Buffer.allocUnsafe(ROUNDS_AT_ONCE * WORDS_PER_ROUND * 4)
    for (let round = 0; round < ROUNDS_AT_ONCE; round++) {
      const draws = drawsForRound({ serverSeed, clientSeed: 'dieharder', nonce: nonce + round }, hmacSha256)
      for (let word = 0; word < WORDS_PER_ROUND; word++)
        bytes.writeUInt32LE(draws.below(2 ** 32), (round * WORDS_PER_ROUND + word) * 4)
    }
    yield bytes
  }
}

type Line = { readonly row: string; readonly verdict: string }

async function run([number, argument]: readonly [string, string?], attempt: number) {
  const child = spawn('dieharder', ['-g', '200', '-d', number, ...(argument ? ['-n', argument] : [])], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  let output = ''
  let bytes = 0
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text
  })
  const counted = function* () {
    for (const words of wordsOf(`${number} ${attempt}`)) {
      bytes += words.length
      yield words
    }
  }
  const ended = once(child, 'close')
  // It closes its end when it has read enough.
  await Promise.all([ended, pipeline(counted, child.stdin).catch(unlessItHadEnough)])
  const lines = [...output.matchAll(/^ *([a-z]\w+\|.*)\| *(PASSED|WEAK|FAILED) *$/gm)].map(
    ([, row = '', verdict = '']): Line => ({ row: row.replaceAll(/ +/g, ''), verdict }),
  )
  if (child.exitCode !== 0 || lines.length === 0)
    throw new Error(`dieharder -d ${number} ended with ${child.exitCode}: ${output}`)
  return { bytes, lines }
}

function unlessItHadEnough(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE' && error.code !== 'ERR_STREAM_PREMATURE_CLOSE') throw error
}

console.log(`npm run dieharder -- --seed ${master}\n`)
console.log('| test | ntup | tsamples | psamples | p | verdict |\n|---|---|---|---|---|---|')
let total = 0
let rows = 0
const red: string[] = []
for (const test of TESTS.filter(([number]) => values.only === undefined || values.only === number)) {
  let lines: readonly Line[] = []
  for (let attempt = 0; attempt <= AGAIN_WHEN_WEAK; attempt++) {
    const read = await run(test, attempt)
    total += read.bytes
    lines = read.lines
    rows += lines.length
    for (const { row, verdict } of lines) console.log(`| ${row.split('|').join(' | ')} | ${verdict} |`)
    if (lines.some(({ verdict }) => verdict === 'FAILED') || lines.every(({ verdict }) => verdict === 'PASSED')) break
  }
  if (lines.some(({ verdict }) => verdict !== 'PASSED')) red.push(`-d ${test.join(' -n ')}`)
}
console.log(`\n${rows} results over ${(total / 2 ** 30).toFixed(2)} GiB of the stream`)
console.log(red.length === 0 ? 'green: no FAILED, nothing WEAK more than twice' : `RED: ${red.join(', ')}`)
if (red.length > 0) process.exitCode = 1
if (values.only === undefined && total < LEAST_BYTES) throw new Error('less than 1 GiB was read')
