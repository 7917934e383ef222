import type { TestProject } from 'vitest/node'
import '#tests/database.ts'
import { startTestServer } from '#tests/test-server.ts'

/** Once per run of the tests: a server of its own. What DATABASE_URL points at is hidden from every test. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  delete process.env['DATABASE_URL']
  const server = await startTestServer()
  project.provide('testRun', server.testRun)
  return server.stop
}
