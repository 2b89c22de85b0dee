import type { Command } from 'commander';
import type { DataSource } from 'typeorm';
import { lock } from '../database/locks';
import { inTransaction } from '../database/transaction';
import { isOwner } from '../access/memberships';
import { name, quote, run, sql, value } from '../database/sql';
import { newId } from '../model/ids';
import { findUser } from '../people/find-user';
import { keptUsers } from '../people/owners';
import { containersInWords, findContainer } from './containers';
import { run as runCommand, type Open } from './run';
import { idColumn } from '../model/names';

/** `stemgraph owner …` */
export function registerOwnerCommands(program: Command, open: Open): void {
  program
    .command('owner')
    .description('Name owners of projects and personal attributes.')
    .command('add')
    .description('Make a user an owner, beside those that there are.')
    .argument('<container-id>', `the id of a ${containersInWords}`)
    .argument('<user>', 'id, e-mail address or ORCID iD')
    .action((container: string, who: string) => runCommand(open, (dataSource) => addOwner(dataSource, container, who)));
}

/** Makes a user an owner of a project or attribute at once, whatever role or invitation they had there. */
export async function addOwner(dataSource: DataSource, container: string, who: string): Promise<string[]> {
  return inTransaction(dataSource, async (manager) => {
    const { type, id, label } = await findContainer(manager, container);
    const user = await findUser(manager, who);
    await lock(manager, [...keptUsers(user.id), { type, id, hold: 'changed' }]);
    const column = quote(idColumn(type));
    const m = Symbol('membership');
    const [held] = await run<{ isOwner: boolean }>(
      manager,
      sql`SELECT ${isOwner(m)} AS "isOwner" FROM "membership" ${name(m)}
        WHERE ${name(m, idColumn(type))} = ${value(id, 'uuid')} AND ${name(m, 'user_id')} = ${value(user.id, 'uuid')}`,
    );
    if (held?.isOwner) return [`${user.name} is an owner of ${label}: nothing has changed.`];
    await manager.query(`DELETE FROM "membership" WHERE ${column} = $1 AND "user_id" = $2`, [id, user.id]);
    await manager.query(
      `INSERT INTO "membership" ("id", ${column}, "user_id", "role", "accepted_at") VALUES ($1, $2, $3, 'OWNER', now())`,
      [newId('Membership'), id, user.id],
    );
    return [`${user.name} is an owner of ${label} from now on.`];
  });
}
