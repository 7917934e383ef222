// Loaded into a program that we start: when we are gone, however suddenly, it stops as if asked to. Programs
// that it starts itself may inherit this file, and are none of ours.
if (process.env.CASINO_CLUB_STARTER === String(process.ppid)) {
  process.on('disconnect', () => process.kill(process.pid, 'SIGTERM'))
  process.channel?.unref()
}
