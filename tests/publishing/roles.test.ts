import { anonymous, type Viewer } from '../../src/access/viewer';
import { newId, type NodeName } from '../../src/model/ids';
import { belongs, code, openStage, type Stage } from '../people/stage';
import { viewerWith } from './lab';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage.close());

/** What can be published, and the column of a membership that names it. */
const publishable = {
  Project: 'projectId',
  BehavioralParadigm: 'behavioralParadigmId',
  Setup: 'setupId',
  Inventory: 'inventoryId',
  DataStorage: 'dataStorageId',
} as const satisfies Partial<Record<NodeName, string>>;
type Publishable = keyof typeof publishable;

const table: Record<Publishable, string> = {
  Project: 'project',
  BehavioralParadigm: 'behavioral_paradigm',
  Setup: 'setup',
  Inventory: 'inventory',
  DataStorage: 'data_storage',
};

async function add(type: Publishable, isPublic: boolean): Promise<string> {
  const { lab } = stage;
  const published = new Date('2026-01-01T00:00:00Z');
  switch (type) {
    case 'Project':
      return lab.add(type, {
        name: 'Secret name',
        isPublic,
        ...(isPublic && { publishedAt: published, firstPublishedAt: published }),
      });
    case 'BehavioralParadigm':
    case 'Setup': {
      const setupTypeId = await lab.add('SetupType', { name: newId('SetupType'), category: 'UNKNOWN' });
      return lab.add(type, { name: 'Secret name', isPublic, setupTypeId });
    }
    default:
      return lab.add(type, { name: 'Secret name', isPublic });
  }
}

/** Everybody who may try, with every scope unless they are there to lack one. */
const personas = {
  anonymous: async () => anonymous,
  stranger: (type, on) => withRole(type, on),
  invited: (type, on) => withRole(type, on, 'OWNER', null),
  member: (type, on) => withRole(type, on, 'MEMBER'),
  contributor: (type, on) => withRole(type, on, 'CONTRIBUTOR'),
  manager: (type, on) => withRole(type, on, 'MANAGER'),
  owner: (type, on) => withRole(type, on, 'OWNER'),
  'owner through a group': async (type, on) => {
    const groupId = await stage.lab.add('Group', { name: 'Owners' });
    const userId = await stage.lab.add('User', { name: 'Grouped' });
    await belongs(stage.lab, groupId, userId, 'MEMBER');
    await stage.lab.add('Membership', { [publishable[type]]: on, groupId, role: 'OWNER', acceptedAt: new Date() });
    return viewerWith(userId, 'READ', 'WRITE', 'PUBLISH');
  },
  'owner whose token may not publish': async (type, on) => {
    const viewer = await withRole(type, on, 'OWNER');
    return viewer.kind === 'user' ? { ...viewer, scopes: ['READ', 'WRITE'] } : viewer;
  },
  administrator: async (type, on) => ({ ...(await withRole(type, on)), isAdministrator: true }) as Viewer,
} satisfies Record<string, (type: Publishable, on: string) => Promise<Viewer>>;

type Persona = keyof typeof personas;

async function withRole(
  type: Publishable,
  on: string,
  role?: string,
  acceptedAt: Date | null = new Date(),
): Promise<Viewer> {
  const userId = await stage.lab.add('User', { name: 'Somebody' });
  const pending = acceptedAt === null && { expiresAt: new Date(Date.now() + 1e8) };
  if (role) await stage.lab.add('Membership', { [publishable[type]]: on, userId, role, acceptedAt, ...pending });
  return viewerWith(userId, 'READ', 'WRITE', 'PUBLISH');
}

/** The answer while it is private, and while it is public: whoever sees it is told FORBIDDEN, others know of nothing. */
const expected: Record<Persona, [whilePrivate: string, whilePublic: string]> = {
  anonymous: ['UNAUTHENTICATED', 'UNAUTHENTICATED'],
  stranger: ['NOT_FOUND', 'FORBIDDEN'],
  invited: ['NOT_FOUND', 'FORBIDDEN'],
  member: ['FORBIDDEN', 'FORBIDDEN'],
  contributor: ['FORBIDDEN', 'FORBIDDEN'],
  manager: ['FORBIDDEN', 'FORBIDDEN'],
  owner: ['done', 'done'],
  'owner through a group': ['done', 'done'],
  'owner whose token may not publish': ['FORBIDDEN', 'FORBIDDEN'],
  administrator: ['NOT_FOUND', 'FORBIDDEN'],
};

const asks = ['publish', 'publish, confirmed', 'revoke'] as const;
const callOf = (type: Publishable, id: string, ask: (typeof asks)[number]): string =>
  ask === 'revoke'
    ? `revoke${type}(id: "${id}")`
    : `publish${type}(id: "${id}"${ask === 'publish' ? '' : ', confirm: true'})`;

async function dump(): Promise<string> {
  const names = [...Object.values(table), 'publication_event'];
  const rows = await stage.dataSource.query<unknown[]>(
    `${names.map((name) => `SELECT '${name}' AS "table", to_jsonb(t) AS "row" FROM "${name}" t`).join(' UNION ALL ')} ORDER BY 1, 2`,
  );
  return JSON.stringify(rows);
}

const rows = (Object.keys(publishable) as Publishable[]).flatMap((type) =>
  (Object.keys(personas) as Persona[]).flatMap((persona) =>
    asks.flatMap((ask) =>
      [false, true].map((isPublic) => [ask, isPublic ? 'public' : 'private', type, persona] as const),
    ),
  ),
);

test.each(rows)('%s a %s %s as %s', async (ask, state, type, persona) => {
  const isPublic = state === 'public';
  const id = await add(type, isPublic);
  const viewer = await personas[persona](type, id);
  const before = await dump();
  const answer = await stage.run(viewer, callOf(type, id, ask), '{ changed isPublic confirmationRequired }');
  const wanted = expected[persona][isPublic ? 1 : 0];
  expect(code(answer)).toBe(wanted);
  const changes = wanted === 'done' && (ask === 'revoke' ? isPublic : ask === 'publish, confirmed' && !isPublic);
  expect((await dump()) !== before).toBe(changes);
  if (wanted !== 'done') expect(JSON.stringify(answer)).not.toContain('Secret name');
  else
    expect(answer.data!['result']).toEqual({
      changed: changes,
      isPublic: changes ? !isPublic : isPublic,
      confirmationRequired: ask === 'publish' && !isPublic,
    });
});

test.each(Object.keys(publishable) as Publishable[])(
  'a hidden %s and an unknown one are answered with the same bytes',
  async (type) => {
    const hidden = await add(type, false);
    const viewer = await withRole(type, hidden);
    for (const ask of asks) {
      const [one, other] = await Promise.all(
        [hidden, newId(type)].map((id) =>
          stage.server.send(viewer, `mutation { ${callOf(type, id, ask)} { changed } }`),
        ),
      );
      expect(one!.body).toContain('NOT_FOUND');
      expect([one!.statusCode, one!.body]).toEqual([other!.statusCode, other!.body]);
    }
  },
);
