#!/usr/bin/env node
// In the repository the sources run as they are. Inside node_modules Node refuses to run TypeScript: there is a build.
const isPackage = import.meta.url.includes('/node_modules/')
if (!isPackage && !process.features.typescript) {
  console.error(
    'casino-fairness: Node 24 runs the sources: npx casino-fairness …, or node run/in-house.mjs fairness/src/cli.ts …',
  )
  process.exit(2)
}
await import(isPackage ? '../dist/cli.js' : '../src/cli.ts')
