import { InvalidArgumentError, type Command } from 'commander';
import type { DataSource } from 'typeorm';
import type { Scope } from '../access/viewer';
import { lock } from '../database/locks';
import { inTransaction } from '../database/transaction';
import { normalizeId } from '../model/ids';
import { findUser } from '../people/find-user';
import { AccessToken, tokenScopes } from '../domain/people/access-token.entity';
import { hashToken, isTokenShaped } from '../people/tokens/secret';
import { endToken, makeToken, toldOfEnd } from '../people/tokens/token.service';
import { run, type Open } from './run';
import { moment, OperatorError } from './telling';

export interface NewTokenOptions {
  user: string;
  name: string;
  scopes: readonly Scope[];
  days: number;
}

/** `stemgraph token …` */
export function registerTokenCommands(program: Command, open: Open): void {
  const token = program.command('token').description('Make, list and revoke personal access tokens.');
  token
    .command('create')
    .description('Make a token for a user. It is printed once, and never again.')
    .requiredOption('--user <user>', 'id, e-mail address or ORCID iD')
    .requiredOption('--name <name>', 'what to call it')
    .option('--scopes <scopes>', 'what it is good for: read,write,publish (read is always included)', readScopes, [
      'READ',
    ] as Scope[])
    .option('--days <days>', 'in how many days it expires, at most 366', readDays, 30)
    .action((options: NewTokenOptions) => run(open, (dataSource) => createToken(dataSource, options)));
  token
    .command('list')
    .description("List a user's tokens.")
    .requiredOption('--user <user>', 'id, e-mail address or ORCID iD')
    .action(({ user }: { user: string }) => run(open, (dataSource) => listTokens(dataSource, user)));
  token
    .command('revoke')
    .description('End a token: it is refused from the next request on, and so are those that it made.')
    .argument('<id>', 'the id of the token, or the token itself where it has leaked')
    .action((which: string) => run(open, (dataSource) => revokeAnyToken(dataSource, which)));
}

/** `read,publish` → the scopes. */
export function readScopes(text: string): Scope[] {
  const scopes = text
    .split(',')
    .map((scope) => scope.trim().toUpperCase())
    .filter((scope) => scope !== '');
  const unknown = scopes.find((scope) => !tokenScopes.values.includes(scope));
  if (unknown !== undefined) throw new InvalidArgumentError('There are read, write and publish, separated by commas.');
  return scopes as Scope[];
}

function readDays(text: string): number {
  if (!/^\d+$/.test(text)) throw new InvalidArgumentError('It has to be a whole number.');
  return Number(text);
}

/** Makes a token and tells it. */
export async function createToken(
  dataSource: DataSource,
  { user, name, scopes, days }: NewTokenOptions,
): Promise<string[]> {
  const owner = await findUser(dataSource.manager, user);
  if (days < 1 || days > 366) throw new OperatorError('--days has to be a whole number from 1 to 366.');
  const made = await makeToken(dataSource.manager, owner.id, { name, scopes, lifetime: days });
  return [
    `A token for ${owner.name}, until ${moment(made.expiresAt)}. Copy it now: it is not shown again.`,
    made.secret,
    `To revoke it: stemgraph token revoke ${made.id}`,
  ];
}

/** One line for each token of a user, the newest last. */
export async function listTokens(dataSource: DataSource, user: string): Promise<string[]> {
  const owner = await findUser(dataSource.manager, user);
  const [{ now }] = await dataSource.query<[{ now: Date }]>(`SELECT now() AS "now"`);
  const tokens = await dataSource.manager.find(AccessToken, { where: { userId: owner.id }, order: { id: 'ASC' } });
  if (tokens.length === 0) return [`${owner.name} has no tokens.`];
  return tokens.map((token) =>
    [
      token.id,
      token.name,
      token.scopes.join(',').toLowerCase(),
      stateOf(token, now),
      token.lastUsedAt ? `last used ${moment(token.lastUsedAt)}` : 'never used',
    ].join('  '),
  );
}

function stateOf({ revokedAt, expiresAt }: AccessToken, now: Date): string {
  if (revokedAt) return `revoked ${moment(revokedAt)}`;
  return `${expiresAt > now ? 'valid until' : 'expired'} ${moment(expiresAt)}`;
}

/** Ends a token of anybody. */
export async function revokeAnyToken(dataSource: DataSource, which: string): Promise<string[]> {
  const id = normalizeId(which);
  const isToken = isTokenShaped(which);
  if (id === undefined && !isToken)
    throw new OperatorError('This is no id of a token: `stemgraph token list --user …` shows them.');
  return inTransaction(
    dataSource,
    async (manager) => {
      const found = await manager.findOneBy(AccessToken, isToken ? { hash: hashToken(which) } : { id: id! });
      if (!found) throw new OperatorError(isToken ? 'Nobody has this token.' : `There is no token with the id ${id}.`);
      await lock(manager, [{ type: 'AccessToken', id: found.id, hold: 'changed' }]);
      const token = await manager.findOneByOrFail(AccessToken, { id: found.id });
      if (token.revokedAt) return [`The token "${token.name}" was revoked already, ${moment(token.revokedAt)}.`];
      const ended = await endToken(manager, token.id);
      return [toldOfEnd(`Revoked the token "${token.name}"`, ended!.others)];
    },
    { goesFirst: true },
  );
}
