import type { ModuleKind } from '../../domain/module/registry';
import { isRecord, type Json, type JsonRecord, listOf, textOf } from '../json';
import { type DetailField, detailCalled, detailFields } from '../module-type';
import { choiceIn, measureIn, numberIn, type Reading, truthIn, unitIn, wholeIn } from '../spelled-values';

type Details = Record<string, unknown>;

/** Details as the newest version of their type takes them. */
export interface ReadDetails {
  details: Details;
  /** What that version has no place for, or takes in another form, such as a number without its unit. */
  rest: JsonRecord;
  /** What the type cannot be without and the source does not state; null where nothing can stand for it. */
  assumed: Details | null;
}

export function readDetails(kind: ModuleKind, moduleType: string, stated: JsonRecord): ReadDetails {
  const details: Details = {};
  const rest: JsonRecord = {};
  for (const [name, value] of Object.entries(stated)) {
    if (value === null || value === '') continue;
    const field = detailCalled(kind, moduleType, name);
    const read = field ? readDetail(field, value) : undefined;
    if (read === undefined) rest[name] = value;
    else details[field!.name] = read;
  }
  return { details, rest, assumed: assumedDetails(kind, moduleType, details) };
}

/** Undefined for a value that the field does not take, such as a number without its unit. */
function readDetail(field: DetailField, value: Json): unknown {
  if (field.is === 'measure') return readMeasure(field, value);
  if (field.is === 'list') return listOf(value);
  const text = typeof value === 'boolean' ? String(value) : textOf(value);
  if (text === null) return undefined;
  if (field.choices.length > 0) return valueOf(choiceIn(text, field.choices));
  if (field.is === 'number') return valueOf(numberIn(text));
  if (field.is === 'whole') return valueOf(wholeIn(text));
  return field.is === 'truth' ? valueOf(truthIn(text)) : text;
}

function readMeasure({ units }: DetailField, value: Json): unknown {
  if (!isRecord(value)) {
    const text = textOf(value);
    return text === null ? undefined : valueOf(measureIn(text, units, null));
  }
  const number = textOf(value.value);
  const stated = textOf(value.unit);
  const unit = stated === null ? null : unitIn(stated, units);
  const read = number === null ? undefined : valueOf(numberIn(number));
  return read === undefined || unit === null ? undefined : { value: read, unit };
}

function valueOf<T>(reading: Reading<T>): T | undefined {
  return 'value' in reading ? reading.value : undefined;
}

const notStated = 'not stated';

function assumedDetails(kind: ModuleKind, moduleType: string, details: Details): Details | null {
  const missing = detailFields(kind, moduleType).filter(
    ({ name, isRequired }) => isRequired && !Object.hasOwn(details, name),
  );
  const assumed = missing.map(({ name, is, choices }): [string, unknown] => {
    if (choices.length > 0) return [name, choices.find((choice) => /^(?:other|unknown)$/i.test(String(choice)))];
    return [name, is === 'text' ? notStated : is === 'list' ? [] : undefined];
  });
  return assumed.some(([, value]) => value === undefined) ? null : Object.fromEntries(assumed);
}
