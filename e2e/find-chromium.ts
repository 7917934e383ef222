import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename, dirname, join, resolve } from 'node:path'
import { brotliDecompressSync } from 'node:zlib'

const CACHE = resolve(import.meta.dirname, '../node_modules/.cache/chromium')
const INSTALLED = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']

export type Chromium = { readonly executablePath: string; readonly env: Readonly<Record<string, string>> }

/**
 * A Chromium to test with: the one in CHROMIUM_PATH, an installed one, or the one inside an npm package,
 * which also runs on a machine without its libraries and without any font.
 */
export async function findChromium(): Promise<Chromium> {
  const { CHROMIUM_PATH } = process.env
  if (CHROMIUM_PATH !== undefined && !existsSync(CHROMIUM_PATH))
    throw new Error(`CHROMIUM_PATH is ${CHROMIUM_PATH}, and there is nothing there.`)
  const installed = [CHROMIUM_PATH, ...INSTALLED].find((path) => path !== undefined && existsSync(path))
  return installed === undefined ? unpackFromNpm() : { executablePath: installed, env: {} }
}

async function unpackFromNpm(): Promise<Chromium> {
  mkdirSync(CACHE, { recursive: true })
  // The package inflates itself into the folder for temporary files; ours lasts from run to run.
  const temporary = process.env['TMPDIR']
  process.env['TMPDIR'] = CACHE
  const { default: chromium } = await import('@sparticuz/chromium')
  const executablePath = await chromium.executablePath()
  if (temporary === undefined) delete process.env['TMPDIR']
  else process.env['TMPDIR'] = temporary

  const env: Record<string, string> = {}
  if (spawnSync('ldd', [executablePath]).stdout.toString().includes('not found')) {
    unpackLibraries()
    env['LD_LIBRARY_PATH'] = join(CACHE, 'lib')
  }
  if (!existsSync('/etc/fonts/fonts.conf')) env['FONTCONFIG_PATH'] = writeFontConfig()
  return { executablePath, env }
}

function unpackLibraries(): void {
  if (existsSync(join(CACHE, 'lib'))) return
  // Where inside the package its entry lies has changed between versions.
  let root = dirname(createRequire(import.meta.url).resolve('@sparticuz/chromium'))
  while (basename(root) !== 'chromium') root = dirname(root)
  const packed = readFileSync(join(root, 'bin', 'al2023.tar.br'))
  execFileSync('tar', ['-xf', '-', '-C', CACHE], { input: brotliDecompressSync(packed) })
}

// Without any font configuration a page paints no text at all, not even in its own fonts.
function writeFontConfig(): string {
  const folder = join(CACHE, 'fontconfig')
  mkdirSync(folder, { recursive: true })
  writeFileSync(
    join(folder, 'fonts.conf'),
    `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig><dir>${join(CACHE, 'fonts', 'fonts')}</dir><cachedir>${join(CACHE, 'fc-cache')}</cachedir></fontconfig>`,
  )
  return folder
}
