import { all } from '../database/conditions';
import { FALSE, join, name, sql, TRUE, type Alias, type Sql } from '../database/sql';
import type { Role } from '../domain/people/role';
import type { NodeName } from '../model/ids';
import { idColumn, snakeCase } from '../model/names';
import { table, type Compiler } from './compiler';
import { ruleFor } from './policy';
import { givesGroupRole, givesRole, waysToHold } from './role-conditions';
import type { Ask, Rule } from './rules';

/**
 * What a viewer sees of a type, or has a role on, in two parts that have no row in common. They come from the rule of
 * `Compiler.rows`: that says of a row whether it is seen, this leads to the rows that are.
 */
export interface Parts {
  /** Holds for the rows (under an alias) that every viewer of the same kind sees, whoever they are: indexes hold just these. */
  open: (alias: Alias) => Sql;
  /** The others, found from what the viewer has a role on; undefined where there are none. */
  own: Own | undefined;
}

export interface Own {
  /** An array of the ids of all of them, and perhaps of some that are open. */
  ids: Sql;
  /** Holds for a row (under an alias) that is not open. */
  isNotOpen: (alias: Alias) => Sql;
}

/** The two parts of what a viewer sees of a type, or has at least a role on. */
export function partsOf(compiler: Compiler, type: NodeName, ask: Ask = 'visible'): Parts {
  const open = (alias: Alias): Sql => compiler.ofAnybody.rows(type, alias, ask);
  const { userId } = compiler;
  if (!userId || open(Symbol(type)) === TRUE) return { open, own: undefined };
  const ways = new Ways(compiler, userId).to(ruleFor(compiler.rules.policy, type, ask), type);
  const isNotOpen = (alias: Alias): Sql => (open(alias) === FALSE ? TRUE : sql`(${open(alias)}) IS NOT TRUE`);
  return { open, own: ways.length === 0 ? undefined : { ids: arrayOf(ways), isNotOpen } };
}

/**
 * The rows of such a part, under an alias. They are collected before anything is asked of them, whatever the planner finds cheaper
 * (hence the offset): it would else ask what is hidden, and how long that takes would tell of it.
 */
export function ownRows(type: NodeName, { ids, isNotOpen }: Own, as: Alias): Sql {
  const t = Symbol(type);
  const conditions = all([sql`${name(t, 'id')} = ANY(${ids})`, isNotOpen(t)]);
  return sql`(SELECT * FROM ${table(type, t)} WHERE ${conditions} OFFSET 0) ${name(as)}`;
}

const arrayOf = (ways: readonly Sql[]): Sql => sql`ARRAY(${join([...ways], ' UNION ALL ')})`;

/** How a user comes to what they see for what they are themself: each way selects ids, and a row may be on several. */
class Ways {
  constructor(
    private readonly compiler: Compiler,
    private readonly userId: Sql,
  ) {}

  /** Those to the rows of `type` of which a rule holds, and not for everybody. */
  to(rule: Rule, type: NodeName): Sql[] {
    const { compiler } = this;
    const [t, link] = [Symbol(type), Symbol('link')];
    const select = (...conditions: Sql[]): Sql =>
      sql`SELECT ${name(t, 'id')} FROM ${table(type, t)} WHERE ${all(conditions)}`;
    switch (rule.kind) {
      case 'everyone':
      case 'signedIn':
      case 'administrator':
      case 'flag':
        return [];
      case 'self':
      case 'userIn':
      case 'userLinked':
        return [select(compiler.holds(rule, type, t))];
      case 'role':
        return this.byRole(rule.atLeast, type);
      case 'groupRole':
        return [this.byGroupRole(rule.atLeast)];
      case 'of':
        return this.through(rule, (ids) => select(sql`${name(t, snakeCase(rule.column))} = ANY(${ids})`));
      case 'anyLinked': {
        const [near, far] = [name(link, idColumn(type)), name(link, idColumn(rule.type))];
        return this.through(
          rule,
          (ids) => sql`SELECT ${near} FROM ${name(rule.table)} ${name(link)} WHERE ${far} = ANY(${ids})`,
        );
      }
      case 'anyReferring': {
        const [near, far] = [name(link, snakeCase(rule.column)), name(link, 'id')];
        return this.through(
          rule,
          (ids) =>
            sql`SELECT ${near} FROM ${table(rule.type, link)} WHERE ${far} = ANY(${ids}) AND ${near} IS NOT NULL`,
        );
      }
      case 'anyOf':
        return rule.rules.flatMap((one) => this.to(one, type));
      case 'allOf':
        // Where each holds for everybody the row is open; else one that does not is a way to it, on which the others are asked.
        return rule.rules.flatMap((one) => {
          const ways = this.to(one, type);
          const others = rule.rules.filter((other) => other !== one).map((other) => compiler.holds(other, type, t));
          if (ways.length === 0 || others.length === 0) return ways;
          return [select(sql`${name(t, 'id')} = ANY(${arrayOf(ways)})`, ...others)];
        });
    }
  }

  /** What is seen through something else, for all of that at once; but what is open is open to what is seen through it. */
  private through({ type, ask }: { type: NodeName; ask: Ask }, select: (ids: Sql) => Sql): Sql[] {
    const { own } = partsOf(this.compiler, type, ask);
    if (!own) return [];
    const t = Symbol(type);
    const rest = own.isNotOpen(t);
    if (rest === TRUE) return [select(own.ids)];
    const closed = sql`SELECT ${name(t, 'id')} FROM ${table(type, t)} WHERE ${name(t, 'id')} = ANY(${own.ids}) AND ${rest}`;
    return [select(sql`ARRAY(${closed})`)];
  }

  private byRole(atLeast: Role, type: NodeName): Sql[] {
    const { roleConditions } = this.compiler.rules;
    const m = Symbol('membership');
    const held = name(m, idColumn(type));
    return waysToHold(roleConditions, m, this.userId).map(
      (isHeld) => sql`SELECT ${held} FROM "membership" ${name(m)}
        WHERE ${all([...givesRole(roleConditions, m, atLeast), isHeld, sql`${held} IS NOT NULL`])}`,
    );
  }

  private byGroupRole(atLeast: Role): Sql {
    const gm = Symbol('group membership');
    return sql`SELECT ${name(gm, 'group_id')} FROM "group_membership" ${name(gm)}
      WHERE ${all(givesGroupRole(this.compiler.rules.roleConditions, gm, this.userId, atLeast))}`;
  }
}
