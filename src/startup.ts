import { StartupError } from './database/startup-error';

/** Ends the program: one line for what the operator can mend, the whole stack for what is a fault of ours. */
export function failAndExit(error: unknown): never {
  process.stderr.write(
    error instanceof StartupError ? `stemgraph: ${error.message}\n` : `${(error as Error)?.stack ?? String(error)}\n`,
  );
  process.exit(1);
}

/** Calls `stop` once, on Ctrl-C or a polite kill, and exits when it is done; a second signal exits at once. */
export function stopOnSignals(stop: () => Promise<void>): void {
  let stopping = false;
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      if (stopping) process.exit(1);
      stopping = true;
      stop().then(
        () => process.exit(0),
        (error: unknown) => failAndExit(error),
      );
    });
  }
}
