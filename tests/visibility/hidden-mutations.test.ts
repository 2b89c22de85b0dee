import {
  getNamedType,
  getNullableType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  type GraphQLField,
  type GraphQLInputType,
} from 'graphql';
import { buildGraph } from '../../src/graph/schema';
import { allEdges } from '../../src/model/edges';
import { nameOf } from '../../src/model/node';
import { seed } from '../world/effort';
import type { Row, TypeName } from '../world/world';
import { Stage, type Asking } from './stage';
import { neighbour } from './twins';

jest.setTimeout(300_000);

const mutations = Object.values(buildGraph().getMutationType()!.getFields());
const askers = ['outsider', 'colleague', 'administrator'] as const;

let stage: Stage;
beforeAll(async () => {
  stage = await Stage.open({ seed });
});
afterAll(() => stage.close());

type Mutation = GraphQLField<unknown, unknown>;

/** A place in the arguments of a mutation where the id of an object of some type stands. */
interface Slot {
  path: string;
  target: TypeName;
  required: boolean;
}

/** `updateSetup` is about a Setup. */
function subjectOf({ name }: Mutation): TypeName {
  const types = stage.served.nodeTypes().filter((type) => name.endsWith(type));
  return types.sort((one, other) => other.length - one.length)[0] ?? 'Project';
}

/** What an id is of, from the name under which it is given. */
function targetOf(mutation: Mutation, name: string): TypeName {
  const subject = subjectOf(mutation);
  const edge = allEdges().find(
    (one) => nameOf(one.owner) === subject && one.kind === 'reference' && one.column === name,
  );
  if (edge) return nameOf(edge.target());
  const named = `${name.charAt(0).toUpperCase()}${name.slice(1)}`.replace(/Ids?$/, '');
  return stage.served.nodeTypes().find((type) => type === named) ?? subject;
}

/** A call in which every id that is given is one, and every other value fits its type. */
function callOf(mutation: Mutation, idFor: (slot: Slot) => string | undefined): string {
  const value = (type: GraphQLInputType, path: string): string | undefined => {
    const bare = getNullableType(type);
    const required = isNonNullType(type);
    if (isListType(bare)) {
      const item = value(isId(bare) && !required ? getNamedType(bare) : bare.ofType, path);
      return item !== undefined && isId(bare) ? `[${item}]` : required ? '[]' : undefined;
    }
    if (isInputObjectType(bare)) {
      if (!required) return undefined;
      const given = Object.values(bare.getFields()).flatMap((field) => {
        const one = value(field.type, `${path}.${field.name}`);
        return one === undefined ? [] : [`${field.name}: ${one}`];
      });
      return `{ ${given.join(', ')} }`;
    }
    if (isId(bare)) {
      const id = idFor({ path, target: targetOf(mutation, path.split('.').at(-1)!), required });
      return id === undefined ? undefined : `"${id}"`;
    }
    if (!required) return undefined;
    return isEnumType(bare) ? bare.getValues()[0]!.name : (examples[getNamedType(bare).name] ?? '"text"');
  };
  const given = mutation.args.flatMap((arg) => {
    const one = value(arg.type, arg.name);
    return one === undefined ? [] : [`${arg.name}: ${one}`];
  });
  const result = getNamedType(mutation.type);
  const selection = 'getFields' in result || 'getTypes' in result ? '{ __typename }' : '';
  return `mutation { ${mutation.name}${given.length > 0 ? `(${given.join(', ')})` : ''} ${selection} }`;
}

const isId = (type: GraphQLInputType): boolean => getNamedType(type).name === 'ID';

const examples: Record<string, string> = {
  Int: '1',
  Float: '1.5',
  SafeInt: '1',
  Boolean: 'true',
  DateTime: '"2024-05-31T09:30:00Z"',
  Date: '"2024-05-31"',
  URL: '"https://example.org/"',
  JSONObject: '{}',
  Details: '{}',
};

function slotsOf(mutation: Mutation): Slot[] {
  const slots: Slot[] = [];
  callOf(mutation, (slot) => {
    slots.push(slot);
    return undefined;
  });
  return slots;
}

/** Something on which the viewer has a role, or else that they see. */
function own(oracle: Asking['oracle'], type: TypeName): Row | undefined {
  const rows = stage.world.rows[type];
  return rows.find((row) => oracle.hasRole(type, row, 'CONTRIBUTOR')) ?? rows.find((row) => oracle.sees(type, row));
}

const asked = new Set<string>();

/** How the answers differ when in one place stands the id of something hidden, or one that nothing has. */
async function differences({ viewer, oracle, name }: Asking): Promise<string[]> {
  const { rows } = stage.world;
  const able = viewer.kind === 'user' ? { ...viewer, scopes: ['READ', 'WRITE', 'PUBLISH'] as const } : viewer;
  const faults: string[] = [];
  for (const mutation of mutations) {
    for (const slot of slotsOf(mutation)) {
      const hidden = rows[slot.target].find((row) => !oracle.sees(slot.target, row));
      if (!hidden) continue;
      asked.add(`${mutation.name} ${slot.path}`);
      const answerTo = async (id: string): Promise<string> => {
        const call = callOf(mutation, ({ path, target, required }) => {
          if (path === slot.path) return id;
          return required ? (own(oracle, target) ?? rows[target][0]!).id : undefined;
        });
        const { statusCode, body, headers } = await stage.server.send(able, call);
        const { 'x-request-id': _id, date: _date, ...rest } = headers;
        expect(body).not.toContain('GRAPHQL_VALIDATION_FAILED');
        if (!body.includes('"errors"')) faults.push(`${name}: ${call} is done: ${body}`);
        return JSON.stringify({ statusCode, body: body.replaceAll(id, 'ID'), rest });
      };
      const [one, other] = [await answerTo(hidden.id), await answerTo(neighbour(hidden.id))];
      if (one !== other) faults.push(`${name}: ${mutation.name} ${slot.path}: ${one} but ${other}`);
    }
  }
  return faults;
}

test.each(askers)('to %s who wants to change something, what is hidden is as if it were not there', async (name) => {
  const [asking] = stage.cast(name) as [Asking];
  expect(await differences(asking)).toEqual([]);
});

test('that was asked of nearly every place for an id', () => {
  expect(asked.size).toBeGreaterThan(150);
});
