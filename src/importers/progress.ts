import { SingleBar } from 'cli-progress';

export interface Progress {
  update: (done: number, all: number) => void;
  end: () => void;
}

/** A bar on a terminal, a line for each tenth elsewhere. */
export function showProgress(what: string): Progress {
  return process.stdout.isTTY ? bar(what) : tenths(what);
}

function bar(what: string): Progress {
  const shown = new SingleBar({ format: `${what} [{bar}] {percentage} %`, hideCursor: true });
  let started = false;
  return {
    update: (done, all) => {
      if (!started) shown.start(all, 0);
      started = true;
      shown.update(done);
    },
    end: () => shown.stop(),
  };
}

function tenths(what: string): Progress {
  let told = 0;
  return {
    update: (done, all) => {
      const reached = all === 0 ? 10 : Math.floor((done * 10) / all);
      if (reached > told) process.stdout.write(`${what}: ${reached * 10} %\n`);
      told = Math.max(told, reached);
    },
    end: () => undefined,
  };
}
