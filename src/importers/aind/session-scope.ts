import type { ExtraFieldsWriter } from '../extra-fields';
import type { Context } from './context';
import type { Facts } from './facts';
import { type DocumentKeys } from './keys';
import { fitTo } from '../lengths';
import { keyOfTime, offsetOf, secondsBetween, type StatedTime, statedTime, withOffset } from './times';

/** What the streams and stimuli of one session share. */
export interface SessionScope {
  context: Context;
  session: string;
  subjects: string[];
  setup: string | null;
  extraFields: ExtraFieldsWriter;
  keys: DocumentKeys;
  start: StatedTime | null;
  end: StatedTime | null;
  /** The offset from UTC of times that state none, where it is known. */
  offset: string | null;
  /** Equipment of the setup, by its name. */
  equipment: Map<string, string>;
  /** The next place among the modules of a kind. */
  nextOrder(kind: string): number;
}

/** A session's key without its prefix, for the keys of what is inside. */
export function insideOf(session: string): string {
  return session.replace(/^session:/, '');
}

/** The time in a field; null for a text that is no date and time, which is told. */
export function timeIn(facts: Facts, key: string, offset: string | null): StatedTime | null {
  const stated = facts.text(key);
  if (stated === null) return null;
  const time = statedTime(stated);
  if (time !== null) return time.instant === null && offset !== null ? withOffset(time, offset) : time;
  if (!/^\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)?$/.test(stated)) return facts.notTime(key, stated);
  facts.unread(key);
  facts.report.add('NOT_UNDERSTOOD', 'a time of day without its day stays as it is', facts.place, stated);
  return null;
}

/** Where a part of the session begins and ends, in seconds from its onset. */
export interface Span {
  start: number | null;
  end: number | null;
  /** The beginning, and the end, also one that stays unread, in the spelling of keys. */
  from: string | null;
  until: string | null;
}

/** The span between two fields. An end before its start stays unread, and is reported. */
export function spanOf(facts: Facts, startKey: string, endKey: string, scope: SessionScope): Span {
  const [from, to] = [timeIn(facts, startKey, scope.offset), timeIn(facts, endKey, scope.offset)];
  const start = secondsFromOnset(from, startKey, facts, scope);
  const end = secondsFromOnset(to, endKey, facts, scope);
  const stated = { from: from && keyOfTime(from), until: to && keyOfTime(to) };
  if (start !== null && start < 0)
    facts.report.add('DECIDED', 'a part begins before its session: its start is negative', facts.place, from?.text);
  if (start === null || end === null || end >= start) return { start, end, ...stated };
  facts.report.add('NOT_UNDERSTOOD', 'a part ends before it begins: the end stays as it is', facts.place, to?.text);
  facts.unread(endKey);
  return { start, end: null, ...stated };
}

function secondsFromOnset(time: StatedTime | null, key: string, facts: Facts, { start }: SessionScope): number | null {
  if (time === null) return null;
  const seconds = start === null ? null : secondsBetween(start, time);
  if (seconds !== null) {
    if (offsetOf(time.text) === null)
      facts.report.add('DECIDED', 'times without a zone are apart as their clock shows', facts.place, time.text);
    return Math.round(seconds * 1000) / 1000;
  }
  facts.report.add(
    'NOT_UNDERSTOOD',
    'a time that cannot be compared with the session’s start stays as it is',
    facts.place,
    time.text,
  );
  facts.unread(key);
  return null;
}

/** Adds a part of the session. */
export function putEpoch(name: string, span: Span, facts: Facts, scope: SessionScope): string {
  const shown = fitTo(name, 100, 'epoch name', 'the key', { report: facts.report, place: facts.place });
  const base = `epoch:${insideOf(scope.session)}/${name}/${span.from ?? 'time not stated'}`;
  const fields = { session: scope.session, name: shown, start: span.start, end: span.end };
  return scope.context.tree.put('Epoch', scope.keys.of(base, facts.place), fields, facts.place);
}

/** The keys of the equipment that fields name. A field of which every name is known counts as read. */
export function equipmentIn(facts: Facts, fields: string[], scope: SessionScope): string[] {
  const keys = fields.flatMap((field) => {
    const names = facts.holdsObjects(field) ? [] : facts.texts(field);
    const known = names.flatMap((name) => scope.equipment.get(name) ?? []);
    if (known.length < names.length) {
      facts.unread(field);
      facts.report.add(
        'DECIDED',
        `${field}: a device that the setup does not hold stays a name`,
        facts.place,
        names.join(', '),
      );
    }
    return known;
  });
  return [...new Set(keys)];
}
