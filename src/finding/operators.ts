import { badInput } from '../errors';
import { normalizeId } from '../model/ids';
import { bounds } from './bounds';
import { readDuration } from './durations';
import type { Kind } from './filterable';
import { entriesOf, type Given } from './given';

export type Operator =
  | ('equals' | 'in' | 'isNull')
  | ('contains' | 'startsWith' | 'endsWith')
  | ('gt' | 'gte' | 'lt' | 'lte' | 'between')
  | ('has' | 'hasAny' | 'hasAll' | 'isEmpty');

/** The operators that are given a list of values, … */
export const takesMany: readonly Operator[] = ['in', 'hasAny', 'hasAll'];
/** … and those that are answered by yes or no. */
export const takesFlag: readonly Operator[] = ['isNull', 'isEmpty'];

const inOrder: readonly Operator[] = ['equals', 'in', 'gt', 'gte', 'lt', 'lte', 'between', 'isNull'];

/** What can be asked of each kind of value. */
export const operators: Readonly<Record<Kind, readonly Operator[]>> = {
  text: ['equals', 'in', 'contains', 'startsWith', 'endsWith', 'isNull'],
  code: ['equals', 'in', 'isNull'],
  choice: ['equals', 'in', 'isNull'],
  id: ['equals', 'in'],
  flag: ['equals', 'isNull'],
  count: inOrder,
  decimal: inOrder,
  instant: inOrder,
  day: inOrder,
  duration: inOrder,
  words: ['has', 'hasAny', 'hasAll', 'isEmpty'],
  choices: ['has', 'hasAny', 'hasAll', 'isEmpty'],
  json: [],
};

/** The kinds of single value in JSON. */
export type JsonKind = 'text' | 'number' | 'flag';

/** What can be asked of what is at a path in JSON, and of which kind it has to be for that; `any` goes by what is given. */
export const jsonOperators = {
  equals: 'any',
  in: 'any',
  gt: 'number',
  gte: 'number',
  lt: 'number',
  lte: 'number',
  between: 'number',
  contains: 'text',
  startsWith: 'text',
  endsWith: 'text',
  isNull: 'any',
} as const satisfies Partial<Record<Operator, JsonKind | 'any'>>;

/** The kinds of value that tests are made of: those of fields, and the numbers of JSON, which are of any size. */
export type TestedKind = Kind | 'number';

/** One thing that is asked of a value, with what it is compared with as the database takes it. */
export type Test = { kind: TestedKind } & (
  | { operator: 'isNull' | 'isEmpty'; yes: boolean }
  | { operator: 'between'; from: unknown; to: unknown }
  | { operator: Exclude<Operator, 'isNull' | 'isEmpty' | 'between'>; value: unknown }
);

/** Reads what is asked of a value. Throws BAD_USER_INPUT that names the place. */
export function readTests(kind: TestedKind, given: Given, place: string): Test[] {
  return entriesOf(given, place).map(([operator, value, at]): Test => {
    const read = (one: unknown): unknown =>
      kind === 'duration' ? readDuration(operator, readText(one as string, at), at) : readValue(kind, one, at);
    switch (operator as Operator) {
      case 'isNull':
      case 'isEmpty':
        return { kind, operator: operator as 'isNull', yes: value as boolean };
      case 'between': {
        const { from, to } = value as { from: unknown; to: unknown };
        return { kind, operator: 'between', from: read(from), to: read(to) };
      }
      case 'in':
      case 'hasAny':
      case 'hasAll':
        return { kind, operator: operator as 'in', value: readList(value as unknown[], at).map(read) };
      default:
        return { kind, operator: operator as 'equals', value: read(value) };
    }
  });
}

/** One thing that is asked of a value in JSON: one of these holds of it, the one that asks for its kind. */
export type JsonTest = readonly { kind: JsonKind; test: Test }[];

const jsonKinds: readonly JsonKind[] = ['text', 'number', 'flag'];

/** Reads what is asked of what is at a path in JSON. Throws BAD_USER_INPUT that names the place. */
export function readJsonTest(operator: keyof typeof jsonOperators, value: unknown, place: string): JsonTest {
  const readAs = (kind: JsonKind, asked: unknown): JsonTest =>
    readTests(kind, { [operator]: asked }, place).map((test) => ({ kind, test }));
  const kind = jsonOperators[operator];
  if (kind !== 'any') return readAs(kind, value);
  if (operator !== 'in') return readAs(jsonKindOf(value), value);
  const values = readList(value as unknown[], `${place}.${operator}`);
  return jsonKinds.flatMap((one) => {
    const ofKind = values.filter((each) => jsonKindOf(each) === one);
    return ofKind.length === 0 ? [] : readAs(one, ofKind);
  });
}

function jsonKindOf(value: unknown): JsonKind {
  if (typeof value === 'number') return 'number';
  return typeof value === 'boolean' ? 'flag' : 'text';
}

function readList(values: unknown[], place: string): unknown[] {
  if (values.length > bounds.values)
    throw badInput(
      `\`${place}\` holds ${values.length} values, but at most ${bounds.values} can be asked for: ask for some at a time.`,
    );
  return values;
}

function readValue(kind: Exclude<TestedKind, 'duration'>, value: unknown, place: string): unknown {
  switch (kind) {
    case 'text':
    case 'words':
    case 'code':
      return readText(value as string, place);
    case 'id': {
      const id = normalizeId(value as string);
      if (id === undefined)
        throw badInput(`\`${place}\` is no id: an id is a UUID, such as \`01890a5d-ac96-8012-8bcc-1f2e3d4c5b6a\`.`);
      return id;
    }
    case 'day':
      return dayOf(value as Date);
    case 'flag':
    case 'choice':
    case 'choices':
    case 'count':
    case 'decimal':
    case 'instant':
    case 'json':
    case 'number':
      return value;
  }
}

function readText(text: string, place: string): string {
  if (text.length > bounds.text)
    throw badInput(`\`${place}\` has ${text.length} characters, but at most ${bounds.text} are looked for.`);
  return text;
}

/** A day as the database writes it, which knows no year 0. */
function dayOf(date: Date): string {
  const day = date.toISOString().slice(0, 10);
  return day.startsWith('0000') ? `0001${day.slice(4)} BC` : day;
}
