/**
 * Why a source cannot be imported, for the person who asked for it: which file, which line where that is known, what
 * is wrong with it, and what to do. Thrown before anything has been handed on, so there is never half a project.
 */
export class ImportError extends Error {
  override readonly name = 'ImportError';
  readonly file: string;
  /** Counted from 1; null where the trouble is not in one line. */
  readonly line: number | null;
  readonly what: string;
  readonly remedy: string;

  constructor(problem: { file: string; line?: number | null; what: string; remedy: string }, options?: ErrorOptions) {
    const line = problem.line ?? null;
    const place = line === null ? problem.file : `${problem.file}, line ${line}`;
    super(`${place}: ${problem.what} ${problem.remedy}`.replace(/[\p{Cc}\s]+/gu, ' ').trim(), options);
    this.file = problem.file;
    this.line = line;
    this.what = problem.what;
    this.remedy = problem.remedy;
  }
}

/** Several reasons at once, each with its place: the error is the first of them, and says how many there are. */
export class ImportErrors extends ImportError {
  constructor(readonly all: readonly [ImportError, ...ImportError[]]) {
    const [first, ...others] = all;
    const { file, line, what, remedy } = first;
    super({
      file,
      line,
      what,
      remedy: others.length === 0 ? remedy : `${remedy} (${all.length} faults, listed above.)`,
    });
  }
}
