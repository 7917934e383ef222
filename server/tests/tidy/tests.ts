import { type House, type SourceFile, shortly } from './house.ts'

/* Tests are run, contain something, and are not skipped. */

const TEST_CALLS = ['test', 'it']
const NOT_RUN = /^(test|it|describe|suite|bench|context|ctx|task)(\.\w+)*\.(skip|only|todo|skipIf|runIf|fixme)$/

export function testOffences({ isCollected }: House, sources: readonly SourceFile[]): string[] {
  const offences: string[] = []
  for (const { path, source } of sources) {
    const complain = (complaint: string) => offences.push(`${shortly(path)}: ${complaint}`)
    if (/\.(test|spec)\.tsx?$/.test(path)) {
      const hasTest = TEST_CALLS.some(
        (name) => source.calls.has(name) || [...source.dotted].some((each) => each.startsWith(`${name}.`)),
      )
      if (!hasTest) complain('tests nothing')
      if (!isCollected(path)) complain('no runner picks it up')
    }
    for (const each of source.dotted) if (NOT_RUN.test(each)) complain(`${each}: every test runs, always`)
  }
  return offences
}
