import type { Entry } from '../../tree/entry';
import { isRecordingSuffix } from './acquisition-type';
import { nameOf } from './names';

/** What a set says in these files is about its subjects, and what is inside of those. */
const inside = ['participants', 'samples', 'sessions', 'scans', 'channels', 'electrodes', 'coordsystem', 'probes'];
const withTimes = ['sessions', 'scans'];
const ofRecordings = ['scans', 'channels', 'electrodes', 'coordsystem'];

/** What of a set could not be read, in whole or in part, and what that may have been about. */
export class Unread {
  private readonly paths = new Set<string>();
  /** Of whom it may have told; null stands for everybody. */
  private readonly subjects = new Set<string | null>();
  private readonly timesOf = new Set<string | null>();
  /** What kinds of files may have told about recordings, and of whom. */
  private readonly kinds = new Map<string | null, Set<string>>();
  private isAny = false;

  /** Notes a file or folder, or (`isPart`) that something in it is left out. */
  add(path: string, isPart = false): void {
    const { subject, suffix } = nameOf(path);
    this.isAny = true;
    if (!isPart) this.paths.add(path);
    const isInside = inside.includes(suffix) || isRecordingSuffix(suffix) || path.startsWith('phenotype/');
    if (subject !== null || isInside) this.subjects.add(subject);
    if (withTimes.includes(suffix)) this.timesOf.add(subject);
    if (ofRecordings.includes(suffix) || isRecordingSuffix(suffix))
      this.kinds.set(subject, (this.kinds.get(subject) ?? new Set()).add(suffix));
  }

  /** Whether a file is left out as a whole. */
  has(path: string): boolean {
    return this.paths.has(path);
  }

  /** Whether a table may be left out that tells when sessions of a subject began. */
  mayTellTimes(subject: string): boolean {
    return this.timesOf.has(subject) || this.timesOf.has(null);
  }

  /** Whether a file may be left out that tells a fact, by its name, about recordings of a subject. */
  mayTellFact(subject: string, name: string): boolean {
    const kinds = [...(this.kinds.get(subject) ?? []), ...(this.kinds.get(null) ?? [])];
    return kinds.some((kind) =>
      kind === 'channels' ? /_(?:channels_|channelKinds|badChannels)/.test(name) : name.startsWith(`${kind}_`),
    );
  }

  /** What may be missing in entries; undefined where all was read. */
  get mayMiss(): ((entry: Pick<Entry, 'type' | 'key'>, field: string) => boolean) | undefined {
    return this.isAny ? (entry, field) => this.mayTell(entry, field) : undefined;
  }

  private isTextUnread(): boolean {
    return [...this.paths].some((path) => path.startsWith('README'));
  }

  private mayTell({ type, key }: Pick<Entry, 'type' | 'key'>, field: string): boolean {
    // Its other fields are from the description, without which no set is read.
    if (type === 'Project') return field === 'extraFields' || (field === 'description' && this.isTextUnread());
    if (this.subjects.has(null)) return true;
    const subject = /^session:([^/]+)|^(?:file|procedure):sub-([^/]+)/.exec(key);
    return subject !== null && this.subjects.has(subject[1] ?? subject[2] ?? null);
  }
}
