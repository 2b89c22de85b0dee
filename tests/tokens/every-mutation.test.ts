import {
  getNamedType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  type GraphQLArgument,
  type GraphQLInputType,
} from 'graphql';
import type { Scope } from '../../src/access/viewer';
import { buildGraph } from '../../src/graph/schema';
import { newId } from '../../src/model/ids';
import type { Answer } from '../stage/server';
import { setUpStage, type Stage } from './stage';

/** What every mutation has in common, for all that the schema has: a new one is covered without being listed here. */

const mutations = Object.values(buildGraph().getMutationType()!.getFields());

let stage: Stage;
let userId: string;
beforeAll(async () => {
  stage = await setUpStage();
  userId = await stage.lab.person('Olga');
});
afterAll(() => stage.close());

/** A call with every argument that has to be there, so that nothing but the right to make it is in question. */
function callOf({ name, args }: (typeof mutations)[number]): string {
  const needed = args.filter(({ type, defaultValue }) => isNonNullType(type) && defaultValue === undefined);
  const given = needed.map((arg: GraphQLArgument) => `${arg.name}: ${valueOf(arg.type)}`).join(', ');
  return `mutation { result: ${name}${given && `(${given})`} ${selectionOf(name)} }`;
}

function valueOf(type: GraphQLInputType): string {
  if (isNonNullType(type)) return valueOf(type.ofType);
  if (isListType(type)) return '[]';
  if (isEnumType(type)) return type.getValues()[0]!.name;
  if (isInputObjectType(type)) {
    const needed = Object.values(type.getFields()).filter((field) => isNonNullType(field.type));
    return `{ ${needed.map((field) => `${field.name}: ${valueOf(field.type)}`).join(', ')} }`;
  }
  switch (getNamedType(type).name) {
    case 'ID':
      return `"${newId('Project')}"`;
    case 'Int':
    case 'Float':
    case 'SafeInt':
      return '1';
    case 'Boolean':
      return 'true';
    case 'DateTime':
      return '"2024-05-31T09:30:00Z"';
    case 'Date':
      return '"2024-05-31"';
    case 'URL':
      return '"https://example.org/"';
    case 'JSONObject':
    case 'Details':
      return '{}';
    default:
      return '"text"';
  }
}

const selectionOf = (name: string): string => {
  const { type } = mutations.find((one) => one.name === name)!;
  return 'getFields' in getNamedType(type) || 'getTypes' in getNamedType(type) ? '{ __typename }' : '';
};

const codeOf = ({ errors }: Answer): string | undefined => errors?.[0]?.extensions.code;
const everyScope: readonly Scope[] = ['READ', 'WRITE', 'PUBLISH'];

async function hashOfEverything(): Promise<string> {
  const { dataSource } = stage.database;
  const hashes = dataSource.entityMetadatas.map(({ tableName }) =>
    tableName === 'access_token'
      ? `SELECT '${tableName}' AS "name", count(*)::text AS "hash" FROM "${tableName}"`
      : `SELECT '${tableName}' AS "name", md5(string_agg(t::text, '' ORDER BY t::text)) AS "hash" FROM "${tableName}" t`,
  );
  return JSON.stringify(await dataSource.query(`${hashes.join(' UNION ALL ')} ORDER BY 1`));
}

describe.each(mutations.map((mutation) => [mutation.name, callOf(mutation)] as const))('%s', (_name, call) => {
  let before: string;
  beforeEach(async () => {
    before = await hashOfEverything();
  });
  const nothingChanged = async (): Promise<void> => expect(await hashOfEverything()).toBe(before);

  test('takes a token', async () => {
    expect(codeOf((await stage.send(undefined, call)).json<Answer>())).toBe('UNAUTHENTICATED');
    await nothingChanged();
  });

  test.each(['expires_at', 'revoked_at'])('takes one of which %s has not come', async (column) => {
    const { id, secret } = await stage.token(userId);
    before = await hashOfEverything();
    await stage.database.dataSource.query(`UPDATE "access_token" SET "${column}" = now() WHERE "id" = $1`, [id]);
    const answer = await stage.send(`Bearer ${secret}`, call);
    expect([answer.statusCode, codeOf(answer.json<Answer>())]).toEqual([401, 'UNAUTHENTICATED']);
    await nothingChanged();
  });

  test('takes a scope of its own, unless it is about tokens', async () => {
    const { secret } = await stage.token(userId, ['READ']);
    before = await hashOfEverything();
    const found = codeOf(await stage.ask(secret, call));
    if (!/AccessToken\b/.test(call)) expect(found).toBe('FORBIDDEN');
    else expect(found).not.toBe('UNAUTHENTICATED');
  });

  test.each(['public', `public; publish=${newId('Project')}`])('is refused while looking as %s', async (viewAs) => {
    const { secret } = await stage.token(userId, everyScope);
    before = await hashOfEverything();
    const answer = await stage.app.inject({
      method: 'POST',
      url: '/graphql',
      headers: {
        'content-type': 'application/json',
        authorization: `Bearer ${secret}`,
        'stemgraph-view-as': viewAs,
      },
      payload: JSON.stringify({ query: call }),
    });
    expect(['FORBIDDEN', 'NOT_FOUND']).toContain(codeOf(answer.json<Answer>()));
    if (viewAs === 'public') expect(codeOf(answer.json<Answer>())).toBe('FORBIDDEN');
    await nothingChanged();
  });
});
