import { Check, Column, type ColumnOptions } from 'typeorm';
import type { GraphQLScalarType } from 'graphql';
import { Field, Float, Int, registerEnumType } from 'type-graphql';
import type { ClassType } from 'type-graphql';
import { DateTime, JSONObject, LocalDay, SafeInt, Url } from './scalars';
import {
  atMost,
  boundOf,
  longestAddress,
  longestText,
  longestWord,
  mostJsonBytes,
  mostObjects,
  mostValues,
  mostWords,
} from './bounds';
import { snakeCase } from './names';
import {
  registerStoredField,
  registerWrittenField,
  type Choice,
  type StoredValue,
  type WrittenValue,
} from './written-fields';

/**
 * The decorators that models are written with. Each declares a column and the GraphQL field that shows it, so that a
 * model says everything about a field in one place: name, type, length, nullability and meaning.
 */
interface FieldOptions {
  /** Left out or false: the column may be null, and so may the field. */
  required?: boolean;
  /** False where no author writes it: only publishing, or the server itself, does. */
  written?: boolean;
}

/** A check of one column, named after it; a column that is empty passes any. */
function checked(name: string, condition: (column: string) => string): PropertyDecorator {
  return (target, key) => {
    const column = snakeCase(key as string);
    Check(`${snakeCase(target.constructor.name)}_${column}_${name}`, condition(`"${column}"`))(target.constructor);
  };
}

const both =
  (...decorators: PropertyDecorator[]): PropertyDecorator =>
  (target, key) =>
    decorators.forEach((decorate) => decorate(target, key));

function columnField(
  type: () => unknown,
  column: ColumnOptions,
  description: string,
  required: boolean,
  value: WrittenValue,
): PropertyDecorator {
  return both(shownColumn(type, column, description, required), (target, key) =>
    registerWrittenField(target, { name: key as string, type, description, required, value }),
  );
}

/** The same of a field that no author writes. */
function unwrittenField(
  type: () => unknown,
  column: ColumnOptions,
  description: string,
  required: boolean,
  value: StoredValue,
): PropertyDecorator {
  return both(shownColumn(type, column, description, required), (target, key) =>
    registerStoredField(target, { name: key as string, value }),
  );
}

function shownColumn(
  type: () => unknown,
  column: ColumnOptions,
  description: string,
  required: boolean,
): PropertyDecorator {
  return (target, key) => {
    Column({ ...column, nullable: !required })(target, key);
    Field(type as never, { description, nullable: !required })(target, key as string);
  };
}

/** What is written in several lines, however short it is. */
const inLines = ['notes', 'description'];

/** A string of at most `max` characters; `type` where it is more than a string in the graph, `duration` where it says how long. */
export function Text(
  max: number,
  description: string,
  { required = false, type, duration = false }: FieldOptions & { type?: () => unknown; duration?: boolean } = {},
): PropertyDecorator {
  const length = atMost(max, 'characters');
  const column: ColumnOptions = { type: 'varchar', length: String(max) };
  return (target, key) => {
    const lines = inLines.includes(key as string);
    const value: WrittenValue = { is: 'text', max, lines, ...(type && { code: true }), duration };
    columnField(type ?? (() => String), column, `${description} ${length}`, required, value)(target, key);
  };
}

/** A long string, such as a description. */
export function LongText(description: string, { required = false }: FieldOptions = {}): PropertyDecorator {
  const told = `${description} ${atMost(longestText, 'characters')}`;
  const value: WrittenValue = { is: 'text', max: longestText, lines: true };
  return both(
    checked('most', (column) => boundOf.text(column, longestText)),
    columnField(() => String, { type: 'text' }, told, required, value),
  );
}

/** An absolute http, https or ftp address. */
export function WebAddress(description: string, { required = false }: FieldOptions = {}): PropertyDecorator {
  const told = `${description} ${atMost(longestAddress, 'characters')}`;
  const value: WrittenValue = { is: 'webAddress', max: longestAddress };
  return both(
    checked('scheme', (column) => `${column} ~ '^(https?|ftp)://'`),
    checked('most', (column) => boundOf.text(column, longestAddress)),
    columnField(() => Url, { type: 'text' }, told, required, value),
  );
}

/** A moment, stored in UTC to the millisecond. */
export function Instant(
  description: string,
  { required = false, written = true }: FieldOptions = {},
): PropertyDecorator {
  const column: ColumnOptions = { type: 'timestamptz', precision: 3 };
  return (written ? columnField : unwrittenField)(() => DateTime, column, description, required, { is: 'instant' });
}

/** A calendar day without a time zone. */
export function Day(description: string, { required = false }: FieldOptions = {}): PropertyDecorator {
  return columnField(() => LocalDay, { type: 'date' }, description, required, { is: 'day' });
}

/** A finite floating point number. */
export function Decimal(description: string, { required = false }: FieldOptions = {}): PropertyDecorator {
  return columnField(() => Float, { type: 'double precision' }, description, required, { is: 'decimal' });
}

/** A whole number up to 2^53 − 1, such as a file's size in bytes. */
export function LargeCount(description: string, { required = false }: FieldOptions = {}): PropertyDecorator {
  return columnField(() => SafeInt, { type: 'bigint' }, description, required, { is: 'count' });
}

/** The place of an object among its siblings, from 0. */
export function Order(description: string): PropertyDecorator {
  return columnField(() => Int, { type: 'integer', default: 0 }, description, true, { is: 'count', defaultValue: 0 });
}

/** A flag that only publish and revoke write. */
export function PublicFlag(description: string): PropertyDecorator {
  return unwrittenField(() => Boolean, { type: 'boolean', default: false }, description, true, { is: 'flag' });
}

/** A list of short strings; never null, possibly empty. */
export function Words(description: string): PropertyDecorator {
  const told = `${description} At most ${mostWords}, each of at most ${longestWord} characters.`;
  const column: ColumnOptions = { type: 'text', array: true, default: () => "'{}'" };
  const value: WrittenValue = { is: 'words', most: mostWords, longest: longestWord, defaultValue: [] };
  return both(
    checked('most', (name) => boundOf.words(name, mostWords, longestWord)),
    columnField(() => [String], column, told, true, value),
  );
}

/** A JSON object whose shape is given elsewhere (a module type's schema, or the rules of extraFields). */
export function JsonObject(description: string, type = JSONObject): PropertyDecorator {
  return jsonObject(description, type, { default: () => "'{}'" }, { defaultValue: {} });
}

/** One that is null where nothing is stated; what is written empty becomes null as well. */
export function OptionalJsonObject(description: string): PropertyDecorator {
  return jsonObject(description, JSONObject, {}, {});
}

function jsonObject(
  description: string,
  type: GraphQLScalarType,
  column: ColumnOptions,
  byDefault: Pick<WrittenValue, 'defaultValue'>,
): PropertyDecorator {
  const told = `${description} ${atMost(mostJsonBytes, 'bytes as JSON')}`;
  const value: WrittenValue = { is: 'object', bytes: mostJsonBytes, ...byDefault };
  return both(
    checked('object', (name) => `jsonb_typeof(${name}) = 'object'`),
    checked('most', (name) => boundOf.json(name, mostJsonBytes)),
    columnField(() => type, { type: 'jsonb', ...column }, told, 'defaultValue' in byDefault, value),
  );
}

/** A list of JSON objects whose shape is given elsewhere, as one value of the graph; never null, possibly empty. */
export function JsonObjects(description: string, type: GraphQLScalarType): PropertyDecorator {
  const value: WrittenValue = { is: 'objects', most: mostObjects, bytes: mostJsonBytes, defaultValue: [] };
  return jsonList(() => type, description, value);
}

/** A list of small values that have no id of their own, stored as JSON; never null, possibly empty. */
export function ValueList(of: () => ClassType, description: string): PropertyDecorator {
  const value: WrittenValue = { is: 'values', of, most: mostValues, bytes: mostJsonBytes, defaultValue: [] };
  return jsonList(() => [of()], description, value);
}

function jsonList(
  type: () => unknown,
  description: string,
  value: WrittenValue & { most: number; bytes: number },
): PropertyDecorator {
  const { most, bytes } = value;
  const told = `${description} At most ${most.toLocaleString('en-US')}, and ${bytes.toLocaleString('en-US')} bytes as JSON in all.`;
  return both(
    checked('list', (column) => `jsonb_typeof(${column}) = 'array'`),
    checked('most', (column) => boundOf.jsonList(column, most, bytes)),
    columnField(type, { type: 'jsonb', default: () => "'[]'" }, told, true, value),
  );
}

/** A closed list of names: an enum in the graph, a checked text column in the database. */
export function defineChoice(name: string, description: string, values: Record<string, string>): Choice {
  const graphqlType = Object.fromEntries(Object.keys(values).map((value) => [value, value]));
  registerEnumType(graphqlType, {
    name,
    description,
    valuesConfig: Object.fromEntries(
      Object.entries(values).map(([value, meaning]) => [value, { description: meaning }]),
    ),
  });
  const choice = { name, values: Object.keys(values), graphqlType };
  choices.set(graphqlType, choice);
  return choice;
}

const choices = new WeakMap<object, Choice>();

/** The closed list that stands for a type of the graph; undefined where none does. */
export const choiceOf = (graphqlType: object): Choice | undefined => choices.get(graphqlType);

function quotedList(values: readonly string[]): string {
  return values.map((value) => `'${value}'`).join(', ');
}

/** One value of a closed list. */
export function OneOf(
  choice: Choice,
  description: string,
  { required = false, defaultValue }: FieldOptions & { defaultValue?: string } = {},
): PropertyDecorator {
  return (target, key) => {
    const name = snakeCase(key as string);
    const table = snakeCase(target.constructor.name);
    Check(`${table}_${name}_value`, `"${name}" IN (${quotedList(choice.values)})`)(target.constructor);
    const column: ColumnOptions = { type: 'varchar', length: '60', ...(defaultValue && { default: defaultValue }) };
    columnField(() => choice.graphqlType, column, description, required, {
      is: 'choice',
      choice,
      ...(defaultValue && { defaultValue }),
    })(target, key);
  };
}

/** An ordered list of values of a closed list, at most as many as there are; never null, possibly empty. */
export function SomeOf(choice: Choice, description: string): PropertyDecorator {
  const most = choice.values.length;
  const column: ColumnOptions = { type: 'text', array: true, default: () => "'{}'" };
  const value: WrittenValue = { is: 'choices', choice, defaultValue: [] };
  return both(
    checked('values', (name) => `${name} <@ ARRAY[${quotedList(choice.values)}]::text[]`),
    checked('most', (name) => boundOf.list(name, most)),
    columnField(() => [choice.graphqlType], column, `${description} ${atMost(most)}`, true, value),
  );
}
