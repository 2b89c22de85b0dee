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
