import { type Command } from 'commander';
import type { DataSource, EntityManager } from 'typeorm';
import { orcidIn } from '../importing/web-identifiers';
import { quote } from '../loading/sql';
import { newId } from '../model/ids';
import { snakeCase } from '../model/names';
import { findUser, UserNotFound } from '../people/find-user';
import { User } from '../people/user.entity';
import { ownershipsOf } from './containers';
import { count, OperatorError, run, type Open } from './run';

export interface NewUser {
  name: string;
  email?: string;
  orcid?: string;
}

/** `stemgraph user …` */
export function registerUserCommands(program: Command, open: Open): void {
  const user = program.command('user').description('Make, list and delete accounts.');
  user
    .command('create')
    .description('Make an account.')
    .requiredOption('--name <name>', 'the name as the person writes it')
    .option('--email <address>', 'the e-mail address; only the user sees it')
    .option('--orcid <id>', 'the ORCID iD')
    .action((options: NewUser) => run(open, (dataSource) => createUser(dataSource, options)));
  user
    .command('list')
    .description('List every account.')
    .action(() => run(open, listUsers));
  user
    .command('delete')
    .description('Delete an account with its tokens and roles; what it owns stays, and needs another owner first.')
    .argument('<user>', 'id, e-mail address or ORCID iD')
    .action((who: string) => run(open, (dataSource) => deleteUser(dataSource, who)));
}

/** Makes an account, unless the e-mail address or ORCID iD has one already. */
export async function createUser(dataSource: DataSource, wanted: NewUser): Promise<string[]> {
  const name = wanted.name.trim();
  if (name === '' || name.length > 200 || /\p{Cc}/u.test(name))
    throw new OperatorError('--name has to hold 1 to 200 characters, none of them a control character.');
  const email = wanted.email?.trim() ?? null;
  if (email !== null && (email.length > 320 || !/^[^\s\p{Cc}@]+@[^\s\p{Cc}@]+$/u.test(email)))
    throw new OperatorError(`--email ${JSON.stringify(email)} is no e-mail address.`);
  const orcid = wanted.orcid === undefined ? null : orcidIn(wanted.orcid.trim());
  if (wanted.orcid !== undefined && orcid === null)
    throw new OperatorError(
      `--orcid ${JSON.stringify(wanted.orcid)} is no ORCID iD: one looks like 0000-0002-1825-0097, its last digit is a check digit.`,
    );
  return dataSource.transaction(async (manager) => {
    await manager.query(`SELECT pg_advisory_xact_lock(hashtext('stemgraph user create'))`);
    for (const key of [email, orcid]) {
      if (key !== null && (await isTaken(manager, key))) throw new OperatorError(`There is a user ${key} already.`);
    }
    const id = newId('User');
    await manager.insert(User, { id, name, email, orcid });
    return [`Made the user ${name}. The id: ${id}`];
  });
}

async function isTaken(manager: EntityManager, key: string): Promise<boolean> {
  try {
    await findUser(manager, key);
    return true;
  } catch (error) {
    if (error instanceof UserNotFound) return error.several;
    throw error;
  }
}

/** One line for each account. */
export async function listUsers(dataSource: DataSource): Promise<string[]> {
  const users = await dataSource.manager.find(User, { order: { name: 'ASC', id: 'ASC' } });
  if (users.length === 0) return ['There are no users yet: `stemgraph user create --name …` makes one.'];
  return users.map(({ id, name, email, orcid, isAdministrator }) =>
    [id, name, email && `<${email}>`, orcid, isAdministrator && 'administrator'].filter(Boolean).join('  '),
  );
}

/** Deletes an account, unless something would be left without an owner. */
export async function deleteUser(dataSource: DataSource, who: string): Promise<string[]> {
  return dataSource.transaction(async (manager) => {
    const { id, name } = await findUser(manager, who);
    await lockOwnership(manager, id);
    const orphans = [
      ...(await ownershipsOf(manager, id))
        .filter(({ isShared }) => !isShared)
        .map(({ label, id }) => `${label} (${id})`),
      ...(await groupsLeftAlone(manager, id)),
    ];
    if (orphans.length > 0)
      throw new OperatorError(
        `${name} is the last owner of ${enumerate(orphans)}: make somebody else an owner first (\`stemgraph owner add\`).`,
      );
    const [gone] = await manager.query<[{ tokens: number; roles: number }]>(
      `SELECT (SELECT count(*)::int FROM "access_token" WHERE "user_id" = $1) AS "tokens",
         (SELECT count(*)::int FROM "membership" WHERE "user_id" = $1) AS "roles"`,
      [id],
    );
    await manager.query(`DELETE FROM "user" WHERE "id" = $1`, [id]);
    return [`Deleted ${name} (${id}), with ${count(gone.tokens, 'token')} and ${count(gone.roles, 'role')}.`];
  });
}

/**
 * Until the end of the transaction nobody changes who owns what this user owns: members are changed under the lock of the
 * project, attribute or group. Always in this order, so that nobody waits in a circle: users, groups, containers.
 */
async function lockOwnership(manager: EntityManager, userId: string): Promise<void> {
  await manager.query(`SELECT 1 FROM "user" WHERE "id" = $1 FOR UPDATE`, [userId]);
  const before = await ownershipsOf(manager, userId);
  await manager.query(
    `SELECT 1 FROM "group" WHERE "id" IN (SELECT "group_id" FROM "group_membership" WHERE "user_id" = $1)
       OR "id" IN (SELECT "group_id" FROM "membership" WHERE COALESCE("project_id", "behavioral_paradigm_id", "setup_id", "data_storage_id", "inventory_id") = ANY($2::uuid[]))
     ORDER BY "id" FOR UPDATE`,
    [userId, before.map(({ id }) => id)],
  );
  const owned = (await ownershipsOf(manager, userId)).sort((one, other) => (one.id < other.id ? -1 : 1));
  for (const { type, id } of owned)
    await manager.query(`SELECT 1 FROM ${quote(snakeCase(type))} WHERE "id" = $1 FOR UPDATE`, [id]);
}

/** Groups with other members, of which the user is the last owner. */
async function groupsLeftAlone(manager: EntityManager, userId: string): Promise<string[]> {
  const groups = await manager.query<{ id: string; name: string }[]>(
    `SELECT g."id", g."name" FROM "group" g
     JOIN "group_membership" own ON own."group_id" = g."id" AND own."user_id" = $1 AND own."role" = 'OWNER' AND own."accepted_at" IS NOT NULL
     WHERE EXISTS (SELECT 1 FROM "group_membership" gm WHERE gm."group_id" = g."id" AND gm."user_id" <> $1 AND gm."accepted_at" IS NOT NULL)
       AND NOT EXISTS (SELECT 1 FROM "group_membership" gm WHERE gm."group_id" = g."id" AND gm."user_id" <> $1 AND gm."role" = 'OWNER' AND gm."accepted_at" IS NOT NULL)
     ORDER BY g."id"`,
    [userId],
  );
  return groups.map(({ id, name }) => `group "${name}" (${id})`);
}

const mostNamed = 10;

function enumerate(names: readonly string[]): string {
  const rest = names.length - mostNamed;
  return names.slice(0, mostNamed).join(', ') + (rest > 0 ? ` and ${rest} more` : '');
}
