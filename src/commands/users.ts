import { type Command } from 'commander';
import { GraphQLError } from 'graphql';
import type { DataSource, EntityManager } from 'typeorm';
import { oneAtATime } from '../database/locks';
import { inTransaction } from '../database/transaction';
import { isCleanLine, normalName, uncleanName } from '../model/texts';
import { newId } from '../model/ids';
import { orcidIn } from '../model/orcid';
import { deleteUser as deleteAccount } from '../people/delete-user';
import { findUser, UserNotFound } from '../people/find-user';
import { User } from '../domain/people/user.entity';
import { run, type Open } from './run';
import { count, OperatorError } from './telling';

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
  const name = normalName(wanted.name);
  if (name === '' || name.length > 200 || !isCleanLine(name))
    throw new OperatorError(`--name has to hold 1 to 200 characters, and may not hold ${uncleanName}.`);
  const email = wanted.email?.trim() ?? null;
  if (email !== null && (email.length > 320 || !/^[^\s\p{Cc}@]+@[^\s\p{Cc}@]+$/u.test(email)))
    throw new OperatorError(`--email ${JSON.stringify(email)} is no e-mail address.`);
  const orcid = wanted.orcid === undefined ? null : orcidIn(wanted.orcid.trim());
  if (wanted.orcid !== undefined && orcid === null)
    throw new OperatorError(
      `--orcid ${JSON.stringify(wanted.orcid)} is no ORCID iD: one looks like 0000-0002-1825-0097, its last digit is a check digit.`,
    );
  return inTransaction(dataSource, async (manager) => {
    await oneAtATime(manager, 'user create');
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
  return inTransaction(
    dataSource,
    async (manager) => {
      const { id } = await findUser(manager, who);
      const { name, tokens, roles } = await deleteAccount(manager, id).catch(tellTheOperator);
      return [`Deleted ${name} (${id}), with ${count(tokens, 'token')} and ${count(roles, 'role')}.`];
    },
    { goesFirst: true },
  );
}

function tellTheOperator(error: Error): never {
  throw error instanceof GraphQLError
    ? new OperatorError(`${error.message} The command for that is \`stemgraph owner add\`.`)
    : error;
}
