import { validateSync } from 'class-validator';
import type { WrittenField } from '../model/written-fields';
import { faultOf, type Fault } from './faults';
import { valuesClass } from './constraints';
import { normalize } from './normalize';
import { shapeOf, type WritableType } from './shape';
import { faultsOfValues, wholeValues } from './value-inputs';

/** What was read of an input: columns by property, and everything that is wrong. */
export interface ReadValues {
  columns: Record<string, unknown>;
  faults: Fault[];
}

/**
 * Reads the plain fields of an object as a client or an import gave them: trimmed, typed, and checked one by one. Fields
 * that were not given are left alone; null clears. References and lists of others are not looked at here.
 */
export function readValues(
  type: WritableType,
  given: Readonly<Record<string, unknown>>,
  required: ReadonlySet<string>,
): ReadValues {
  const columns: Record<string, unknown> = {};
  const faults: Fault[] = [];
  for (const field of shapeOf(type).fields) {
    if (given[field.name] === undefined) continue;
    const { value, faults: wrong } = normalize(field, given[field.name]);
    if (wrong) faults.push(...wrong);
    else if (value === null && required.has(field.name)) faults.push(missing(field.name));
    else if (value === null) columns[field.name] = cleared(field);
    else if (field.value.is === 'values') {
      // Of a list that is too long, only that is told.
      if ((value as object[]).length <= field.value.most)
        faults.push(...faultsOfValues(field.name, field.value.of(), value as object[]));
      columns[field.name] = wholeValues(field.value.of(), value as Record<string, unknown>[]);
    } else columns[field.name] = value;
  }
  return { columns, faults: [...faults, ...broken(type, columns)] };
}

/** That something was not given, or was cleared, though it has to be there. */
export function missing(name: string): Fault {
  return { path: [name], code: 'REQUIRED', message: `\`${name}\` has to be given, and may not be empty.` };
}

function cleared({ value: { defaultValue } }: WrittenField): unknown {
  return defaultValue === undefined ? null : structuredClone(defaultValue);
}

function broken(type: WritableType, columns: Record<string, unknown>): Fault[] {
  const values: object = Object.assign(new (valuesClass(type))(), columns);
  return validateSync(values, { skipUndefinedProperties: true, skipNullProperties: true }).flatMap(
    ({ property, constraints = {}, contexts }) =>
      Object.entries(constraints).map(([name, message]) => faultOf([property], message, contexts?.[name])),
  );
}
