import { readFileSync } from 'node:fs';
import {
  getNamedType,
  isEnumType,
  isInterfaceType,
  isObjectType,
  isSpecifiedScalarType,
  parse,
  specifiedDirectives,
  validateSchema,
} from 'graphql';
import { emittedEntries, emittedSchema, schemaFile } from '../../src/graph/emit';
import { entriesFile } from '../../src/tree/writable';
import { buildGraph } from '../../src/graph/schema';
import { permissions } from '../../src/access/permissions';
import { nodeNames } from '../../src/model/ids';
import { rootFields } from '../../src/model/root-fields';

const schema = buildGraph();

test('the committed schema is the one that the code declares (after a deliberate change: npm run schema)', () => {
  expect(readFileSync(schemaFile, 'utf8')).toBe(emittedSchema());
  expect(readFileSync(entriesFile, 'utf8')).toBe(emittedEntries());
});

test('the schema is valid GraphQL', () => {
  expect(validateSchema(schema)).toEqual([]);
  expect(() => parse(emittedSchema())).not.toThrow();
});

test('every type, field, argument and enum value says what it is', () => {
  const silent: string[] = [];
  const check = (name: string, description: string | null | undefined): void => {
    if (!description || description.trim().length < 4) silent.push(name);
  };
  for (const type of Object.values(schema.getTypeMap())) {
    if (type.name.startsWith('__') || isSpecifiedScalarType(type)) continue;
    check(type.name, type.description);
    if (isEnumType(type)) for (const value of type.getValues()) check(`${type.name}.${value.name}`, value.description);
    if (!isObjectType(type) && !isInterfaceType(type)) continue;
    for (const field of Object.values(type.getFields())) {
      check(`${type.name}.${field.name}`, field.description);
      for (const argument of field.args) check(`${type.name}.${field.name}(${argument.name})`, argument.description);
    }
  }
  check('the schema', schema.description);
  expect(silent).toEqual([]);
  expect(schema.getDirectives().length).toBe(specifiedDirectives.length);
});

test('every field that a rule may turn into null is nullable (a mutation answers with an error)', () => {
  const wrong = Object.entries(permissions).flatMap(([typeName, fields]) =>
    Object.entries(fields)
      .filter(([, permission]) => permission.kind === 'ruled' && permission.rule.kind !== 'mayAct')
      .filter(([field]) => {
        const type = schema.getType(typeName);
        return !isObjectType(type) || String(type.getFields()[field]?.type).endsWith('!');
      })
      .map(([field]) => `${typeName}.${field}`),
  );
  expect(wrong).toEqual([]);
});

test('every type begins with what people look for: id, then name', () => {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith('__')) continue;
    const names = Object.keys(type.getFields());
    const wanted = ['id', 'name'].filter((name) => names.includes(name));
    expect([type.name, names.slice(0, wanted.length)]).toEqual([type.name, wanted]);
  }
});

test('every type of the domain has a by-id field and a connection, and every object is a Node', () => {
  const query = schema.getQueryType()!.getFields();
  for (const { type, one, many } of rootFields) {
    expect(getNamedType(query[one]!.type).name).toBe(type);
    expect(String(query[many]!.type)).toBe(`${type}Connection`);
    expect(query[many]!.args.map(({ name }) => name)).toEqual(['where', 'orderBy', 'first', 'after', 'last', 'before']);
  }
  for (const name of nodeNames) {
    const type = schema.getType(name);
    expect(isObjectType(type) && type.getInterfaces().map((one) => one.name)).toContain('Node');
  }
});
