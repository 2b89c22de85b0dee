import {
  getNullableType,
  isInputObjectType,
  isInterfaceType,
  isListType,
  isObjectType,
  type GraphQLField,
  type GraphQLInputField,
} from 'graphql';
import { accessInForce } from '../../src/access/access';
import { importTree } from '../../src/importing/storing/import-tree';
import { toldAs } from '../../src/importing/storing/read-entry';
import { isImported } from '../../src/importing/storing/types';
import { newId } from '../../src/model/ids';
import { snakeCase } from '../../src/model/names';
import { nameOf } from '../../src/model/node';
import type { WrittenField } from '../../src/model/written-fields';
import { inputName } from '../../src/writing/input-names';
import { jsonBytes } from '../../src/writing/json-bytes';
import { shapeOf, writableTypes, type WritableType } from '../../src/writing/shape';
import { Workshop, type Things } from '../writing/bench';

/**
 * Every bound that a field is declared with: one more than it is refused by a mutation and an import, with the place and the
 * code, and by the database. Made from the declarations: a field that is added is tried as well.
 */
let workshop: Workshop;
let things: Things;
beforeAll(async () => {
  workshop = await Workshop.open();
  things = await workshop.things();
});
afterAll(() => workshop.close());

/** One more than fits, in each way in which a field has an end; nothing for numbers, days and single choices. */
function tooMuch({ value }: WrittenField): unknown[] {
  const large = (bytes: number): object => ({ a: 'x'.repeat(bytes - 8) });
  switch (value.is) {
    case 'text':
      return ['x'.repeat(value.max + 1)];
    case 'webAddress':
      return [`https://example.org/${'x'.repeat(value.max)}`];
    case 'words':
      return [
        Array.from({ length: value.most + 1 }, (_, index) => `w${index}`),
        ['x'.repeat(value.most * value.longest + 1)],
      ];
    case 'choices':
      return [Array(value.choice.values.length + 1).fill(value.choice.values[0])];
    case 'object':
      return [large(value.bytes + 1)];
    case 'objects':
      return [Array(value.most + 1).fill({}), [large(value.bytes)]];
    case 'values':
      return [Array(value.most + 1).fill({}), [large(value.bytes)]];
    default:
      return [];
  }
}

interface Try {
  type: WritableType;
  field: WrittenField;
  value: unknown;
}

const tries: Try[] = writableTypes.flatMap((type) =>
  shapeOf(type).fields.flatMap((field) => tooMuch(field).map((value) => ({ type, field, value }))),
);
const lists = writableTypes.flatMap((type) => shapeOf(type).lists.map((list) => ({ type, list })));

/** What a small value needs to be one, so that an input takes it. */
const smallValues: Record<string, object> = {
  Funding: { funder: 'F' },
  ProjectIdentifier: { scheme: 'AIND', value: 'V' },
  RepositoryLink: { repository: 'OTHER', url: 'https://example.org' },
  Specification: { name: 'N', value: 'V' },
  ExternalIdentifier: { source: 'S', identifier: 'I' },
};

function asInput({ field, value }: Try): unknown {
  const given = field.value;
  if (given.is !== 'values') return value;
  const small = smallValues[given.of().name]!;
  const first = Object.keys(small).at(-1)!;
  const long = (text: string): string => (first === 'url' ? `https://example.org/${text}` : text);
  return (value as { a?: string }[]).map(({ a }) => ({ ...small, ...(a !== undefined && { [first]: long(a) }) }));
}

interface Told {
  code: string;
  errors?: { path: (string | number)[]; code: string }[];
}

async function update(type: WritableType, input: object): Promise<Told> {
  const { errors } = await workshop.server.ask(
    workshop.as('curator', 'READ', 'WRITE'),
    `mutation ($id: ID!, $input: Update${type}Input!) { update${type}(id: $id, input: $input) { message } }`,
    { id: things[type], input },
  );
  return errors?.[0]?.extensions ?? { code: 'none' };
}

test('there is something to try', () => {
  expect(tries.length).toBeGreaterThan(100);
  expect(lists.length).toBeGreaterThan(10);
});

test('mutations refuse it, and say where', async () => {
  for (const one of tries) {
    const { type, field } = one;
    const { errors } = await update(type, { [field.name]: asInput(one) });
    const wrong = errors?.filter(({ path, code }) => path[0] === field.name && code === 'TOO_LONG') ?? [];
    expect([type, field.name, wrong.length > 0]).toEqual([type, field.name, true]);
  }
});

test('imports refuse it, and say where', async () => {
  const imported = tries.flatMap((one) => (isImported(one.type) ? [{ ...one, type: one.type }] : []));
  const entries = imported.map((one, index) => ({
    type: one.type,
    key: `k${index}`,
    [toldAs(one.type, one.field.name)]: asInput(one),
  }));
  const { dataSource } = workshop;
  const viewer = workshop.as('curator', 'READ', 'WRITE') as never;
  for (let start = 0; start < entries.length; start += 50) {
    const given = entries.slice(start, start + 50).map((value, index) => ({ line: start + index, value }));
    const { faults } = await importTree({ dataSource, access: accessInForce, viewer }, given);
    const told = new Set(faults.filter(({ code }) => code === 'TOO_LONG').map(({ key, path }) => `${key} ${path[0]}`));
    for (const { value } of given) {
      const [, , name] = Object.keys(value);
      expect([value.type, name, told.has(`${value.key} ${name}`)]).toEqual([value.type, name, true]);
    }
  }
});

test('the database refuses it', async () => {
  for (const { type, field, value } of tries) {
    const stored = ['object', 'objects', 'values'].includes(field.value.is) ? JSON.stringify(value) : value;
    const table = snakeCase(type);
    const statement = `UPDATE "${table}" SET "${snakeCase(field.name)}" = $1 WHERE "id" = $2`;
    const told = await refusalOf(statement, [stored, things[type]]);
    expect([type, field.name, told]).toEqual([
      type,
      field.name,
      expect.stringMatching(/value too long|violates check constraint ".*_most"/),
    ]);
  }
});

async function refusalOf(statement: string, values: unknown[]): Promise<string> {
  try {
    await workshop.rows(statement, values);
    return 'nothing refused';
  } catch (error) {
    return (error as Error).message;
  }
}

test('a write names so many objects and no more, and none of them is looked for', async () => {
  const { dataSource } = workshop;
  for (const { type, list } of lists) {
    const target = nameOf(list.target());
    const ids = Array.from({ length: list.mostNamed + 1 }, () => newId(target));
    const { errors } = await update(type, { [inputName(list)]: ids });
    expect([type, errors]).toMatchObject([type, [{ path: [inputName(list)], code: 'TOO_LONG' }]]);
    if (!isImported(type)) continue;
    const given = [{ line: 0, value: { type, key: 'k', [list.field]: ids } }];
    const viewer = workshop.as('curator', 'READ', 'WRITE') as never;
    const { faults } = await importTree({ dataSource, access: accessInForce, viewer }, given);
    expect(faults).toContainEqual(expect.objectContaining({ key: 'k', path: [list.field], code: 'TOO_LONG' }));
  }
});

test('what just fits is taken, by mutation and database alike', async () => {
  const texts = ['\u{1F9E0}', '"', '\\', '\n', '\t', 'é', 'x'];
  const numbers = [0, -0, 1.5, 1e15, 5e-7, -1.25e-300, 123456789.125, 2 ** 53 - 1];
  const extraFields: Record<string, string | number> = {};
  numbers.forEach((number, index) => (extraFields[`n${index}`] = number));
  texts.forEach((text, index) => (extraFields[`t${index}`] = text.repeat(50)));
  ['a', 'b', 'c'].forEach((key) => (extraFields[key] = 'x'.repeat(80_000)));
  extraFields['d'] = '';
  const left = 256_000 - jsonBytes(extraFields);
  extraFields['d'] = 'y'.repeat(left);
  expect((await update('Project', { extraFields })).code).toBe('none');
  const [row] = await workshop.rows(
    `SELECT octet_length("extra_fields"::text) AS "bytes" FROM "project" WHERE "id" = $1`,
    [things['Project']],
  );
  expect(row).toEqual({ bytes: 256_000 });
  extraFields['d'] += 'y';
  expect((await update('Project', { extraFields })).errors).toMatchObject([
    { path: ['extraFields'], code: 'TOO_LONG' },
  ]);
});

test('bytes are counted as the database counts them', async () => {
  const values = [
    {},
    [],
    [[], {}],
    { a: [1, -2.5e-9, 1e25, true, false, null, 'ü"\u0007'] },
    [{ b: { c: [1.0, 2] } }, 'x'],
  ];
  for (const value of values) {
    const [row] = await workshop.rows<{ bytes: number }>(`SELECT octet_length($1::jsonb::text) AS "bytes"`, [
      JSON.stringify(value),
    ]);
    expect([value, jsonBytes(value)]).toEqual([value, row!.bytes]);
  }
});

test('every list of the schema says how long it is at most', () => {
  const types = Object.values(workshop.inputs.schema.getTypeMap()).filter(({ name }) => !name.startsWith('__'));
  const silent: string[] = [];
  for (const type of types) {
    if (!isObjectType(type) && !isInterfaceType(type) && !isInputObjectType(type)) continue;
    const fields = type.getFields() as Record<string, GraphQLField<unknown, unknown> | GraphQLInputField>;
    for (const field of Object.values(fields)) {
      const places = [field, ...('args' in field ? field.args : [])];
      for (const place of places) {
        const isTold = /at most [\d,]+/i.test(place.description ?? '');
        if (isListType(getNullableType(place.type)) && !isTold)
          silent.push(`${type.name}.${field.name} ${place.name}: ${String(place.type)}`);
      }
    }
  }
  expect(silent).toEqual([]);
});
