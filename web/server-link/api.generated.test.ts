// @vitest-environment node
import fs from 'node:fs'
import path from 'node:path'
import openapiTS, { astToString } from 'openapi-typescript'
import { expect, test } from 'vitest'

test('the types are those of docs/openapi.json (npm run api-types -w web)', async () => {
  const description = path.join(import.meta.dirname, '../../docs/openapi.json')
  const printed = astToString(await openapiTS(JSON.parse(fs.readFileSync(description, 'utf8'))))
  const kept = fs.readFileSync(path.join(import.meta.dirname, 'api.generated.ts'), 'utf8')
  const body = (source: string) => source.slice(source.indexOf('export interface paths')).trim()
  expect(body(kept) === body(printed)).toBe(true)
})
