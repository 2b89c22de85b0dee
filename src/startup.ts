import { StartupError } from './database/startup-error';

/** Ends the program: one line for what the operator can mend, the whole stack for what is a fault of ours. */
export function failAndExit(error: unknown): never {
  explain(error);
  process.exit(1);
}

type Undo = () => Promise<void>;

/** What a start can ask of the program that it is a part of. */
export interface Program {
  /** Remembers how to undo what was just done; the last is undone first. Ends the start where it is to stop by now. */
  onStop: (undo: Undo) => void;
  /** Waits for a step that leaves nothing behind, but no longer than the program is to run. */
  interruptibly: <T>(step: Promise<T>) => Promise<T>;
}

/** One Ctrl-C may arrive twice: from the terminal, and passed on by npm. */
const echoMs = 1000;

/**
 * Runs a program until it is told to stop, by Ctrl-C, a polite kill or the end of its terminal: then, even in the middle
 * of the start, everything is undone and it ends with exit code 0. Told again, it ends at once. Where the start fails, or
 * a defect shows later, everything is undone as well and it ends with exit code 1.
 */
export function runUntilStopped(start: (program: Program) => Promise<void>): void {
  const undos: Undo[] = [];
  const stopping = new Stopping();

  const starting = start({
    onStop: (undo) => {
      undos.unshift(undo);
      stopping.check();
    },
    interruptibly: (step) => Promise.race([step, stopping.rejection]),
  });

  async function end(exitCode: number): Promise<never> {
    await starting.catch(() => undefined);
    for (const undo of undos) {
      await undo().catch((error: unknown) => {
        exitCode = 1;
        explain(error);
      });
    }
    process.exit(exitCode);
  }

  const stop = (): void => {
    if (stopping.since === undefined) {
      stopping.begin();
      void end(0);
    } else if (Date.now() - stopping.since > echoMs) process.exit(1);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop);
  onNpmGone(stop);
  const fail = (error: unknown): void => {
    if (error instanceof Stopped) return;
    explain(error);
    if (stopping.since !== undefined) return;
    stopping.begin();
    void end(1);
  };
  process.on('uncaughtException', fail);
  // Somewhere a result was given up that nobody waits for any more: told, but no reason to fail everybody else.
  process.on('unhandledRejection', explain);
  starting.catch((error: unknown) => {
    // Once it is to stop, a start that breaks off has failed at nothing: a program of its own may have got the signal too.
    if (stopping.since === undefined || !(error instanceof StartupError)) fail(error);
  });
}

const watchMs = 500;

/** A polite kill of npm ends npm and the shell below it, which passes no signal on: then we are left without our parent. */
function onNpmGone(stop: () => void): void {
  if (process.env['npm_lifecycle_event'] === undefined) return;
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watch);
    stop();
  }, watchMs);
  watch.unref();
}

/** Thrown into a start that is to stop. */
class Stopped extends Error {}

class Stopping {
  since: number | undefined;
  readonly rejection: Promise<never>;
  begin: () => void = () => undefined;

  constructor() {
    this.rejection = new Promise((_resolve, reject) => {
      this.begin = () => {
        this.since = Date.now();
        reject(new Stopped());
      };
    });
    this.rejection.catch(() => undefined);
  }

  check(): void {
    if (this.since !== undefined) throw new Stopped();
  }
}

function explain(error: unknown): void {
  process.stderr.write(
    error instanceof StartupError ? `stemgraph: ${error.message}\n` : `${(error as Error)?.stack ?? String(error)}\n`,
  );
}
