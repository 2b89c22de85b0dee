import type { DataSource } from 'typeorm';
import { anonymous, type Viewer } from '../../src/access/viewer';
import { typeOfId } from '../../src/model/ids';
import { laboratory, viewerWith, type Lab } from '../publishing/lab';
import { createTestDatabase, type TestDatabase } from '../stage/database';
import { startTestServer, type Answer, type TestServer } from '../stage/server';

/** A server, a database, and short words for what these tests do with them. */
export interface Stage {
  database: TestDatabase;
  dataSource: DataSource;
  server: TestServer;
  lab: Lab;
  /** Runs one mutation; `fields` is what is asked of its result: of the object, where it is about a role or a group. */
  run(viewer: Viewer, call: string, fields?: string): Promise<Answer>;
  /** The same, which must succeed. */
  done<T = Record<string, unknown>>(viewer: Viewer, call: string, fields?: string): Promise<T>;
  /** Every row that a mutation of this capability can touch. */
  dump(): Promise<string>;
  /** Forgets all of them. */
  clear(): Promise<void>;
  owners(projectId: string): Promise<number>;
  close(): Promise<void>;
}

/** What the payloads of mutations about people have under the name of its type. */
const aboutOf: Record<string, string> = {
  inviteMember: 'membership',
  changeMemberRole: 'membership',
  removeMember: 'removedId',
  leave: 'removedId',
  acceptInvitation: 'invitation',
  declineInvitation: 'removedId',
  createGroup: 'group',
  updateGroup: 'group',
  deleteGroup: 'deletedId',
  inviteGroupMember: 'groupMembership',
  changeGroupMemberRole: 'groupMembership',
  removeGroupMember: 'removedId',
  leaveGroup: 'removedId',
};

export async function openStage(): Promise<Stage> {
  const database = await createTestDatabase();
  const { dataSource } = database;
  const server = await startTestServer(dataSource);
  const run: Stage['run'] = async (viewer, call, fields = '') => {
    const about = aboutOf[/^\w+/.exec(call)![0]];
    if (about === undefined) return server.ask(viewer, `mutation { result: ${call} ${fields} }`);
    const answer = await server.ask(
      viewer,
      `mutation { result: ${call} { changed message about: ${about} ${fields} } }`,
    );
    const { about: result = null } = (answer.data?.['result'] ?? {}) as { about?: unknown };
    return answer.data ? { ...answer, data: { result } } : answer;
  };
  return {
    database,
    dataSource,
    server,
    lab: laboratory(dataSource, typeOfId),
    run,
    done: async <T>(viewer: Viewer, call: string, fields?: string) => {
      const answer = await run(viewer, call, fields);
      if (answer.errors) throw new Error(`${call}: ${JSON.stringify(answer.errors)}`);
      return answer.data!['result'] as T;
    },
    dump: async () => {
      const dumps = await dataSource.query<unknown[]>(
        ['membership', 'group_membership', 'group', 'user', 'project']
          .map((table) => `SELECT '${table}' AS "table", to_jsonb(t) AS "row" FROM "${table}" t`)
          .join(' UNION ALL ') + ' ORDER BY 1, 2',
      );
      return JSON.stringify(dumps);
    },
    clear: async () => {
      for (const table of ['membership', 'group_membership', 'group', 'user', 'project'])
        await dataSource.query(`DELETE FROM "${table}"`);
    },
    owners: async (projectId) => {
      const [{ count }] = await dataSource.query<[{ count: number }]>(
        `SELECT count(*)::int AS "count" FROM "membership" m
         WHERE m."project_id" = $1 AND m."role" = 'OWNER' AND m."accepted_at" IS NOT NULL AND (m."user_id" IS NOT NULL
           OR m."group_id" IN (SELECT "group_id" FROM "group_membership" WHERE "accepted_at" IS NOT NULL))`,
        [projectId],
      );
      return count;
    },
    close: async () => {
      await server.close();
      await database.drop();
    },
  };
}

export const code = ({ errors }: Answer): string => errors?.[0]?.extensions.code ?? 'done';
export const message = ({ errors }: Answer): string => errors?.[0]?.message ?? '';
export const acting = (userId: string): Viewer => viewerWith(userId, 'READ', 'WRITE', 'PUBLISH');

/** Everything is accepted unless `acceptedAt` says otherwise. */
export async function belongs(lab: Lab, groupId: string, userId: string, role: string): Promise<string> {
  return lab.add('GroupMembership', { groupId, userId, role, acceptedAt: new Date() });
}

export async function holds(
  lab: Lab,
  projectId: string,
  holder: { userId: string } | { groupId: string },
  role: string,
): Promise<string> {
  return lab.add('Membership', { projectId, ...holder, role, acceptedAt: new Date() });
}

export type Persona =
  'anonymous' | 'stranger' | 'member' | 'contributor' | 'manager' | 'owner' | 'ownerThroughGroup' | 'ownerWithoutScope';

export interface World {
  project: string;
  group: string;
  guest: string;
  otherGroup: string;
  viewers: Record<Persona, Viewer>;
  /** The memberships of others: one of each role, and an open invitation of the guest's friend. */
  rows: Record<'member' | 'contributor' | 'manager' | 'owner' | 'invitation', string>;
  invited: Viewer;
}

/** A private project with somebody in each role, twice, and a group that is owner too. */
export async function aWorld({ lab }: Stage): Promise<World> {
  const project = await lab.add('Project', { name: 'Hidden sleep' });
  const person = (name: string): Promise<string> => lab.add('User', { name });
  const withRole = async (role: string): Promise<{ user: string; row: string }> => {
    const user = await person(role);
    return { user, row: await holds(lab, project, { userId: user }, role) };
  };
  const [member, contributor, manager, owner] = [
    await withRole('MEMBER'),
    await withRole('CONTRIBUTOR'),
    await withRole('MANAGER'),
    await withRole('OWNER'),
  ];
  const group = await lab.add('Group', { name: 'Owners' });
  const inGroup = await person('Grouped');
  await belongs(lab, group, inGroup, 'OWNER');
  await holds(lab, project, { groupId: group }, 'OWNER');
  const invited = await person('Invited');
  const rows = {
    member: (await withRole('MEMBER')).row,
    contributor: (await withRole('CONTRIBUTOR')).row,
    manager: (await withRole('MANAGER')).row,
    owner: (await withRole('OWNER')).row,
    invitation: await lab.add('Membership', {
      projectId: project,
      userId: invited,
      role: 'CONTRIBUTOR',
      invitedById: owner.user,
      expiresAt: new Date(Date.now() + 1e8),
    }),
  };
  return {
    project,
    group,
    rows,
    invited: acting(invited),
    guest: await person('Guest'),
    otherGroup: await lab.add('Group', { name: 'Others' }),
    viewers: {
      anonymous,
      stranger: acting(await person('Stranger')),
      member: acting(member.user),
      contributor: acting(contributor.user),
      manager: acting(manager.user),
      owner: acting(owner.user),
      ownerThroughGroup: acting(inGroup),
      ownerWithoutScope: viewerWith(owner.user, 'READ', 'PUBLISH'),
    },
  };
}
