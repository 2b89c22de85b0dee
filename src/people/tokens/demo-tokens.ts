import { randomBytes } from 'node:crypto';
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { DataSource, EntityManager } from 'typeorm';
import { isFlagUp } from '../../access/flags';
import { roleConditions } from '../../access/role-conditions';
import { oneAtATime } from '../../database/locks';
import { inTransaction } from '../../database/transaction';
import { StartupError } from '../../database/startup-error';
import { giveToOwnerOf } from '../../database/own-files';
import { name, run, sql, value } from '../../database/sql';
import { hashToken, isTokenShaped } from './secret';
import { endToken, makeToken } from './token.service';

const demoRoles = ['owner', 'contributor', 'member', 'stranger'] as const;

/** The parts that somebody who tries the demo can play. */
export type DemoRole = (typeof demoRoles)[number];

/** The user who plays each part. */
export type DemoCast = Readonly<Record<DemoRole, { id: string }>>;

/** One part in `demo-tokens.json`. */
export interface DemoToken {
  token: string;
  /** The id of the user. */
  user: string;
  name: string;
  /** The ids of the projects on which the user has this role, private ones first; none for the stranger. */
  projects: readonly string[];
}

/** What is printed of a part, beside what the file holds: the projects by name. */
interface Part extends DemoToken {
  projectNames: readonly string[];
}

const fileName = 'demo-tokens.json';
const tokenName = `Demo (${fileName})`;
const scopes = ['READ', 'WRITE', 'PUBLISH'] as const;
const lifetime = 365;

/**
 * Sees to it that `demo-tokens.json` in the data folder, readable by its owner alone, holds a working token for each part
 * of the demo. Those in the file that still work are kept; any other is replaced, and its predecessors end, with what was made
 * with them. A user who is gone is left out, and without any of them, in a database that is no demo, there is no file. Throws a
 * StartupError when the file cannot be written; then no token has been made.
 *
 * @returns the lines to print
 */
export async function writeDemoTokens(dataSource: DataSource, dataDir: string, cast: DemoCast): Promise<string[]> {
  const file = join(dataDir, fileName);
  const made = await inTransaction(dataSource, async (manager) => {
    // Two servers that start together would otherwise each revoke what the other has just made.
    await oneAtATime(manager, 'demo tokens');
    const kept = await readKept(file);
    const parts: Partial<Record<DemoRole, Part>> = {};
    for (const role of demoRoles) {
      const userId = cast[role].id;
      const [user] = await manager.query<{ name: string }[]>(`SELECT "name" FROM "user" WHERE "id" = $1`, [userId]);
      if (!user) continue;
      const projects = await projectsWith(manager, userId, role);
      const token = await workingToken(manager, kept[role], userId);
      parts[role] = {
        token,
        user: userId,
        name: user.name,
        projects: projects.map(({ id }) => id),
        projectNames: projects.map(({ name }) => name),
      };
    }
    if (Object.keys(parts).length === 0) return parts;
    await writePrivately(dataDir, file, `${JSON.stringify(parts, withoutNames, 2)}\n`);
    return parts;
  });
  if (Object.keys(made).length === 0) return [];
  return [
    `Demo tokens (for the demo only; ${file} holds them):`,
    ...demoRoles.flatMap((role) => tell(role, made[role])),
  ];
}

const withoutNames = (key: string, value: unknown): unknown => (key === 'projectNames' ? undefined : value);

const relations: Record<DemoRole, string> = {
  owner: 'owns',
  contributor: 'contributes to',
  member: 'is a member of',
  stranger: 'has an account and no role',
};

function tell(role: DemoRole, part: Part | undefined): string[] {
  if (!part) return [];
  const names = part.projectNames.map((name) => `“${name}”`).join(', ');
  return [`  ${role.padEnd(11)}  ${part.token}  ${part.name} ${relations[role]}${names && ` ${names}`}`];
}

/** The projects on which a user was given exactly this role. */
async function projectsWith(
  manager: EntityManager,
  userId: string,
  role: DemoRole,
): Promise<{ id: string; name: string }[]> {
  const [m, p] = [Symbol('membership'), Symbol('project')];
  const { accepted, rank } = roleConditions;
  return run(
    manager,
    sql`SELECT ${name(p, 'id')}, ${name(p, 'name')} FROM "membership" ${name(m)} JOIN "project" ${name(p)} ON ${name(p, 'id')} = ${name(m, 'project_id')}
     WHERE ${name(m, 'user_id')} = ${value(userId, 'uuid')} AND ${rank(m, [role.toUpperCase()])} AND ${accepted(m)} ORDER BY ${isFlagUp(p)}, ${name(p, 'id')}`,
  );
}

/** What the file says, where there is one that can be read; anything else is written anew. */
async function readKept(file: string): Promise<Partial<Record<DemoRole, unknown>>> {
  try {
    const content: unknown = JSON.parse(await readFile(file, 'utf8'));
    return typeof content === 'object' && content !== null ? content : {};
  } catch {
    return {};
  }
}

/** The token that is kept, if it still works for this user with every scope; else a new one in its place. */
async function workingToken(manager: EntityManager, kept: unknown, userId: string): Promise<string> {
  const token = typeof kept === 'object' && kept !== null && 'token' in kept ? kept.token : undefined;
  if (typeof token === 'string' && isTokenShaped(token)) {
    const found = await manager.query<unknown[]>(
      `SELECT 1 FROM "access_token"
       WHERE "hash" = $1 AND "user_id" = $2 AND "scopes" @> $3 AND "revoked_at" IS NULL AND "expires_at" > now()`,
      [hashToken(token), userId, scopes],
    );
    if (found.length > 0) return token;
  }
  const lost = await manager.query<{ id: string }[]>(
    `SELECT "id" FROM "access_token" WHERE "user_id" = $1 AND "name" = $2 AND "revoked_at" IS NULL ORDER BY "id"`,
    [userId, tokenName],
  );
  for (const { id } of lost) await endToken(manager, id);
  return (await makeToken(manager, userId, { name: tokenName, scopes, lifetime })).secret;
}

/** Written beside and moved into place, so that the file is never half there, nor ever open to others. */
async function writePrivately(folder: string, file: string, text: string): Promise<void> {
  const draft = `${file}.${randomBytes(6).toString('hex')}`;
  try {
    await mkdir(folder, { recursive: true });
    const handle = await open(draft, 'wx', 0o600);
    try {
      await giveToOwnerOf(folder, handle);
      await handle.writeFile(text);
    } finally {
      await handle.close();
    }
    await rename(draft, file);
  } catch (cause) {
    await rm(draft, { force: true }).catch(() => undefined);
    const reason = (cause as NodeJS.ErrnoException).code ?? 'unknown reason';
    throw new StartupError(`The demo tokens cannot be written to ${file} (${reason}): check DATA_DIR.`, { cause });
  }
}
