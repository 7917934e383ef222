/**
 * Why the program cannot start, and what the person in front of it can do. The message is the whole
 * answer: print it without a stack.
 */
export class CannotStart extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'CannotStart'
  }
}
