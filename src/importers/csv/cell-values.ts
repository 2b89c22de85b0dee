import type { WritableField } from '../../tree/writable';
import { withoutPlaceholder } from '../e-mail';
import { kindOf, moduleTypesOf, spelledModuleType } from '../module-type';
import {
  addressIn,
  ageIn,
  choiceIn,
  dayIn,
  momentIn,
  numberIn,
  plainSpelling,
  type Reading,
  truthIn,
  unitIn,
  wholeIn,
} from '../spelled-values';
import { sexOfSpelling } from '../vocabulary';
import { recordsIn } from './records';
import type { Row } from './rows';

/** The parts of a cell that holds several: `mouse; maze`. */
export function partsOf(text: string): string[] {
  const parts = text.split(';').map((part) => part.trim());
  return [...new Set(parts.filter((part) => part !== ''))];
}

/** What a cell of a field says, without those that refer to others and those of modules' own schemas. */
export function readCell(
  row: Pick<Row, 'type'>,
  field: WritableField,
  text: string,
  context: { unit: string | null; timeZone: string | null },
): Reading<unknown> & { isDay?: boolean } {
  if (field.is === 'record') return recordsIn(text, field);
  if (!field.isList) return readOne(row, field, text, context);
  const readings = partsOf(text).map((part) => readOne(row, field, part, context));
  const fault = readings.find((reading) => !('value' in reading));
  return fault ?? { value: readings.map((reading) => ('value' in reading ? reading.value : undefined)) };
}

function readOne(
  { type }: Pick<Row, 'type'>,
  field: WritableField,
  text: string,
  { unit, timeZone }: { unit: string | null; timeZone: string | null },
): Reading<unknown> & { isDay?: boolean } {
  switch (field.is) {
    case 'choice':
      return field.choices.includes('FEMALE') ? sexIn(text, field.choices) : choiceIn(text, field.choices);
    case 'number':
      return inUnit(numberIn(text), field, unit);
    case 'whole':
      return inUnit(wholeIn(text), field, unit);
    case 'truth':
      return truthIn(text);
    case 'day':
      return dayIn(text);
    case 'moment':
      return momentIn(text, timeZone);
    case 'address':
      return addressIn(text, field.longest);
    case 'moduleType':
      return typeIn(text, kindOf(type)!);
    case 'coordinateSystem':
      return typeIn(text, 'COORDINATES');
    default:
      if (type === 'Subject' && field.name === 'age') return ageIn(text, unit);
      return { value: isShort(field) ? withoutPlaceholder(text) : text };
  }
}

/** A name or the like, not a text in which a reader should see that something was left out. */
function isShort({ longest }: WritableField): boolean {
  return longest !== null && longest <= 300;
}

/** The usual letters as well: `F`, `m`. */
function sexIn(text: string, choices: readonly string[]): Reading<string> {
  const sex = sexOfSpelling(text);
  return sex === null ? choiceIn(text, choices) : { value: sex };
}

function typeIn(text: string, kind: Parameters<typeof spelledModuleType>[0]): Reading<string> {
  const value = spelledModuleType(kind, text);
  if (value !== null) return { value };
  const types = moduleTypesOf(kind);
  const near = types.filter((one) => plainSpelling(one).includes(plainSpelling(text)) && text !== '');
  const remedy = `Write one of: ${(near.length > 0 ? near : types).join(', ')}.`;
  return { what: 'There is no such type.', remedy };
}

const unitsOfFields: readonly [told: RegExp, units: readonly string[]][] = [
  [/\bin seconds\b/, ['s']],
  [/\bin bytes\b/, ['B', 'byte', 'bytes']],
];

/** A number of a field is in the unit that its description tells; a column that says otherwise would be stored wrongly. */
function inUnit(reading: Reading<number>, { description }: WritableField, unit: string | null): Reading<number> {
  const units = unitsOfFields.find(([told]) => told.test(description))?.[1] ?? [];
  if (unit === null || unitIn(unit, units) !== null) return reading;
  const meant = units.length === 0 ? 'without a unit' : `in ${units.at(-1)}`;
  return { what: `The column’s name says ${unit}.`, remedy: `This field is ${meant}: convert it.` };
}
