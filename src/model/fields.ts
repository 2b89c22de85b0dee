import { Check, Column, type ColumnOptions } from 'typeorm';
import { Field, Float, Int, registerEnumType } from 'type-graphql';
import type { ClassType } from 'type-graphql';
import { DateTime, JSONObject, LocalDay, SafeInt, Url } from './scalars';
import { snakeCase } from './names';
import { registerWrittenField, type WrittenValue } from './written-fields';

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

function columnField(
  type: () => unknown,
  column: ColumnOptions,
  description: string,
  required: boolean,
  value?: WrittenValue,
): PropertyDecorator {
  return (target, key) => {
    Column({ ...column, nullable: !required })(target, key);
    Field(type as never, { description, nullable: !required })(target, key as string);
    if (value) registerWrittenField(target, { name: key as string, type, description, required, value });
  };
}

/** A string of at most `max` characters. */
export function Text(max: number, description: string, { required = false }: FieldOptions = {}): PropertyDecorator {
  const length = `At most ${max} characters.`;
  return columnField(() => String, { type: 'varchar', length: String(max) }, `${description} ${length}`, required, {
    is: 'text',
    max,
  });
}

/** A string without a fixed maximum, such as a description. */
export function LongText(description: string, { required = false }: FieldOptions = {}): PropertyDecorator {
  return columnField(() => String, { type: 'text' }, description, required, { is: 'text' });
}

/** An absolute http, https or ftp address. */
export function WebAddress(description: string, { required = false }: FieldOptions = {}): PropertyDecorator {
  return (target, key) => {
    const name = snakeCase(key as string);
    Check(`${snakeCase(target.constructor.name)}_${name}_scheme`, `"${name}" ~ '^(https?|ftp)://'`)(target.constructor);
    columnField(() => Url, { type: 'text' }, description, required, { is: 'webAddress' })(target, key);
  };
}

/** A moment, stored in UTC to the millisecond. */
export function Instant(
  description: string,
  { required = false, written = true }: FieldOptions = {},
): PropertyDecorator {
  const column: ColumnOptions = { type: 'timestamptz', precision: 3 };
  return columnField(() => DateTime, column, description, required, written ? { is: 'instant' } : undefined);
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
  return columnField(() => Int, { type: 'integer', default: 0 }, description, true, { is: 'count', standard: 0 });
}

/** A flag that only publish and revoke write. */
export function PublicFlag(description: string): PropertyDecorator {
  return columnField(() => Boolean, { type: 'boolean', default: false }, description, true);
}

/** A list of short strings; never null, possibly empty. */
export function Words(description: string): PropertyDecorator {
  return columnField(() => [String], { type: 'text', array: true, default: () => "'{}'" }, description, true, {
    is: 'words',
    standard: [],
  });
}

/** A JSON object whose shape is given elsewhere (a module type's schema, or the rules of extraFields). */
export function JsonObject(description: string): PropertyDecorator {
  return (target, key) => {
    const name = snakeCase(key as string);
    Check(
      `${snakeCase(target.constructor.name)}_${name}_object`,
      `jsonb_typeof("${name}") = 'object'`,
    )(target.constructor);
    columnField(() => JSONObject, { type: 'jsonb', default: () => "'{}'" }, description, true, {
      is: 'object',
      standard: {},
    })(target, key);
  };
}

/** A list of JSON objects whose shape is given elsewhere; never null, possibly empty. */
export function JsonObjects(description: string): PropertyDecorator {
  return (target, key) => {
    const name = snakeCase(key as string);
    Check(
      `${snakeCase(target.constructor.name)}_${name}_list`,
      `jsonb_typeof("${name}") = 'array'`,
    )(target.constructor);
    columnField(() => [JSONObject], { type: 'jsonb', default: () => "'[]'" }, description, true, {
      is: 'objects',
      standard: [],
    })(target, key);
  };
}

/** A list of small values that have no id of their own, stored as JSON; never null, possibly empty. */
export function ValueList(value: () => ClassType, description: string): PropertyDecorator {
  return (target, key) => {
    const name = snakeCase(key as string);
    Check(
      `${snakeCase(target.constructor.name)}_${name}_list`,
      `jsonb_typeof("${name}") = 'array'`,
    )(target.constructor);
    columnField(() => [value()], { type: 'jsonb', default: () => "'[]'" }, description, true, {
      is: 'values',
      of: value,
      standard: [],
    })(target, key);
  };
}

export interface Choice {
  name: string;
  values: readonly string[];
  graphqlType: object;
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
  return { name, values: Object.keys(values), graphqlType };
}

function quotedList(values: readonly string[]): string {
  return values.map((value) => `'${value}'`).join(', ');
}

/** One value of a closed list. */
export function OneOf(
  choice: Choice,
  description: string,
  { required = false, standard }: FieldOptions & { standard?: string } = {},
): PropertyDecorator {
  return (target, key) => {
    const name = snakeCase(key as string);
    const table = snakeCase(target.constructor.name);
    Check(`${table}_${name}_value`, `"${name}" IN (${quotedList(choice.values)})`)(target.constructor);
    const column: ColumnOptions = { type: 'varchar', length: '60', ...(standard && { default: standard }) };
    columnField(() => choice.graphqlType, column, description, required, {
      is: 'choice',
      choice,
      ...(standard && { standard }),
    })(target, key);
  };
}

/** An ordered list of values of a closed list; never null, possibly empty. */
export function SomeOf(choice: Choice, description: string): PropertyDecorator {
  return (target, key) => {
    const name = snakeCase(key as string);
    const table = snakeCase(target.constructor.name);
    Check(`${table}_${name}_values`, `"${name}" <@ ARRAY[${quotedList(choice.values)}]::text[]`)(target.constructor);
    const column: ColumnOptions = { type: 'text', array: true, default: () => "'{}'" };
    columnField(() => [choice.graphqlType], column, description, true, { is: 'choices', choice, standard: [] })(
      target,
      key,
    );
  };
}
