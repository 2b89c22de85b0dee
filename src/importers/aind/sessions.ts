import type { ExtraFieldsWriter } from '../extra-fields';
import { fit } from '../lengths';
import type { Context } from './context';
import type { Facts } from './facts';
import { camelCase, keepLeft } from './leftovers';
import { type SessionScope, timeIn } from './session-scope';
import { setupByIdentifier, setupKey } from './setups';
import { mapStimulusEpoch } from './stimuli';
import { type Modality, modalityType } from './modality-type';
import { mapStream, mapWhole } from './streams';
import { subjectByIdentifier } from './subjects';
import { keyOfTime, offsetOf, type StatedTime, statedTime, withOffset } from './times';
import { DocumentKeys } from './keys';

/** What the rest of a record says about its session. */
export interface RecordScope {
  context: Context;
  subject: string | null;
  setup: string | null;
  /** What the session is called, with the name of its files. */
  name: string;
  /** Whose it is, where the records are of several projects. */
  project: string;
  /** When the files were made, as stated: it may give the zone that the session's start lacks. */
  createdAt: string | null;
  modalities: Modality[];
  /** What the session is about, as the description of its files says. */
  summary: string | null;
}

/** Maps a session or an acquisition with its streams and stimuli. Gives its key. */
export function mapSession(facts: Facts, record: RecordScope): string {
  const { context } = record;
  const subject = subjectOf(facts, record);
  const [startKey, endKey] = facts.has('acquisition_start_time')
    ? ['acquisition_start_time', 'acquisition_end_time']
    : ['session_start_time', 'session_end_time'];
  const { start, offset } = startOf(facts, startKey, record);
  const end = timeIn(facts, endKey, offset);
  const ofProject = record.project === '' ? record.name : `${record.project}/${record.name}`;
  const session = `session:${subject.replace(/^subject:/, '')}/${start === null ? ofProject : keyOfTime(start)}`;
  const extraFields = context.fieldsOf('session', session);
  const setup = setupOf(facts, record, extraFields);
  const aside = { report: context.report, place: facts.place, extraFields };
  const type = facts.textOf('session_type', 'acquisition_type');
  const notes = [facts.text('session_description'), facts.text('notes'), record.summary].filter(
    (text) => text !== null,
  );
  const fields = {
    name: fit(record.name, 'sessionName', aside),
    description: notes.length === 0 ? null : notes.join('\n\n'),
    startedAt: start?.instant,
    tags: type === null ? [] : [type],
    subjects: [subject],
    setups: setup === null ? [] : [setup],
  };
  context.tree.put('Session', session, fields, facts.place);
  if (start !== null && start.instant === null) {
    context.report.add(
      'NOT_UNDERSTOOD',
      'a session’s start has no zone: it is no instant, and stays in the extra fields',
      facts.place,
      start.text,
    );
  }
  if (start !== null) extraFields.keep('startTimeAsStated', start.text, facts.place);
  if (end !== null) extraFields.keep(camelCase('', endKey), end.text, facts.place);
  const scope = {
    context,
    session,
    subjects: [subject],
    setup,
    extraFields,
    start,
    end,
    offset,
    equipment: equipmentOf(setup, context),
  };
  const whole = { ...scope, keys: new DocumentKeys(context.report), nextOrder: counter() };
  mapInside(facts, whole, record.modalities);
  keepLeft(facts, extraFields);
  return session;
}

/** The rig that the session's own record describes, whatever the session calls it; else the one that it names. */
function setupOf(facts: Facts, { setup, context }: RecordScope, extraFields: ExtraFieldsWriter): string | null {
  const rig = facts.textOf('rig_id', 'instrument_id');
  if (rig === null) return setup;
  if (setup === null || setup === setupKey(rig)) return setupByIdentifier(rig, facts.place, context);
  const message =
    'a session calls its rig otherwise than its record does, whose rig counts; extraFields has the other name';
  context.report.add('DECIDED', message, facts.place, rig);
  extraFields.keep('rigAsCalled', rig, facts.place);
  return setup;
}

function subjectOf(facts: Facts, { subject, context }: RecordScope): string {
  const identifier = facts.text('subject_id');
  if (identifier === null && subject === null)
    facts.refuse('subject_id', 'not stated', 'the identifier of the subject');
  if (identifier === null) return subject!;
  if (subject !== null && subject !== `subject:${identifier}`) {
    facts.unread('subject_id');
    const message =
      'a session names another subject than the rest of its record, which counts; extraFields has the other';
    context.report.add('DECIDED', message, facts.place, identifier);
    return subject;
  }
  return subjectByIdentifier(identifier, facts.place, context);
}

/** A start without a zone has that of the files' creation, where that is the same second on the clock. */
function startOf(
  facts: Facts,
  key: string,
  { createdAt, context }: RecordScope,
): { start: StatedTime | null; offset: string | null } {
  const start = timeIn(facts, key, null);
  if (start === null || start.instant !== null) return { start, offset: null };
  const created = createdAt === null ? null : statedTime(createdAt);
  const offset = created === null ? null : offsetOf(created.text);
  if (created === null || offset === null || Math.abs(created.clock - start.clock) >= 1000)
    return { start, offset: null };
  context.report.add(
    'DECIDED',
    'a start without a zone has that of the files’ creation, which is the same second',
    facts.place,
    created.text,
  );
  return { start: withOffset(start, offset), offset };
}

function mapInside(facts: Facts, scope: SessionScope, modalities: Modality[]): void {
  const streams = facts.children('data_streams');
  const stimuli = [facts, ...streams].flatMap((parent) =>
    ['stimulus_epochs', 'stimulus_presentations'].flatMap((list) => parent.children(list)),
  );
  for (const epoch of stimuli) mapStimulusEpoch(epoch, scope);
  for (const stream of streams) mapStream(stream, scope, modalities);
  if (streams.length > 0) return;
  if (!facts.has('tiles')) return;
  const imaging = facts.split('tiles', 'axes', 'chamber_immersion', 'sample_immersion', 'active_objectives');
  mapWhole(imaging, scope, modalities.length > 0 && modalities.every(isKnown) ? modalities : [lightSheet]);
}

/** Tiles are what light-sheet microscopes record. */
const lightSheet = { abbreviation: 'SPIM', name: null };

function isKnown({ abbreviation, name }: Modality): boolean {
  return modalityType(abbreviation, name) !== null;
}

function equipmentOf(setup: string | null, context: Context): Map<string, string> {
  const entries = context.tree.all.filter((entry) => entry.type === 'Equipment' && entry.setup === setup);
  return new Map(entries.map((entry) => [String(entry.name), entry.key]));
}

function counter(): (kind: string) => number {
  const next = new Map<string, number>();
  return (kind) => {
    const order = next.get(kind) ?? 0;
    next.set(kind, order + 1);
    return order;
  };
}
