import { getNamedType, isInputObjectType, isObjectType } from 'graphql';
import { accessInForce } from '../../src/access/access';
import { compilerFor } from '../../src/access/compiler';
import { filterablesOf } from '../../src/finding/filterable';
import { buildGraph } from '../../src/graph/schema';
import { nodeNames } from '../../src/model/ids';

const schema = buildGraph();

/** What has no column of its own, or several; and what is only on one's own account. */
const leftOut =
  /^User\.(projects|setups|behavioralParadigms|dataStorages|inventories|recentlyEdited)$|\.(dataPaths|isShared|visibilityHistory|invitations|citation|container|containerName)$/;

test('whatever a type has can be asked for, but what is computed', () => {
  const missing = nodeNames.flatMap((name) => {
    const [type, where] = [schema.getType(name), schema.getType(`${name}Where`)];
    if (!isObjectType(type) || !isInputObjectType(where)) return [`${name}Where`];
    const asked = Object.keys(where.getFields());
    return Object.keys(type.getFields()).flatMap((field) => (asked.includes(field) ? [] : [`${name}.${field}`]));
  });
  expect(missing.filter((one) => !leftOut.test(one))).toEqual([]);
  expect(missing.length).toBeGreaterThan(10);
});

test('nothing can be asked for on which code decides: SQL would not know', () => {
  const viewer = { kind: 'user', userId: '00000000-0000-8400-8000-000000000000', isAdministrator: false } as const;
  const compiler = compilerFor(accessInForce, viewer);
  const inCode = nodeNames.flatMap((type) =>
    [...filterablesOf(type).keys()].flatMap((field) =>
      compiler.field(type, field, Symbol(type)).kind === 'inCode' ? [`${type}.${field}`] : [],
    ),
  );
  expect(inCode).toEqual([]);
});

test('every connection to objects takes a filter and an order, those of interfaces too', () => {
  const without = Object.values(schema.getTypeMap()).flatMap((type) => {
    if (!('getFields' in type) || isInputObjectType(type)) return [];
    return Object.values(type.getFields()).flatMap((field) => {
      const target = getNamedType(field.type).name.replace(/Connection$/, '');
      const isOfObjects = getNamedType(field.type).name.endsWith('Connection') && nodeNames.includes(target as never);
      const args = field.args.map(({ name, type: of }) => `${name}: ${String(of)}`);
      const wanted = [`where: ${target}Where`, `orderBy: [${target}Order!]`];
      return isOfObjects && !wanted.every((one) => args.includes(one)) ? [`${type.name}.${field.name}`] : [];
    });
  });
  expect(without).toEqual([]);
});
