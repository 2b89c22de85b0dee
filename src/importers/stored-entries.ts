import { isTerm } from '../model/families';
import type { Entry } from '../tree/entry';
import { latest, type StatedTimes } from './stated-times';

/**
 * What is stored of a project, by the keys of a source. Shared terms may be known there under another key: of those that a
 * source brings, each is the stored one that is called the same.
 */
export class StoredEntries {
  private readonly byKey: ReadonlyMap<string, Entry>;
  private readonly aliases = new Map<string, string>();
  private readonly times = new Map<string, string>();
  private lastTime: string | null = null;

  constructor(
    readonly all: readonly Entry[],
    entries: readonly Entry[],
    private readonly stated: StatedTimes | undefined = undefined,
  ) {
    this.byKey = new Map(all.map((entry) => [entry.key, entry]));
    const terms = new Map(entries.filter(({ type }) => isTerm(type)).map((entry) => [identityOf(entry), entry.key]));
    // A project has one key here and may have another there.
    const [project, itself] = [entries, all].map((some) => some.find(({ type }) => type === 'Project'));
    if (project && itself) this.aliases.set(itself.key, project.key);
    for (const entry of all.filter(({ type }) => isTerm(type))) {
      const key = terms.get(identityOf(entry));
      if (key !== undefined) this.aliases.set(entry.key, key);
    }
    for (const session of all.filter(({ type }) => type === 'Session')) this.noteTime(session);
  }

  /** What is stored of an entry, if anything is. */
  get({ type, key }: Entry): Entry | undefined {
    const known = type === 'Project' ? this.all.find((one) => one.type === type) : this.byKey.get(key);
    return known?.type === type ? known : undefined;
  }

  /**
   * When what is stored of an entry was stated: with the last of the sessions that name it or what it belongs to, of what no
   * session names the last of all. Null where the source tells no times.
   */
  timeOf(entry: Entry): string | null {
    const owners = [entry.key, entry['session'], entry['subject'], entry['setup']];
    const known = owners.flatMap((key) => (typeof key === 'string' ? (this.times.get(key) ?? []) : []));
    return latest(known) ?? this.lastTime;
  }

  private noteTime(session: Entry): void {
    const time = this.stated?.ofSession(session) ?? null;
    if (time === null) return;
    this.lastTime = latest([this.lastTime, time]);
    for (const key of [session.key, session['subjects'], session['setups']].flat())
      if (typeof key === 'string') this.times.set(key, latest([this.times.get(key) ?? null, time])!);
  }

  /** The key under which the source knows what is stored under a key. */
  keyOf(key: string): string {
    return this.aliases.get(key) ?? key;
  }
}

/** What tells a shared term from others of its type, in any case of letters. */
function identityOf({ type, name, atlas, acronym, doi, url, title }: Entry): string {
  const told = type === 'BrainRegion' ? [atlas, acronym] : type === 'Publication' ? [doi ?? url ?? title] : [name];
  return JSON.stringify([type, ...told]).toLowerCase();
}
