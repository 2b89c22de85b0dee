import type { Command } from 'commander';
import type { DataSource } from 'typeorm';
import { findUser } from '../people/find-user';
import { run, type Open } from './run';

/** `stemgraph admin …` */
export function registerAdminCommands(program: Command, open: Open): void {
  const admin = program
    .command('admin')
    .description('Name administrators, who approve shared terms; it shows them no private project.');
  const commands: [name: string, description: string, isAdministrator: boolean][] = [
    ['grant', 'Make a user an administrator.', true],
    ['withdraw', 'Make an administrator an ordinary user again.', false],
  ];
  for (const [name, description, isAdministrator] of commands) {
    admin
      .command(name)
      .description(description)
      .argument('<user>', 'id, e-mail address or ORCID iD')
      .action((who: string) => run(open, (dataSource) => setAdministrator(dataSource, who, isAdministrator)));
  }
}

/** Makes somebody an administrator, or no longer one; it counts from their next request on. */
export async function setAdministrator(
  dataSource: DataSource,
  who: string,
  isAdministrator: boolean,
): Promise<string[]> {
  const { id, name, isAdministrator: was } = await findUser(dataSource.manager, who);
  const state = isAdministrator ? 'an administrator' : 'no administrator';
  const changed = was !== isAdministrator;
  if (changed)
    await dataSource.query(`UPDATE "user" SET "is_administrator" = $2, "version" = "version" + 1 WHERE "id" = $1`, [
      id,
      isAdministrator,
    ]);
  return [changed ? `${name} is ${state} from now on.` : `${name} is ${state}: nothing has changed.`];
}
