import { DistinctValues } from '../distinct-values';
import type { EntryTree } from '../entry-tree';
import { ExtraFieldsWriter } from '../extra-fields';
import { type JsonRecord, namesOf, readableText, recordsOf, textOf } from '../json';
import { fit } from '../lengths';
import type { Place, ReportWriter } from '../report';
import { hasMaskedDay, isMaskedTime, utcInstant } from '../times';

/** Everything that the files of one session state about it. */
export interface SessionDraft {
  subject: string;
  /** The labels of further subjects whose data its files hold. */
  others: Set<string>;
  /** Null for the one session that takes the files of a subject that name none. */
  label: string | null;
  firstPlace: Place;
  identifier: DistinctValues;
  name: DistinctValues;
  description: DistinctValues;
  start: DistinctValues;
  age: DistinctValues;
  approach: DistinctValues;
  measurementTechnique: DistinctValues;
  variableMeasured: DistinctValues;
  /** By the field's name: what a session has beyond the fields above. */
  rest: Map<string, DistinctValues>;
}

const mapped = ['schemaKey', 'identifier', 'name', 'description', 'startDate'];

/** What DANDI calls a session that its file gives no name. */
const noName = 'Acquisition session';

/** A session is told apart by its subject and its label: the same label under two subjects is two sessions. */
export function sessionKey(subject: string, label: string | null): string {
  return label === null ? `session:${subject}` : `session:${subject}/${label}`;
}

/** A session of which only subject and label are known yet, and where it was first met. */
export function draftSession(subject: string, label: string | null, firstPlace: Place): SessionDraft {
  const values = (): DistinctValues => new DistinctValues();
  return {
    ...{
      subject,
      others: new Set<string>(),
      label,
      firstPlace,
      identifier: values(),
      name: values(),
      description: values(),
      start: values(),
    },
    ...{
      age: values(),
      approach: values(),
      measurementTechnique: values(),
      variableMeasured: values(),
      rest: new Map(),
    },
  };
}

/** Adds what one file says about the session that it was made in. Other activities that made the file are reported. */
export function addGeneratingSession(
  draft: SessionDraft,
  metadata: JsonRecord,
  place: Place,
  report: ReportWriter,
): void {
  for (const sample of recordsOf(metadata.wasDerivedFrom)) addRest(draft, 'wasDerivedFrom', chainOf(sample), place);
  const activities = recordsOf(metadata.wasGeneratedBy);
  const isSession = (activity: JsonRecord): boolean => (textOf(activity.schemaKey) ?? 'Session') === 'Session';
  const [session, ...further] = activities.filter(isSession);
  for (const activity of activities.filter((activity) => !isSession(activity))) {
    report.add('NOT_IMPORTED', 'something other than a session that generated a file', place, readableText(activity));
  }
  for (const other of further) {
    report.add(
      'DECIDED',
      'a file of several sessions belongs to the first; extraFields names the others',
      place,
      readableText(other),
    );
    addRest(draft, 'furtherSession', readableText(other), place);
  }
  if (session === undefined) return;
  draft.identifier.add(textOf(session.identifier), place);
  draft.name.add(textOf(session.name), place);
  draft.description.add(textOf(session.description), place);
  draft.start.add(textOf(session.startDate), place);
  for (const [key, value] of Object.entries(session).filter(([key]) => !mapped.includes(key))) {
    addRest(draft, key, readableText(value), place);
  }
}

/** What was recorded and what that was taken from, step by step: `slice-1 (tissue slice) ← brain-1 (whole organ)`. */
function chainOf(sample: JsonRecord): string {
  const { wasDerivedFrom, wasAttributedTo, schemaKey: _, identifier, sampleType, ...rest } = sample;
  const name = textOf(identifier) ?? textOf(sample.name) ?? 'a sample without a name';
  const ofWhom = namesOf(wasAttributedTo).join(', ');
  const about = [readableText(sampleType), ofWhom === '' ? null : `of ${ofWhom}`, readableText(rest)].filter(
    (text) => text !== null,
  );
  const itself = about.length === 0 ? name : `${name} (${about.join('; ')})`;
  const origins = recordsOf(wasDerivedFrom).map(chainOf);
  return origins.length === 0 ? itself : `${itself} ← ${origins.join(', ')}`;
}

function addRest(draft: SessionDraft, key: string, value: string | null, place: Place): void {
  const values = draft.rest.get(key) ?? new DistinctValues();
  values.add(value, place);
  draft.rest.set(key, values);
}

/** Adds the session of a draft. `agesDiffer` says that its subject is of another age in another session. */
export function putSession(
  draft: SessionDraft,
  { subjectKeys, storageKey, agesDiffer }: { subjectKeys: string[]; storageKey: string; agesDiffer: boolean },
  tree: EntryTree,
): void {
  const { report } = tree;
  const place = draft.firstPlace;
  const extraFields = new ExtraFieldsWriter(tree, 'session');
  const aside = { report, place, extraFields };
  const description = draft.description.all.join('\n\n');
  if (draft.description.others.length > 0) {
    report.add('DECIDED', 'files of one session describe it differently: one after the other', place, description);
  }
  const name = chooseName(draft, aside);
  const shown = fit(name ?? draft.subject, 'sessionName', aside);
  const fields = {
    name: name === null ? null : shown,
    description: description === '' ? null : description,
    startedAt: chooseStart(draft, aside),
    nameUsedInStorage: draft.label === null ? null : fit(`ses-${draft.label}`, 'nameUsedInStorage', aside),
    tags: draft.approach.all,
    subjects: subjectKeys,
    dataStorages: [storageKey],
  };
  extraFields.keep('measurementTechnique', draft.measurementTechnique.all.join('; '), place);
  extraFields.keep('variableMeasured', draft.variableMeasured.all.join('; '), place);
  if (agesDiffer) draft.age.all.forEach((age) => extraFields.keep('subjectAge', age, place));
  for (const [key, values] of draft.rest) values.all.forEach((value) => extraFields.keep(key, value, place));
  const key = sessionKey(draft.subject, draft.label);
  tree.put('Session', key, { ...fields, extraFields: extraFields.finish() }, place, { name: shown });
}

type Aside = { report: ReportWriter; place: Place; extraFields: ExtraFieldsWriter };

/**
 * What a reader knows the session by: the identifier that the laboratory gave it, else its name, else the label in the
 * file name (which is often a date). Null where it is called as its subject for want of anything else.
 */
function chooseName(draft: SessionDraft, { report, place, extraFields }: Aside): string | null {
  const names = draft.name.all.filter((name) => name !== noName);
  const stated = [...new Set([...draft.identifier.all, ...names])];
  const [first, ...others] = stated;
  for (const other of others) {
    report.add('DECIDED', 'a session with several names has the first; extraFields has the others', place, other);
    extraFields.keep('furtherName', other, place);
  }
  if (first !== undefined) return first;
  if (draft.label !== null) return draft.label;
  report.add('DECIDED', 'a session without a name or label is called as its subject', place, draft.subject);
  return null;
}

function chooseStart(draft: SessionDraft, { report, place, extraFields }: Aside): string | null {
  const stated = draft.start.first;
  for (const other of draft.start.others) {
    report.add('DECIDED', 'files of one session state different starts: the first counts', other.place, other.value);
    extraFields.keep('furtherStartDate', other.value, other.place);
  }
  if (stated === null) return null;
  const instant = utcInstant(stated);
  if (instant !== null && (instant < '1900' || hasMaskedDay(stated) || isMaskedTime(stated))) {
    report.add('NOT_UNDERSTOOD', 'a start before 1900, or a mask, is no start of a session', place, stated);
    extraFields.keep('startDate', stated, place);
    return null;
  }
  if (instant === null) report.add('NOT_UNDERSTOOD', 'a start is no time with an offset from UTC', place, stated);
  if (instant === null || isMoreThan(stated, instant)) extraFields.keep('startDate', stated, place);
  return instant;
}

/** Whether the source's text says more than the instant: the local time, or fractions below a millisecond. */
function isMoreThan(stated: string, instant: string): boolean {
  const plain = stated.replace(/(?:[Zz]|[+-]00:?00)$/, '').replace(/(\.\d{1,3})0*$/, '$1');
  return !instant.startsWith(plain.replace(/(\.\d*?)0+$/, '$1').replace(/\.$/, ''));
}
