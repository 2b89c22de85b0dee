import { quote, type Parameters } from '../loading/sql';
import { typeOfId, type NodeName } from '../model/ids';
import { snakeCase } from '../model/names';
import type { Role } from '../people/role';
import { ruleFor, type Policy } from './policy';
import { rolesFrom, type Ask, type Rule } from './rules';
import type { Viewer } from './viewer';

/** The conditions of a role, one by one, so that a test can take out each and see it missed. */
export const roleConditions = {
  accepted: 'm."accepted_at" IS NOT NULL',
  heldDirectly: (viewer: string) => `m."user_id" = ${viewer}`,
  heldThroughGroup: (viewer: string, groupAccepted: string) =>
    `m."group_id" IN (SELECT gm."group_id" FROM "group_membership" gm WHERE gm."user_id" = ${viewer} AND ${groupAccepted})`,
  groupAccepted: 'gm."accepted_at" IS NOT NULL',
  rank: (alias: string, names: readonly string[]) =>
    `${alias}."role" IN (${names.map((name) => `'${name}'`).join(', ')})`,
};

export type RoleConditions = typeof roleConditions;

/** What a condition is compiled for. */
export interface Question {
  policy: Policy;
  roleConditions: RoleConditions;
  viewer: Viewer;
  parameters: Parameters;
}

/**
 * The SQL form of the policy: a condition that holds exactly for the rows of `type` (under `alias`) of which the viewer
 * may say yes to `ask`. `TRUE` and `FALSE` where the answer does not depend on the row.
 */
export function conditionFor(
  question: Question,
  type: NodeName,
  alias: string,
  ask: Ask = 'visible',
  depth = 0,
): string {
  return compile(question, ruleFor(question.policy, type, ask), type, alias, depth);
}

/** The same of any rule about an object of `type`. */
export function conditionOf(question: Question, rule: Rule, type: NodeName, alias: string): string {
  return compile(question, rule, type, alias, 0);
}

function compile(question: Question, rule: Rule, type: NodeName, alias: string, depth: number): string {
  const { viewer, parameters } = question;
  const userId = (): string | undefined => (viewer.kind === 'user' ? parameters.add(viewer.userId, 'uuid') : undefined);
  switch (rule.kind) {
    case 'everyone':
      return 'TRUE';
    case 'signedIn':
      return viewer.kind === 'user' ? 'TRUE' : 'FALSE';
    case 'administrator':
      return viewer.kind === 'user' && viewer.isAdministrator ? 'TRUE' : 'FALSE';
    case 'self':
      return viewer.kind === 'user' ? `${alias}."id" = ${userId()}` : 'FALSE';
    case 'userIn':
      return viewer.kind === 'user' ? `${alias}.${quote(snakeCase(rule.column))} = ${userId()}` : 'FALSE';
    case 'userLinked':
      return viewer.kind === 'user'
        ? exists(`${quote(rule.table)} l`, [
            `l.${quote(`${snakeCase(type)}_id`)} = ${alias}."id"`,
            `l."user_id" = ${userId()}`,
          ])
        : 'FALSE';
    case 'flag':
      return flagIsUp(question, `${alias}.${quote(snakeCase(rule.column))}`, rule.column, alias);
    case 'role':
      return viewer.kind === 'user'
        ? holdsRole(question, `m.${quote(`${snakeCase(type)}_id`)} = ${alias}."id"`, rule.atLeast, userId()!)
        : 'FALSE';
    case 'groupRole':
      return viewer.kind === 'user'
        ? exists('"group_membership" gm', [
            `gm."group_id" = ${alias}."id"`,
            `gm."user_id" = ${userId()}`,
            question.roleConditions.groupAccepted,
            question.roleConditions.rank('gm', rolesFrom(rule.atLeast)),
          ])
        : 'FALSE';
    case 'of': {
      const other = `t${depth + 1}`;
      const condition = conditionFor(question, rule.type, other, rule.ask, depth + 1);
      return exists(`${quote(snakeCase(rule.type))} ${other}`, [
        `${other}."id" = ${alias}.${quote(snakeCase(rule.column))}`,
        condition,
      ]);
    }
    case 'anyLinked': {
      const other = `t${depth + 1}`;
      const link = `l${depth + 1}`;
      const condition = conditionFor(question, rule.type, other, rule.ask, depth + 1);
      const join = `JOIN ${quote(snakeCase(rule.type))} ${other} ON ${other}."id" = ${link}.${quote(`${snakeCase(rule.type)}_id`)}`;
      const stored = exists(`${quote(rule.table)} ${link} ${join}`, [
        `${link}.${quote(`${snakeCase(type)}_id`)} = ${alias}."id"`,
        condition,
      ]);
      return asIfLinked(question, stored, type, alias);
    }
    case 'anyReferring': {
      const other = `t${depth + 1}`;
      const condition = conditionFor(question, rule.type, other, rule.ask, depth + 1);
      return exists(`${quote(snakeCase(rule.type))} ${other}`, [
        `${other}.${quote(snakeCase(rule.column))} = ${alias}."id"`,
        condition,
      ]);
    }
    case 'anyOf':
      return either(rule.rules.map((part) => compile(question, part, type, alias, depth)));
    case 'allOf':
      return all(rule.rules.map((part) => compile(question, part, type, alias, depth)));
  }
}

/** The stored flag, or what it would be under the supposition that the question is asked with. */
function flagIsUp({ viewer, parameters }: Question, stored: string, column: string, alias: string): string {
  if (column !== 'isPublic' || viewer.kind !== 'anonymous' || !viewer.asIf) return stored;
  const { public: made, private: taken, only } = viewer.asIf;
  const opened = (): string => `${alias}."id" = ANY(${parameters.add(made, 'uuid[]')})`;
  if (only) return opened();
  const closed = (): string => `${alias}."id" <> ALL(${parameters.add(taken, 'uuid[]')})`;
  const kept = taken.length === 0 ? stored : `(${stored} AND ${closed()})`;
  return made.length === 0 ? kept : `(${kept} OR ${opened()})`;
}

/** What is seen through its links, or would be if this very object were linked to something public, or no longer were. */
function asIfLinked({ viewer, parameters }: Question, stored: string, type: NodeName, alias: string): string {
  if (viewer.kind !== 'anonymous' || !viewer.asIf) return stored;
  const ofThisType = (ids: readonly string[]): string[] => ids.filter((id) => typeOfId(id) === type);
  const [made, taken] = [ofThisType(viewer.asIf.public), ofThisType(viewer.asIf.private)];
  const kept = taken.length === 0 ? stored : all([stored, `${alias}."id" <> ALL(${parameters.add(taken, 'uuid[]')})`]);
  return made.length === 0 ? kept : either([kept, `${alias}."id" = ANY(${parameters.add(made, 'uuid[]')})`]);
}

function holdsRole(question: Question, onThis: string, atLeast: Role, viewer: string): string {
  const { accepted, heldDirectly, heldThroughGroup, groupAccepted, rank } = question.roleConditions;
  return exists('"membership" m', [
    onThis,
    accepted,
    rank('m', rolesFrom(atLeast)),
    either([heldDirectly(viewer), heldThroughGroup(viewer, groupAccepted)]),
  ]);
}

function exists(from: string, conditions: string[]): string {
  const condition = all(conditions);
  return condition === 'FALSE' ? 'FALSE' : `EXISTS (SELECT 1 FROM ${from} WHERE ${condition})`;
}

/** Holds where one of these does. */
export function either(conditions: string[]): string {
  if (conditions.includes('TRUE')) return 'TRUE';
  const open = conditions.filter((condition) => condition !== 'FALSE');
  if (open.length === 0) return 'FALSE';
  return open.length === 1 ? open[0]! : `(${open.join(' OR ')})`;
}

/** Holds where every one of these does. */
export function all(conditions: string[]): string {
  if (conditions.includes('FALSE')) return 'FALSE';
  const open = conditions.filter((condition) => condition !== 'TRUE');
  if (open.length === 0) return 'TRUE';
  return open.length === 1 ? open[0]! : `(${open.join(' AND ')})`;
}
