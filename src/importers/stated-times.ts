import type { Entry } from '../tree/entry';

/**
 * When records say what they say of objects that they share, such as the rig of all sessions: of what they contradict each
 * other about, the latest counts, in whatever order they come. Times are texts that sort as the times do.
 */
export interface StatedTimes {
  /** When a field, or a part of one (`details.volume`), is stated as the tree has it; null where nothing tells. */
  of(key: string, path: string): string | null;
  /** The same of what was stored with a session. */
  ofSession(session: Entry): string | null;
}

/** The latest of some times; null where there is none. */
export function latest(times: readonly (string | null)[]): string | null {
  return times.reduce((most, time) => (time !== null && (most === null || time > most) ? time : most), null);
}

/** Collects when each field of a tree is stated. */
export class StatedTimesWriter {
  private readonly times = new Map<string, string | null>();
  /** When what is read now is stated; null where nothing tells it. */
  now: string | null = null;

  of(key: string, path: string): string | null {
    return this.times.get(`${key}\n${path}`) ?? null;
  }

  note(key: string, path: string): void {
    this.times.set(`${key}\n${path}`, this.now);
  }

  /** The same is stated again. */
  renew(key: string, path: string): void {
    this.times.set(`${key}\n${path}`, latest([this.of(key, path), this.now]));
  }

  /** Whether what is stated now counts against what was: it is later, or of the same time and sorts before it. */
  counts(key: string, path: string, stated: unknown, known: unknown): boolean {
    const then = this.of(key, path);
    if (then !== null && this.now !== null && then !== this.now) return this.now > then;
    return JSON.stringify(stated) < JSON.stringify(known);
  }
}
