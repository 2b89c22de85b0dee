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
import { everythingIn } from '../stage/everything';
import type { Answer } from '../stage/server';
import { setUpStage, type Stage } from './stage';

/** What every mutation has in common, for all that the schema has: a new one is covered without being listed here. */

const mutations = Object.values(buildGraph().getMutationType()!.getFields());

let stage: Stage;
/** Tokens of one person, by what is particular about them. */
let secrets: Record<'expires_at' | 'revoked_at' | 'reads' | 'everything', string>;
beforeAll(async () => {
  stage = await setUpStage();
  const userId = await stage.lab.person('Olga');
  const secretOf = async (scopes?: readonly Scope[], noMore?: string): Promise<string> => {
    const { id, secret } = await stage.token(userId, scopes);
    if (noMore === undefined) return secret;
    await stage.database.dataSource.query(`UPDATE "access_token" SET "${noMore}" = now() WHERE "id" = $1`, [id]);
    return secret;
  };
  secrets = {
    expires_at: await secretOf(undefined, 'expires_at'),
    revoked_at: await secretOf(undefined, 'revoked_at'),
    reads: await secretOf(['READ']),
    everything: await secretOf(['READ', 'WRITE', 'PUBLISH']),
  };
  stored = await everythingIn(stage.database.dataSource);
});
afterAll(() => stage.close());

/** What is stored before each call: what was found after the last one. */
let stored: string;

async function changed(): Promise<boolean> {
  const before = stored;
  stored = await everythingIn(stage.database.dataSource);
  return stored !== before;
}

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
describe.each(mutations.map((mutation) => [mutation.name, callOf(mutation)] as const))('%s', (_name, call) => {
  test('takes a token', async () => {
    expect(codeOf((await stage.send(undefined, call)).json<Answer>())).toBe('UNAUTHENTICATED');
    expect(await changed()).toBe(false);
  });

  test.each(['expires_at', 'revoked_at'] as const)('takes one of which %s has not come', async (column) => {
    const answer = await stage.send(`Bearer ${secrets[column]}`, call);
    expect([answer.statusCode, codeOf(answer.json<Answer>())]).toEqual([401, 'UNAUTHENTICATED']);
    expect(await changed()).toBe(false);
  });

  test('takes a scope of its own, unless it is about tokens', async () => {
    const found = codeOf(await stage.ask(secrets.reads, call));
    if (!/AccessToken\b/.test(call)) {
      expect(found).toBe('FORBIDDEN');
      expect(await changed()).toBe(false);
    } else {
      expect(found).not.toBe('UNAUTHENTICATED');
      await changed(); // some are made and revoked with any token
    }
  });

  test.each(['public', `public; publish=${newId('Project')}`])('is refused while looking as %s', async (viewAs) => {
    const answer = await stage.app.inject({
      method: 'POST',
      url: '/graphql',
      headers: {
        'content-type': 'application/json',
        authorization: `Bearer ${secrets.everything}`,
        'stemgraph-view-as': viewAs,
      },
      payload: JSON.stringify({ query: call }),
    });
    expect(['FORBIDDEN', 'NOT_FOUND']).toContain(codeOf(answer.json<Answer>()));
    if (viewAs === 'public') expect(codeOf(answer.json<Answer>())).toBe('FORBIDDEN');
    expect(await changed()).toBe(false);
  });
});
