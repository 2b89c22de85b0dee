import type { Pool } from 'pg';
import { DataSource } from 'typeorm';
import { setAdministrator } from '../../src/commands/administrators';
import { addOwner } from '../../src/commands/owners';
import { run } from '../../src/commands/run';
import { OperatorError } from '../../src/commands/telling';
import { createToken, listTokens, readScopes, revokeAnyToken } from '../../src/commands/tokens';
import { createUser, deleteUser, listUsers } from '../../src/commands/users';
import { newId } from '../../src/model/ids';
import { findUser, UserNotFound } from '../../src/people/find-user';
import { authenticate } from '../../src/people/tokens/authenticate';
import { databaseOptions } from '../../ormconfig';
import { setUpStage, type Stage } from '../tokens/stage';

let stage: Stage;
let dataSource: DataSource;
beforeAll(async () => {
  stage = await setUpStage();
  ({ dataSource } = stage.database);
});
afterAll(() => stage.close());

const idIn = (lines: string[]): string => /[0-9a-f-]{36}/.exec(lines.join('\n'))![0];
const exists = async (id: string): Promise<boolean> =>
  (await dataSource.query<unknown[]>(`SELECT 1 FROM "user" WHERE "id" = $1`, [id])).length > 0;

describe('users', () => {
  test('are made, found by all that they are known by, and listed', async () => {
    const id = idIn(
      await createUser(dataSource, { name: ' Olga Berg ', email: 'Olga@example.org', orcid: '0000-0002-1825-0097' }),
    );
    for (const who of [id, id.toUpperCase(), 'olga@EXAMPLE.org', 'https://orcid.org/0000-0002-1825-0097', ` ${id} `])
      expect((await findUser(dataSource.manager, who)).id).toBe(id);
    await setAdministrator(dataSource, id, true);
    expect(await listUsers(dataSource)).toContain(
      `${id}  Olga Berg  <Olga@example.org>  0000-0002-1825-0097  administrator`,
    );
  });

  test('of the same e-mail address or ORCID iD are not made twice', async () => {
    await createUser(dataSource, { name: 'Mia', email: 'mia_b@example.org', orcid: '0000-0001-5109-3700' });
    for (const twin of [{ email: 'MIA_B@example.org' }, { orcid: 'https://orcid.org/0000-0001-5109-3700' }])
      await expect(createUser(dataSource, { name: 'Mia', ...twin })).rejects.toThrow(OperatorError);
    // `_` is a letter here, not a wildcard.
    await createUser(dataSource, { name: 'Mia', email: 'miaxb@example.org' });
    expect((await findUser(dataSource.manager, 'mia_b@example.org')).email).toBe('mia_b@example.org');
  });

  test.each([
    [{ name: ' ' }],
    [{ name: 'a'.repeat(201) }],
    [{ name: 'a\u001b[2J' }],
    [{ name: 'A', email: 'nobody' }],
    [{ name: 'A', email: 'a b@example.org' }],
    [{ name: 'A', orcid: '0000-0002-1825-0098' }],
  ])('%j is refused', async (user) => {
    await expect(createUser(dataSource, user)).rejects.toThrow(OperatorError);
  });

  test.each(['nobody@example.org', '0000-0002-9079-593X', newId('User'), newId('Project'), 'Olga', ''])(
    'that are unknown (%j) are told in one line',
    async (who) => {
      await expect(findUser(dataSource.manager, who)).rejects.toThrow(UserNotFound);
    },
  );
});

describe('the last owner', () => {
  test('is not deleted, and is told of what', async () => {
    const project = await stage.lab.add('Project', { name: 'Sleep' });
    const olga = await stage.lab.person('Olga', 'OWNER', [project]);
    const other = await stage.lab.person('Mia', 'MANAGER', [project]);
    await expect(deleteUser(dataSource, olga)).rejects.toThrow(
      `Olga is the last owner of project "Sleep" (${project}): make somebody else an owner first`,
    );
    expect(await exists(olga)).toBe(true);
    await addOwner(dataSource, project, other);
    expect(await deleteUser(dataSource, olga)).toEqual([`Deleted Olga (${olga}), with 0 tokens and 1 role.`]);
    expect(await exists(olga)).toBe(false);
  });

  const accepted = { acceptedAt: new Date() };
  test('counts through a group: of an inventory that the group owns, its last member', async () => {
    const inventory = await stage.lab.add('Inventory', { name: 'Freezer' });
    const group = await stage.lab.add('Group', { name: 'Lab' });
    const [olga, mia] = [await stage.lab.person('Olga'), await stage.lab.person('Mia')];
    await stage.lab.add('Membership', { inventoryId: inventory, groupId: group, role: 'OWNER', ...accepted });
    await stage.lab.add('GroupMembership', { groupId: group, userId: olga, role: 'MEMBER', ...accepted });
    const pending = await stage.lab.add('GroupMembership', { groupId: group, userId: mia, role: 'OWNER' });
    await expect(deleteUser(dataSource, olga)).rejects.toThrow(`last owner of inventory "Freezer" (${inventory})`);
    await dataSource.query(`UPDATE "group_membership" SET "accepted_at" = now() WHERE "id" = $1`, [pending]);
    await deleteUser(dataSource, olga);
    await expect(deleteUser(dataSource, mia)).rejects.toThrow('last owner of inventory');
  });

  test('is another when there is an owner through a group', async () => {
    const setup = await stage.lab.add('Setup', {
      name: 'Box',
      setupTypeId: await stage.lab.add('SetupType', { name: 'Box', category: 'UNKNOWN', isApproved: true }),
    });
    const olga = await stage.lab.person('Olga', 'OWNER', [setup]);
    const group = await stage.lab.add('Group', { name: 'Lab' });
    const held = await stage.lab.add('Membership', { setupId: setup, groupId: group, role: 'OWNER' });
    await stage.lab.add('GroupMembership', {
      groupId: group,
      userId: await stage.lab.person('Mia'),
      role: 'MEMBER',
      ...accepted,
    });
    await expect(deleteUser(dataSource, olga)).rejects.toThrow('last owner of setup "Box"');
    await dataSource.query(`UPDATE "membership" SET "accepted_at" = now() WHERE "id" = $1`, [held]);
    await deleteUser(dataSource, olga);
  });

  test('of a group with other members is not deleted either', async () => {
    const group = await stage.lab.add('Group', { name: 'Septal lab' });
    const [olga, mia] = [await stage.lab.person('Olga'), await stage.lab.person('Mia')];
    await stage.lab.add('GroupMembership', { groupId: group, userId: olga, role: 'OWNER', ...accepted });
    await stage.lab.add('GroupMembership', { groupId: group, userId: mia, role: 'MANAGER', ...accepted });
    await expect(deleteUser(dataSource, olga)).rejects.toThrow(`last owner of group "Septal lab" (${group})`);
    await deleteUser(dataSource, mia);
    await deleteUser(dataSource, olga);
  });

  test('stays when both owners are deleted at the same time', async () => {
    for (let round = 0; round < 5; round += 1) {
      const project = await stage.lab.add('Project', { name: 'Race' });
      const owners = await Promise.all(['A', 'B'].map((name) => stage.lab.person(name, 'OWNER', [project])));
      const ends = await Promise.allSettled(owners.map((owner) => deleteUser(dataSource, owner)));
      expect(ends.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    }
  });
});

describe('owners', () => {
  test('are added whatever they were before: stranger, member, invited', async () => {
    const project = await stage.lab.add('Project', { name: 'Sleep' });
    const stranger = await stage.lab.person('Sam');
    const member = await stage.lab.person('Mia', 'MEMBER', [project]);
    const invited = await stage.lab.person('Ida');
    await stage.lab.add('Membership', { projectId: project, userId: invited, role: 'OWNER' });
    for (const who of [stranger, member, invited]) {
      expect((await addOwner(dataSource, project, who))[0]).toMatch(
        /^\w+ is an owner of project "Sleep" from now on\.$/,
      );
      expect((await addOwner(dataSource, project, who))[0]).toContain('nothing has changed');
      const { secret } = await stage.token(who);
      const answer = await stage.ask(secret, `{ project(id: "${project}") { viewerRole } }`);
      expect(answer.data).toEqual({ project: { viewerRole: 'OWNER' } });
    }
  });

  test('are added to nothing else', async () => {
    const session = await stage.lab.add('Session', { name: 'Night' });
    const olga = await stage.lab.person('Olga');
    await expect(addOwner(dataSource, session, olga)).rejects.toThrow(
      `${session} is the session "Night", which has no owners of its own`,
    );
    const unknown = newId('Project');
    await expect(addOwner(dataSource, unknown, olga)).rejects.toThrow(`There is no object with the id ${unknown}.`);
    await expect(addOwner(dataSource, 'Sleep', olga)).rejects.toThrow('"Sleep" is no id');
  });
});

test('administrators are made and unmade from the next request on, and see no private project', async () => {
  const project = await stage.lab.add('Project', { name: 'Sleep' });
  const ada = await stage.lab.person('Ada');
  const { secret } = await stage.token(ada);
  const { master } = dataSource.driver as unknown as { master: Pool };
  const isAdministrator = async (): Promise<boolean> => {
    const viewer = await authenticate(master, `Bearer ${secret}`);
    return viewer.kind === 'user' && viewer.isAdministrator;
  };
  expect(await isAdministrator()).toBe(false);
  expect(await setAdministrator(dataSource, ada, true)).toEqual(['Ada is an administrator from now on.']);
  expect(await setAdministrator(dataSource, ada, true)).toEqual(['Ada is an administrator: nothing has changed.']);
  expect((await stage.ask(secret, `{ project(id: "${project}") { id } }`)).data).toEqual({ project: null });
  expect(await isAdministrator()).toBe(true);
  await setAdministrator(dataSource, ada, false);
  expect(await isAdministrator()).toBe(false);
});

describe('tokens', () => {
  test('are made, work, are listed, and are revoked by id or by themselves', async () => {
    const olga = await stage.lab.person('Olga');
    const make = async (): Promise<{ secret: string; id: string }> => {
      const lines = await createToken(dataSource, {
        user: olga,
        name: 'CI',
        scopes: readScopes(' write,Publish'),
        days: 3,
      });
      return { secret: lines[1]!, id: idIn(lines) };
    };
    const status = async (secret: string): Promise<number> =>
      (await stage.send(`Bearer ${secret}`, '{ viewer { id } }')).statusCode;
    const [byId, byItself] = [await make(), await make()];
    expect([await status(byId.secret), await status(byItself.secret)]).toEqual([200, 200]);
    expect(await revokeAnyToken(dataSource, byId.id)).toEqual([
      'Revoked the token "CI": it is refused from the next request on.',
    ]);
    expect((await revokeAnyToken(dataSource, byId.id))[0]).toContain('was revoked already');
    expect([await status(byId.secret), await status(byItself.secret)]).toEqual([401, 200]);
    await revokeAnyToken(dataSource, byItself.secret);
    expect(await status(byItself.secret)).toBe(401);
    const listed = await listTokens(dataSource, olga);
    expect(listed).toHaveLength(2);
    expect(listed[0]).toMatch(new RegExp(`^${byId.id}  CI  read,write,publish  revoked .* UTC  last used .*:00 UTC$`));
    expect(listed.join()).not.toContain(byId.secret.slice(10));
  });

  test('that cannot be made or found are told in one line', async () => {
    const olga = await stage.lab.person('Olga');
    expect(() => readScopes('read,everything')).toThrow('There are read, write and publish');
    for (const days of [0, 367])
      await expect(createToken(dataSource, { user: olga, name: 'x', scopes: [], days })).rejects.toThrow(OperatorError);
    for (const which of ['x', newId('AccessToken'), olga])
      await expect(revokeAnyToken(dataSource, which)).rejects.toThrow(OperatorError);
    expect(await listTokens(dataSource, olga)).toEqual(['Olga has no tokens.']);
  });
});

test('what is printed cannot steer the terminal, and the database is closed also when the work fails', async () => {
  const written: string[] = [];
  const write = jest.spyOn(process.stdout, 'write').mockImplementation((text) => Boolean(written.push(String(text))));
  const own = await new DataSource(databaseOptions(stage.database.url)).initialize();
  let closed = 0;
  const open = async () => ({ dataSource: own, embedded: false, close: async () => void (closed += 1) });
  try {
    await run(open, async () => ['Olga\u001b[2J\nfake \u202eline']);
    await expect(run(open, () => Promise.reject(new OperatorError('no')))).rejects.toThrow('no');
  } finally {
    write.mockRestore();
    await own.destroy();
  }
  expect(written).toEqual(['Olga\ufffd[2J\ufffdfake \ufffdline\n']);
  expect(closed).toBe(2);
});
