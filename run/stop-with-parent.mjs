// Loaded into a program that we start: when we are gone, however suddenly, it stops as if asked to.
process.on('disconnect', () => process.kill(process.pid, 'SIGTERM'))
process.channel?.unref()
