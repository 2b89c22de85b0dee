import type { EntryTree } from '../entry-tree';
import { fit } from '../lengths';
import type { Place } from '../report';
import type { AcquisitionTime } from './times';
import { Facts } from './facts';
import type { Unread } from './unread';

/** Everything that a set states about one session. */
export interface SessionDraft {
  key: string;
  subject: string;
  /** Null for the one session that takes the recordings of a subject without sessions. */
  label: string | null;
  place: Place;
  facts: Facts;
  /** The start that the session's own row states, and those of its recordings. */
  ownTime: AcquisitionTime | null;
  recordingTimes: AcquisitionTime[];
}

/** The same label under two subjects is two sessions. */
function sessionKey(subject: string, label: string | null): string {
  return label === null ? `session:${subject}` : `session:${subject}/${label}`;
}

/** The sessions of a set as they are found: in folders, tables and names of files. */
export class SessionDrafts {
  private readonly drafts = new Map<string, SessionDraft>();
  private readonly labels = new Map<string, string[]>();
  /** What the set says of the columns of its tables of sessions, each line once. */
  readonly columnLines = new Set<string>();

  /** The session of a label; made at its first mention. */
  of(subject: string, label: string | null, place: Place): SessionDraft {
    const key = sessionKey(subject, label);
    const known = this.drafts.get(key);
    if (known) return known;
    const facts = new Facts();
    const draft: SessionDraft = { key, subject, label, place, facts, ownTime: null, recordingTimes: [] };
    this.drafts.set(key, draft);
    if (label !== null) this.labels.set(subject, [...(this.labels.get(subject) ?? []), label]);
    return draft;
  }

  /** The labels of a subject's sessions. */
  labelsOf(subject: string): string[] {
    return this.labels.get(subject) ?? [];
  }

  /** Sorted by key, so that the tree does not depend on which file names a session first. */
  get all(): SessionDraft[] {
    return [...this.drafts.values()].sort((one, other) => (one.key < other.key ? -1 : 1));
  }
}

/**
 * Adds the session of a draft. It starts when its row says, else with the first of its recordings, unless a table that cannot be
 * read may say otherwise.
 */
export function putSession(draft: SessionDraft, storage: string | null, unread: Unread, tree: EntryTree): void {
  const { report } = tree;
  const { key, label, subject, place, facts, ownTime, recordingTimes } = draft;
  const aside = { report, place, extraFields: 'the key' };
  const mayStartOtherwise = unread.mayTellTimes(subject);
  const instants = mayStartOtherwise ? [] : recordingTimes.flatMap(({ instant }) => instant ?? []).sort();
  if (ownTime?.instant == null && instants.length > 0) {
    report.add('DECIDED', 'a session starts with the first of its recordings', place, instants[0]);
  }
  if (ownTime === null && recordingTimes.length === 0 && !mayStartOtherwise) {
    report.add('DECIDED', 'a session’s start is not stated', place);
  }
  if (label === null) {
    report.add('DECIDED', 'recordings of a subject without ses- labels share one session', place, subject);
  }
  const name = fit(label ?? subject, 'sessionName', aside);
  const fields = {
    name: label === null ? null : name,
    startedAt: ownTime?.instant ?? instants[0] ?? null,
    nameUsedInStorage: label === null ? null : fit(`ses-${label}`, 'nameUsedInStorage', aside),
    subjects: [`subject:${subject}`],
    dataStorages: storage === null ? [] : [storage],
    extraFields: facts.finish(tree, (fact) => !unread.mayTellFact(subject, fact)),
  };
  tree.put('Session', key, fields, place, { name });
}
