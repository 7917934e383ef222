/** Something that the person in front of the screen can do something about. Its message is the whole answer. */
export class Trouble extends Error {}

/** Runs the whole of a command: a Trouble is printed as a sentence, anything else with its stack. */
export async function main(work) {
  try {
    process.exitCode = (await work()) ?? 0
  } catch (error) {
    console.error(error instanceof Trouble ? `\n${error.message}` : error)
    process.exitCode = 1
  }
}

/** What the output of a failed program means for the person reading it, where we know. */
export function explain(output) {
  const known = [
    [/ENOSPC|No space left on device/i, 'The disk is full: packages, build and database need about 2 GB.'],
    [
      /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|network (request|timeout)/i,
      'The package registry cannot be reached. Is there a network (a proxy: npm config set proxy URL)? Then start again; what was fetched is kept.',
    ],
    [/EACCES|EPERM|EROFS/i, 'This account may not write here. Does the folder belong to another account?'],
    [/EINTEGRITY/i, 'A package arrived broken. Start again; if it stays so: npm cache clean --force'],
    [/heap out of memory|ENOMEM|SIGKILL/, 'The machine ran out of memory: about 2 GB must be free.'],
  ]
  return known.find(([pattern]) => pattern.test(output))?.[1]
}
