import { isEmpty, isRecord, type Json } from '../json';
import type { Place, ReportWriter } from '../report';
import { fieldName, type Path } from './fields';

/** The object that has the field, and to whom it is told. */
interface Holder {
  path: Path;
  place: Place;
  report: ReportWriter;
}

/** A value, or of a list the one that is in it: what stands where one was meant. */
export function onlyOne({ path, place, report }: Holder, key: string, value: Json): Json {
  const list = Array.isArray(value) ? value.filter((inner) => !isEmpty(inner)) : [];
  if (list.length !== 1) return value;
  report.add('DECIDED', `${fieldName([...path, key])}: a list of one, which is read as that one`, place);
  return list[0]!;
}

/** Tells that a value is of another kind than it was meant to be: it stays as it is. */
export function leaveOtherwise({ path, place, report }: Holder, key: string, value: Json, meant: string): null {
  const found = Array.isArray(value) ? 'a list' : isRecord(value) ? 'an object' : 'a text';
  const message = `${fieldName([...path, key])}: ${found} where ${meant} was meant; it stays as it is`;
  report.add('NOT_UNDERSTOOD', message, place, typeof value === 'object' ? JSON.stringify(value) : String(value));
  return null;
}
