import { all, either, exists, plain } from '../database/conditions';
import { FALSE, join, name, NULL, sql, text, TRUE, type Alias, type Sql } from '../database/sql';
import { edgeOf, type Edge } from '../model/edges';
import type { SharedType } from '../model/families';
import type { NodeName } from '../model/ids';
import { idColumn, snakeCase } from '../model/names';
import { nameOf } from '../model/node';
import type { Role } from '../domain/people/role';
import type { Rules } from './rule-set';
import { columnBehind } from './columns';
import { eyesOf, type Eyes } from './eyes';
import type { FieldRule } from './permission';
import { ruleFor } from './policy';
import { givesGroupRole, givesRole, waysToHold } from './role-conditions';
import { anyOf, flag, of, rolesFrom, self, userIn, type Ask, type Rule } from './rules';
import type { Viewer } from './viewer';
import { projectLinks } from '../model/links';

/** What is read for a field of an object that the viewer sees. */
export type FieldSql =
  /** Its column. */
  | { kind: 'column'; value: Sql }
  /** Its column where the condition holds, and null where it does not: what may not be read never leaves the database. */
  | { kind: 'conditional'; condition: Sql; value: Sql }
  /** Nothing: a rule in code decides on it, in front of its resolver (shield.ts). */
  | { kind: 'inCode' };

/**
 * The SQL form of the rules, for one viewer: which rows of a type they see, and what they are answered by each field.
 * Whatever reads the database asks it, and nothing else knows the rules. `TRUE` and `FALSE` where an answer does not depend
 * on the row.
 */
export class Compiler {
  constructor(
    readonly rules: Rules,
    private readonly eyes: Eyes,
  ) {}

  /** Who asks, where that is somebody with an account. */
  get userId(): Sql | undefined {
    return this.eyes.kind === 'user' ? this.eyes.userId : undefined;
  }

  /** What every viewer of the same kind sees, whoever they are. */
  get ofAnybody(): Compiler {
    const { rules, eyes } = this;
    return eyes.kind === 'user' ? new Compiler(rules, { ...eyes, userId: undefined }) : this;
  }

  /** Whether something is supposed to be public that is not, or the other way round. */
  get isSupposing(): boolean {
    return this.eyes.kind === 'anonymous' && this.eyes.supposed !== undefined;
  }

  /** A condition that holds exactly for the rows of `type` (under `alias`) of which the viewer may say yes to `ask`. */
  rows(type: NodeName, alias: Alias, ask: Ask = 'visible'): Sql {
    return this.holds(ruleFor(this.rules.policy, type, ask), type, alias);
  }

  /** What is read for a field of `type` (under `alias`). */
  field(type: NodeName, field: string, alias: Alias): FieldSql {
    const column = name(alias, columnBehind(type, field));
    const permission = this.rules.permissions[type]?.[field];
    switch (permission?.kind) {
      case 'open':
      case 'inherited':
        return { kind: 'column', value: column };
      case 'ruled': {
        const condition = this.fieldCondition(permission.rule, type, field, alias);
        return condition === undefined ? { kind: 'inCode' } : conditional(condition, column);
      }
      case 'filtered':
      case undefined:
        return conditional(FALSE, column);
    }
  }

  /** The same as one value, null where it is not SQL that decides. */
  value(type: NodeName, field: string, alias: Alias): Sql {
    const read = this.field(type, field, alias);
    return read.kind === 'inCode' ? NULL : read.value;
  }

  /** A condition that holds for the rows of `type` of which the viewer is answered a field by SQL. */
  answers(type: NodeName, field: string, alias: Alias): Sql {
    const read = this.field(type, field, alias);
    if (read.kind === 'column') return TRUE;
    return read.kind === 'conditional' ? read.condition : FALSE;
  }

  /** Holds for the rows of `type` (under `alias`) of which the viewer is answered a list at all, whatever of it they see. */
  answersList(type: NodeName, field: string, alias: Alias): Sql {
    const permission = this.rules.permissions[type]?.[field];
    return permission?.kind === 'filtered' ? TRUE : this.answers(type, field, alias);
  }

  /**
   * Holds for a row (under `far`) at the far end of an edge which the viewer, who sees the near end (under `alias`), is
   * shown there.
   */
  shows(edge: Edge, alias: Alias, far: Alias): Sql {
    const type = nameOf(edge.owner);
    const permission = this.rules.permissions[type]?.[edge.field];
    const isJudgedItself =
      permission?.kind === 'filtered' || (permission?.kind === 'ruled' && permission.rule.kind === 'targetVisible');
    return isJudgedItself ? this.rows(nameOf(edge.target()), far) : this.answers(type, edge.field, alias);
  }

  /** The flag by which an object is public, as it is told to whoever sees the object; or would be, where they suppose it. */
  isPublic(type: NodeName, alias: Alias): Sql {
    return this.holds(flag('isPublic'), type, alias);
  }

  /** The highest role that the viewer has on rows of `type`, or on what holds them; null where they have none. */
  role(type: NodeName, alias: Alias): Sql {
    const roles = [...rolesFrom('MEMBER')].reverse();
    const cases = roles.map((role) => sql`WHEN ${this.rows(type, alias, role)} THEN ${text(role)}`);
    return sql`CASE ${join(cases, ' ')} END`;
  }

  /**
   * Holds for a subject or session (under `alias`) that is also in a project which is hidden from the viewer. For its owners
   * alone: whoever is told has to have asked for that role.
   */
  isInHiddenProject(type: SharedType, alias: Alias): Sql {
    const [link, project] = [Symbol('link'), Symbol('project')];
    const { table: links, column } = projectLinks(type);
    return sql`EXISTS (SELECT 1 FROM ${name(links)} ${name(link)} JOIN "project" ${name(project)} ON ${name(project, 'id')} = ${name(link, 'project_id')}
      WHERE ${name(link, column)} = ${name(alias, 'id')} AND (${this.rows('Project', project)}) IS NOT TRUE)`;
  }

  /** A condition that holds for the rows of `type` of which a rule holds. */
  holds(rule: Rule, type: NodeName, alias: Alias): Sql {
    const { eyes, userId } = this;
    switch (rule.kind) {
      case 'everyone':
        return TRUE;
      case 'signedIn':
        return eyes.kind === 'user' ? TRUE : FALSE;
      case 'administrator':
        return eyes.kind === 'user' && eyes.isAdministrator ? TRUE : FALSE;
      case 'self':
        return userId ? sql`${name(alias, 'id')} = ${userId}` : FALSE;
      case 'userIn':
        return userId ? sql`${name(alias, snakeCase(rule.column))} = ${userId}` : FALSE;
      case 'userLinked':
        return userId ? isLinkedTo(userId, rule.table, type, alias) : FALSE;
      case 'flag':
        return this.flagIsUp(rule.column, alias);
      case 'role':
        return userId ? this.holdsRole(userId, rule.atLeast, type, alias) : FALSE;
      case 'groupRole':
        return userId ? this.holdsGroupRole(userId, rule.atLeast, alias) : FALSE;
      case 'of': {
        const other = Symbol(rule.type);
        return exists(table(rule.type, other), [
          sql`${name(other, 'id')} = ${name(alias, snakeCase(rule.column))}`,
          this.rows(rule.type, other, rule.ask),
        ]);
      }
      case 'anyLinked':
        return this.isLinkedToAny(rule, type, alias);
      case 'anyReferring': {
        const other = Symbol(rule.type);
        return exists(table(rule.type, other), [
          sql`${name(other, snakeCase(rule.column))} = ${name(alias, 'id')}`,
          this.rows(rule.type, other, rule.ask),
        ]);
      }
      case 'anyOf':
        return either(rule.rules.map((part) => this.holds(part, type, alias)));
      case 'allOf':
        return all(rule.rules.map((part) => this.holds(part, type, alias)));
    }
  }

  /** What is seen through its links, or would be if this very object were linked to something public, or no longer were. */
  private isLinkedToAny(rule: Rule & { kind: 'anyLinked' }, type: NodeName, alias: Alias): Sql {
    const [other, link] = [Symbol(rule.type), Symbol('link')];
    const from = sql`${name(rule.table)} ${name(link)} JOIN ${table(rule.type, other)} ON ${name(other, 'id')} = ${name(link, idColumn(rule.type))}`;
    const { kept, rest } = this.partKept(rule, alias);
    const linked = exists(from, [
      sql`${name(link, idColumn(type))} = ${name(alias, 'id')}`,
      this.holds(rest, rule.type, other),
    ]);
    return this.asSupposed(either([kept, linked]), alias, type);
  }

  /**
   * What the database keeps of a rule about links, and what is left to be asked of them. It keeps what is public as it is, not as
   * somebody supposes it; and that is read only while the rule of what is linked says that what is public is seen.
   */
  private partKept({ type, ask, kept }: Rule & { kind: 'anyLinked' }, alias: Alias): { kept: Sql; rest: Rule } {
    const far = ruleFor(this.rules.policy, type, ask);
    const parts = far.kind === 'anyOf' ? far.rules : [far];
    const others = parts.filter((part) => !(part.kind === 'flag' && part.column === 'isPublic'));
    if (kept === undefined || this.isSupposing || others.length === parts.length) return { kept: FALSE, rest: far };
    return { kept: plain(sql`${name(alias, snakeCase(kept))} > 0`), rest: anyOf(...others) };
  }

  /** The stored flag, or what it would be under the supposition that is asked with. */
  private flagIsUp(column: string, alias: Alias): Sql {
    const stored = plain(name(alias, snakeCase(column)));
    return column === 'isPublic' ? this.asSupposed(stored, alias) : stored;
  }

  private asSupposed(stored: Sql, alias: Alias, type?: NodeName): Sql {
    const supposed = this.eyes.kind === 'anonymous' ? this.eyes.supposed : undefined;
    if (!supposed) return stored;
    const [opened, closed] = [supposed.ids('public', type), supposed.ids('private', type)];
    const isOpened = opened ? sql`${name(alias, 'id')} = ANY(${opened})` : FALSE;
    if (supposed.only && type === undefined) return isOpened;
    return either([all([stored, closed ? sql`${name(alias, 'id')} <> ALL(${closed})` : TRUE]), isOpened]);
  }

  private holdsRole(userId: Sql, atLeast: Role, type: NodeName, alias: Alias): Sql {
    const { roleConditions } = this.rules;
    const m = Symbol('membership');
    return exists(sql`"membership" ${name(m)}`, [
      sql`${name(m, idColumn(type))} = ${name(alias, 'id')}`,
      ...givesRole(roleConditions, m, atLeast),
      either(waysToHold(roleConditions, m, userId)),
    ]);
  }

  private holdsGroupRole(userId: Sql, atLeast: Role, alias: Alias): Sql {
    const gm = Symbol('group membership');
    return exists(sql`"group_membership" ${name(gm)}`, [
      sql`${name(gm, 'group_id')} = ${name(alias, 'id')}`,
      ...givesGroupRole(this.rules.roleConditions, gm, userId, atLeast),
    ]);
  }

  /** The rule of a field as a condition; undefined where it is decided in code. */
  private fieldCondition(rule: FieldRule, type: NodeName, field: string, alias: Alias): Sql | undefined {
    switch (rule.kind) {
      case 'targetVisible': {
        const edge = edgeOf(type, field);
        return edge.kind === 'reference' ? this.holds(of(edge.column, nameOf(edge.target())), type, alias) : undefined;
      }
      case 'hasRole':
        return this.rows(type, alias, rule.atLeast);
      case 'isViewer':
        return this.holds(self, type, alias);
      case 'isViewerIn':
        return this.holds(userIn(rule.column), type, alias);
      case 'visibleWhereSet': {
        const each = rule.columns.map((column) =>
          either([sql`${name(alias, snakeCase(column))} IS NULL`, this.holds(of(column, rule.type), type, alias)]),
        );
        return either([all(each), this.rows(type, alias, rule.orAtLeast)]);
      }
      case 'namedVisible':
      case 'hasRoleOrUntil':
      case 'hasRoleOnArgument':
      case 'mayAct':
        return undefined;
    }
  }
}

/** The SQL form of the rules for a viewer who is at hand. */
export function compilerFor(rules: Rules, viewer: Viewer): Compiler {
  return new Compiler(rules, eyesOf(viewer));
}

/** The eyes that see what is inside these projects (or attributes) and nothing else, whoever asks. */
export function insideOf(rules: Rules, ids: readonly string[]): Compiler {
  return compilerFor(rules, { kind: 'anonymous', asIf: { public: ids, private: [], only: true } });
}

/** A table of a type, under an alias. */
export const table = (type: NodeName, alias: Alias): Sql => sql`${name(snakeCase(type))} ${name(alias)}`;

function conditional(condition: Sql, column: Sql): FieldSql {
  if (condition === TRUE) return { kind: 'column', value: column };
  return {
    kind: 'conditional',
    condition,
    value: condition === FALSE ? NULL : sql`CASE WHEN ${condition} THEN ${column} END`,
  };
}

function isLinkedTo(userId: Sql, table: string, type: NodeName, alias: Alias): Sql {
  const link = Symbol('link');
  return exists(sql`${name(table)} ${name(link)}`, [
    sql`${name(link, idColumn(type))} = ${name(alias, 'id')}`,
    sql`${name(link, 'user_id')} = ${userId}`,
  ]);
}
