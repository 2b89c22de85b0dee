import { readRegistry } from '../domain/module/registry';
import { badInput } from '../errors';
import type { NodeName } from '../model/ids';
import { bounds } from './bounds';
import { kindOfCodes } from './codes';
import type { Given } from './given';

type Schema = Readonly<Record<string, unknown>>;

/** The schemas that JSON follows, where a filter names its type beside it; undefined where it does not. */
export type Paths = readonly Schema[] | undefined;

const registry = readRegistry();

/** By which field beside it the schema of a field is chosen. */
const chosenBy: Readonly<Record<string, string>> = { details: 'type', coordinates: 'coordinateSystem' };

/** The schemas of the types that a filter names beside a field, as far as they are known. */
export function pathsBeside(type: NodeName, field: string, given: Given): Paths {
  const beside = chosenBy[field];
  if (beside === undefined) return undefined;
  const kind = kindOfCodes(type, beside);
  const { equals, in: some } = (given[beside] ?? {}) as { equals?: string | null; in?: string[] | null };
  const codes = equals == null ? (some ?? []) : [equals];
  const found = registry.filter((one) => one.kind === kind && codes.includes(one.type));
  return codes.length > 0 && codes.every((code) => found.some((one) => one.type === code))
    ? found.map(({ schema }) => schema)
    : undefined;
}

/** How many properties are told of. */
const mostTold = 40;

/** Reads a path, as PostgreSQL takes it. Throws BAD_USER_INPUT for one that no type has that is named beside it. */
export function readPath(path: string, place: string, schemas: Paths): string {
  const names = path.split('.');
  if (path.length > bounds.text || names.includes(''))
    throw badInput(
      `\`${place}\` is no path: names, one within the other, separated by dots, at most ${bounds.text} characters.`,
    );
  if (schemas && !schemas.some((schema) => mayHold(schema, names))) {
    const known = [...new Set(schemas.flatMap((schema) => pathsOf(schema)))];
    throw badInput(
      `\`${place}\` leads to nothing that this type has: it has ${known.slice(0, mostTold).join(', ')}${known.length > mostTold ? ', …' : ''}.`,
    );
  }
  return `lax $${names.map((name) => `.${JSON.stringify(name)}`).join('')}[*][*]`;
}

/** Whether something may be there; below what a schema does not describe, anything may. */
function mayHold(schema: Schema, [name, ...rest]: readonly string[]): boolean {
  if (name === undefined) return true;
  const within = propertiesOf(schema);
  if (!within) return true;
  return Object.hasOwn(within, name) && mayHold(within[name]!, rest);
}

function pathsOf(schema: Schema): string[] {
  return Object.entries(propertiesOf(schema) ?? {}).flatMap(([name, inner]) => {
    const below = pathsOf(inner);
    return below.length === 0 ? [name] : below.map((path) => `${name}.${path}`);
  });
}

function propertiesOf(schema: Schema): Readonly<Record<string, Schema>> | undefined {
  const { properties, items } = schema as { properties?: Record<string, Schema>; items?: Schema };
  return properties ?? (items ? propertiesOf(items) : undefined);
}
