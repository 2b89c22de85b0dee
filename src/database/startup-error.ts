/**
 * A reason why Stemgraph cannot start that the operator can do something about.
 *
 * The message is one line for a human: what was wrong, then what to do. The program prints it without a stack trace
 * and ends with exit code 1; every other kind of error is a defect and keeps its stack.
 */
export class StartupError extends Error {
  override readonly name = 'StartupError';

  constructor(message: string, options?: ErrorOptions) {
    super(message.replace(/\s+/g, ' ').trim(), options);
  }
}
