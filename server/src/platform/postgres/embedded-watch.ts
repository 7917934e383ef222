import { spawn } from 'node:child_process'
import type { Place } from '#platform/postgres/embedded-place.ts'

/*
 * A shell that waits for our end. Its standard input is a pipe that only we hold: when we are killed, even
 * with kill -9, it closes, and the shell stops PostgreSQL, so that no server stays behind without an owner.
 */
const WATCH = `
read -r word && exit 0
read -r first 2>/dev/null < "$1/postmaster.pid" && [ "$first" = "$2" ] && kill -INT "$2"
while kill -0 "$2" 2>/dev/null; do
  # Ended but not asked after, as in a container whose first process never asks.
  case "$(cat "/proc/$2/stat" 2>/dev/null)" in *') Z '*) break ;; esac
  sleep 0.1
done
[ -n "$3" ] && rm -rf "$3"
exit 0
`

/** `dismiss` ends the watch and leaves the server alone. */
export function watchOver(place: Place, pid: number, deleteWhenStopped: boolean): { dismiss: () => Promise<void> } {
  if (process.platform === 'win32') return { dismiss: async () => undefined }
  const args = ['-c', WATCH, 'casino-club-watch', place.data, String(pid), deleteWhenStopped ? place.dataDir : '']
  const shell = spawn('/bin/sh', args, { cwd: '/', detached: true, stdio: ['pipe', 'ignore', 'ignore'] })
  shell.on('error', () => undefined)
  shell.stdin.on('error', () => undefined)
  shell.unref()
  if ('unref' in shell.stdin && typeof shell.stdin.unref === 'function') shell.stdin.unref()
  return {
    dismiss: async () => {
      if (shell.exitCode !== null || shell.pid === undefined) return
      const gone = new Promise((settle) => shell.once('exit', settle))
      shell.ref()
      shell.stdin.end('bye\n')
      await gone
    },
  }
}
