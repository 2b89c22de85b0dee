import type { EntityManager } from 'typeorm';
import { name, run, sql, value, type Sql } from '../database/sql';
import type { NodeName } from '../model/ids';
import { idColumn, inWords, snakeCase } from '../model/names';
import type { Role } from '../domain/people/role';
import type { Access } from './access';
import { ruleFor } from './policy';
import { rolesFrom, type Ask, type Rule } from './rules';

/** To whom an object is shown: to all of a kind, or to the user of that id. */
type Audience = 'everybody' | 'every signed-in user' | { userId: string };

/** Somebody who can see an object, and each rule that lets them, in words. */
export interface Sighting {
  audience: Audience;
  /** The name of the user; that of the kind where it is no single one. */
  name: string;
  reasons: readonly string[];
}

type Row = Record<string, unknown> & { id: string };

/** Kind or user id, then the reasons. */
type Sight = ReadonlyMap<string, readonly string[]>;

const everybody = 'everybody';
const everySignedIn = 'every signed-in user';
const nobody: Sight = new Map();

/**
 * Everybody who can see an object, with the reasons; the kinds first, then the users by name. It reads the same rules as
 * the SQL condition (compiler.ts), over the database as it is now.
 *
 * @returns undefined when there is no such object
 */
export async function whoCanSee(
  manager: EntityManager,
  access: Access,
  type: NodeName,
  id: string,
): Promise<readonly Sighting[] | undefined> {
  const row = await oneRow(manager, type, id);
  if (!row) return undefined;
  const sight = await new Interpreter(manager, access).sightOf(type, row, 'visible');
  const ids = [...sight.keys()].filter((key) => key !== everybody && key !== everySignedIn);
  const users = await run<{ id: string; name: string }>(
    manager,
    sql`SELECT "id", "name" FROM "user" WHERE "id" = ANY(${value(ids, 'uuid[]')}) ORDER BY "name", "id"`,
  );
  const kinds = [everybody, everySignedIn] as const;
  return [
    ...kinds
      .filter((kind) => sight.has(kind))
      .map((kind) => ({ audience: kind, name: kind, reasons: sight.get(kind)! })),
    ...users.map(({ id: userId, name: called }) => ({
      audience: { userId },
      name: called,
      reasons: sight.get(userId)!,
    })),
  ];
}

/** How an operator is told of an object: its type in words, and its name where it has one. */
export function describeObject(type: NodeName, { name: called, title, id }: Row): string {
  const label = typeof called === 'string' ? `"${called}"` : typeof title === 'string' ? `"${title}"` : id;
  return `${inWords(type)} ${label}`;
}

/** The stored row of an object, its columns named as the database names them. */
export async function oneRow(manager: EntityManager, type: NodeName, id: unknown): Promise<Row | undefined> {
  const rows = await run<Row>(manager, sql`SELECT * FROM ${name(snakeCase(type))} WHERE "id" = ${value(id, 'uuid')}`);
  return rows[0];
}

/** Reads rules over the database. Each object is looked at once, however many ways lead to it. */
class Interpreter {
  private readonly known = new Map<string, Promise<Sight>>();

  constructor(
    private readonly manager: EntityManager,
    private readonly access: Access,
  ) {}

  sightOf(type: NodeName, row: Row, ask: Ask): Promise<Sight> {
    const key = `${ask} ${type} ${row.id}`;
    const sight = this.known.get(key) ?? this.read(ruleFor(this.access.policy, type, ask), type, row);
    this.known.set(key, sight);
    return sight;
  }

  private async read(rule: Rule, type: NodeName, row: Row): Promise<Sight> {
    const column = (property: string): unknown => row[snakeCase(property)];
    switch (rule.kind) {
      case 'everyone':
        return new Map([[everybody, [`${describeObject(type, row)} is visible to everybody`]]]);
      case 'signedIn':
        return new Map([[everySignedIn, [`${describeObject(type, row)} is visible to all with an account`]]]);
      case 'administrator':
        return this.administrators();
      case 'self':
        return new Map([[row.id, ['it is their own account']]]);
      case 'userIn': {
        const userId = column(rule.column);
        return typeof userId === 'string'
          ? new Map([[userId, [`named as "${columnInWords(rule.column)}" in ${describeObject(type, row)}`]]])
          : nobody;
      }
      case 'userLinked':
        return this.linkedUsers(rule.table, type, row);
      case 'flag':
        return column(rule.column) === true
          ? new Map([[everybody, [`${describeObject(type, row)} is ${columnInWords(rule.column)}`]]])
          : nobody;
      case 'role':
        return this.holders(type, row, rule.atLeast);
      case 'groupRole':
        return this.groupMembers(type, row, rule.atLeast);
      case 'of': {
        const other = await oneRow(this.manager, rule.type, column(rule.column));
        return other ? this.sightOf(rule.type, other, rule.ask) : nobody;
      }
      case 'anyLinked':
        return this.anyOf(
          rule.type,
          rule.ask,
          sql`JOIN ${name(rule.table)} l ON ${name('l', idColumn(rule.type))} = t."id" WHERE ${name('l', idColumn(type))} = ${value(row.id, 'uuid')}`,
        );
      case 'anyReferring':
        return this.anyOf(
          rule.type,
          rule.ask,
          sql`WHERE ${name('t', snakeCase(rule.column))} = ${value(row.id, 'uuid')}`,
        );
      case 'anyOf':
        return union(await this.readAll(rule.rules, type, row));
      case 'allOf':
        return (await this.readAll(rule.rules, type, row)).reduce(intersection, new Map([[everybody, []]]));
    }
  }

  private async readAll(rules: readonly Rule[], type: NodeName, row: Row): Promise<Sight[]> {
    const sights: Sight[] = [];
    for (const rule of rules) sights.push(await this.read(rule, type, row));
    return sights;
  }

  private async anyOf(type: NodeName, ask: Ask, condition: Sql): Promise<Sight> {
    const others = await run<Row>(
      this.manager,
      sql`SELECT t.* FROM ${name(snakeCase(type))} t ${condition} ORDER BY t."id"`,
    );
    const sights: Sight[] = [];
    for (const other of others) sights.push(await this.sightOf(type, other, ask));
    return union(sights);
  }

  private async linkedUsers(table: string, type: NodeName, row: Row): Promise<Sight> {
    const users = await run<{ id: string }>(
      this.manager,
      sql`SELECT "user_id" AS "id" FROM ${name(table)} WHERE ${name(idColumn(type))} = ${value(row.id, 'uuid')}`,
    );
    const role = table.replace(`${snakeCase(type)}_`, '').replaceAll('_', ' ');
    return new Map(users.map(({ id }) => [id, [`${role} of ${describeObject(type, row)}`]]));
  }

  private async administrators(): Promise<Sight> {
    const users = await run<{ id: string }>(this.manager, sql`SELECT "id" FROM "user" WHERE "is_administrator"`);
    return new Map(users.map(({ id }) => [id, ['administrator']]));
  }

  /** The conditions of a role are those of the compiler, asked for all users at once. */
  private async holders(type: NodeName, row: Row, atLeast: Role): Promise<Sight> {
    const { accepted, heldDirectly, heldThroughGroup, groupAccepted, rank } = this.access.roleConditions;
    const m = Symbol('membership');
    const user = sql`u."id"`;
    const held = await run<{ userId: string; role: string; groupName: string | null }>(
      this.manager,
      sql`SELECT ${user} AS "userId", ${name(m, 'role')}, g."name" AS "groupName"
       FROM "membership" ${name(m)}
       JOIN "user" u ON ${heldDirectly(m, user)} OR ${heldThroughGroup(m, user, groupAccepted)}
       LEFT JOIN "group" g ON g."id" = ${name(m, 'group_id')}
       WHERE ${name(m, idColumn(type))} = ${value(row.id, 'uuid')} AND ${accepted(m)} AND ${rank(m, rolesFrom(atLeast))}
       ORDER BY g."name" NULLS FIRST, ${name(m, 'id')}`,
    );
    return grouped(
      held.map(({ userId, role, groupName }) => [
        userId,
        `${role} of ${describeObject(type, row)}${groupName === null ? '' : ` through the group "${groupName}"`}`,
      ]),
    );
  }

  private async groupMembers(type: NodeName, row: Row, atLeast: Role): Promise<Sight> {
    const { groupAccepted, rank } = this.access.roleConditions;
    const gm = Symbol('group membership');
    const members = await run<{ userId: string; role: string }>(
      this.manager,
      sql`SELECT ${name(gm, 'user_id')} AS "userId", ${name(gm, 'role')} FROM "group_membership" ${name(gm)}
       WHERE ${name(gm, 'group_id')} = ${value(row.id, 'uuid')} AND ${name(gm, 'user_id')} IS NOT NULL AND ${groupAccepted(gm)} AND ${rank(gm, rolesFrom(atLeast))}`,
    );
    return grouped(members.map(({ userId, role }) => [userId, `${role} of ${describeObject(type, row)}`]));
  }
}

/** `isPublic` → `public`, `proposedById` → `proposed by`: a column as a part of a sentence. */
function columnInWords(column: string): string {
  return snakeCase(column)
    .replace(/^is_|_id$/g, '')
    .replaceAll('_', ' ');
}

function grouped(entries: readonly (readonly [key: string, reason: string])[]): Sight {
  const sight = new Map<string, string[]>();
  for (const [key, reason] of entries) sight.set(key, [...(sight.get(key) ?? []), reason]);
  return sight;
}

function union(sights: readonly Sight[]): Sight {
  const all = new Map<string, readonly string[]>();
  for (const sight of sights) {
    for (const [key, reasons] of sight) all.set(key, [...new Set([...(all.get(key) ?? []), ...reasons])]);
  }
  return all;
}

/** Who is in both: everybody and a user are that user. The reasons of both are needed, so they are told together. */
function intersection(left: Sight, right: Sight): Sight {
  const both: Sight[] = [];
  for (const [one, reasons] of left) {
    for (const [other, otherReasons] of right) {
      const key = narrower(one, other);
      if (key !== undefined) both.push(new Map([[key, together(reasons, otherReasons)]]));
    }
  }
  return union(both);
}

function narrower(one: string, other: string): string | undefined {
  if (one === other || other === everybody) return one;
  if (one === everybody) return other;
  if (other === everySignedIn) return one;
  return one === everySignedIn ? other : undefined;
}

function together(left: readonly string[], right: readonly string[]): readonly string[] {
  if (left.length === 0) return right;
  return left.flatMap((one) => right.map((other) => (one === other ? one : `${one}, and ${other}`)));
}
