import type { NodeName } from '../../model/ids';
import type { WritableField } from '../../tree/writable';
import { isRecord, type Json, type JsonRecord, listOf, textOf } from '../json';
import { addressIn, choiceIn, dayIn, momentIn, numberIn, type Reading, truthIn, wholeIn } from '../spelled-values';
import { isMaskedTime } from '../times';

/** Codes of BrainSTEM by the fields that hold them. */
const codes: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'Subject.sex': { F: 'FEMALE', M: 'MALE', O: 'OTHER', U: 'UNKNOWN' },
  'SetupType.category': {
    ...{ I: 'IN_VITRO', E: 'EX_VIVO', A: 'ANESTHETIZED_IN_VIVO', H: 'HEAD_FIXED_AWAKE' },
    ...{ V: 'VOLUNTARILY_STATIONARY_AWAKE', F: 'FREELY_MOVING_AWAKE', U: 'UNKNOWN' },
  },
  'BrainRegion.atlas': {
    ...{ AIA: 'ALLEN_MOUSE', AIA_dM: 'ALLEN_DEVELOPING_MOUSE', AIA_HB: 'ALLEN_HUMAN' },
    ...{ AIA_dHB: 'ALLEN_DEVELOPING_HUMAN', AIA_P: 'ALLEN_NON_HUMAN_PRIMATE', AIA_S: 'ALLEN_SPINAL_CORD' },
    ...{ BM4: 'BRAIN_MAPS_4_RAT', PF2001: 'PAXINOS_FRANKLIN_2001_MOUSE', PW1997: 'PAXINOS_WATSON_1997_RAT' },
    S2004: 'SWANSON_2004_RAT',
  },
};

const otherKind = { what: 'This is of another kind than the field.', remedy: '' };

/** What a value of the API says in a field, apart from references and modules' own schemas. */
export function readValue(
  type: NodeName,
  field: WritableField,
  value: Json,
  timeZone: string | null,
): Reading<unknown> {
  if (field.is === 'record') return readRecords(field, value);
  if (!field.isList) return readOne(type, field, value, timeZone);
  const readings = listOf(value).map((one) => readOne(type, field, one, timeZone));
  const fault = readings.find((reading) => !('value' in reading));
  return fault ?? { value: [...new Set(readings.map((reading) => ('value' in reading ? reading.value : null)))] };
}

function readOne(type: NodeName, field: WritableField, value: Json, timeZone: string | null): Reading<unknown> {
  if (field.is === 'truth' && typeof value === 'boolean') return { value };
  // How a storage is organised: `{"elements": "Subjects"}`.
  const text = textOf(isRecord(value) && field.is === 'choice' ? value.elements : value);
  if (text === null) return otherKind;
  if ((field.is === 'day' || field.is === 'moment') && isMaskedTime(text))
    return { what: 'This is a mask.', remedy: '' };
  switch (field.is) {
    case 'choice': {
      const code = codes[`${type}.${field.name}`];
      return code && Object.hasOwn(code, text) ? { value: code[text] } : choiceIn(text, field.choices);
    }
    case 'day':
      return dayIn(text);
    case 'moment':
      return momentIn(text, timeZone);
    case 'number':
      return numberIn(text);
    case 'whole':
      return wholeIn(text);
    case 'truth':
      return truthIn(text);
    case 'address':
      return addressIn(text, field.longest);
    default:
      return { value: text };
  }
}

/** Links, specifications and identifiers: lists of objects, or an object of values by name (`{"Length": "30 cm"}`). */
function readRecords(field: WritableField, value: Json): Reading<object[]> {
  const [first] = field.parts;
  const isByName = isRecord(value) && first?.name === 'name' && !Object.hasOwn(value, 'name');
  const records = isByName ? Object.entries(value).map(([name, one]) => ({ name, value: one })) : listOf(value);
  const read = records.map((one) => (isRecord(one) ? readRecord(field, one) : null));
  return read.every((one) => one !== null) ? { value: read } : otherKind;
}

/** Null for an object that lacks what a record must have, or says more than it may. */
function readRecord({ parts }: WritableField, value: JsonRecord): object | null {
  const stated = new Map(
    Object.entries(value).flatMap(([key, one]): [string, string][] => {
      const text = textOf(one);
      return text === null ? [] : [[key.toLowerCase(), text]];
    }),
  );
  // What describes a number is its unit.
  const description = stated.get('description');
  if (
    description !== undefined &&
    parts.some(({ name }) => name === 'unit') &&
    !stated.has('unit') &&
    description.length <= 50
  )
    rename(stated, 'description', 'unit');
  const record: Record<string, unknown> = {};
  for (const part of parts) {
    const text = stated.get(part.name.toLowerCase());
    stated.delete(part.name.toLowerCase());
    const reading = text === undefined ? null : readOne('Project', part, text, null);
    if (reading && 'value' in reading) record[part.name] = reading.value;
    else if (part.name === 'repository' && text !== undefined) record[part.name] = 'OTHER';
    else if (part.isRequired || reading) return null;
  }
  return stated.size === 0 ? record : null;
}

function rename(stated: Map<string, string>, from: string, to: string): void {
  stated.set(to, stated.get(from)!);
  stated.delete(from);
}
