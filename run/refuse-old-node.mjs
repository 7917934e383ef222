// Imported before everything else, and written so that an old Node can still read it.
const [major, minor] = process.versions.node.split('.').map(Number)
if (major < 20 || (major === 20 && minor < 9)) {
  console.error(
    'Casino Club needs Node 20.9 or newer to get started (this is ' +
      process.versions.node +
      '). It then runs on a Node 24 of its own.',
  )
  process.exit(1)
}
