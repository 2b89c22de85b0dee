import type { NodeName } from '../../src/model/ids';
import type { Role } from '../../src/domain/people/role';
import { ruleFor, type Policy } from '../../src/access/policy';
import { rolesFrom, type Ask, type Rule } from '../../src/access/rules';
import type { Viewer } from '../../src/access/viewer';

type Row = { id: string } & Record<string, unknown>;

/** What a verdict in code is drawn from: rows, links and accepted roles, wherever they come from. */
export interface Facts {
  /** The object of that id, or undefined where there is none. */
  one(type: NodeName, id: unknown): Row | undefined;
  /** The objects that a join table links to this one. */
  linked(table: string, from: NodeName, id: string, to: NodeName): readonly Row[];
  /** The objects whose column names this one. */
  referring(type: NodeName, column: string, id: string): readonly Row[];
  /** The accepted roles of a user on an object, directly and through groups. */
  rolesOn(userId: string, type: NodeName, id: string): readonly Role[];
  /** The accepted roles of a user in a group. */
  groupRolesOn(userId: string, groupId: string): readonly string[];
}

/** The policy decided over facts at hand: the same rules as the server compiles to SQL, a second time. */
export function decide(
  policy: Policy,
  facts: Facts,
  viewer: Viewer,
  type: NodeName,
  row: Row,
  ask: Ask = 'visible',
): boolean {
  const userId = viewer.kind === 'user' ? viewer.userId : undefined;

  function holds(rule: Rule): boolean {
    switch (rule.kind) {
      case 'everyone':
        return true;
      case 'signedIn':
        return userId !== undefined;
      case 'administrator':
        return viewer.kind === 'user' && viewer.isAdministrator;
      case 'self':
        return row.id === userId;
      case 'userIn':
        return userId !== undefined && row[rule.column] === userId;
      case 'userLinked':
        return userId !== undefined && facts.linked(rule.table, type, row.id, 'User').some(({ id }) => id === userId);
      case 'flag':
        return row[rule.column] === true;
      case 'role':
        return userId !== undefined && includesAny(facts.rolesOn(userId, type, row.id), rolesFrom(rule.atLeast));
      case 'groupRole':
        return userId !== undefined && includesAny(facts.groupRolesOn(userId, row.id), rolesFrom(rule.atLeast));
      case 'of': {
        const other = facts.one(rule.type, row[rule.column]);
        return other !== undefined && decide(policy, facts, viewer, rule.type, other, rule.ask);
      }
      case 'anyLinked':
        return facts
          .linked(rule.table, type, row.id, rule.type)
          .some((other) => decide(policy, facts, viewer, rule.type, other, rule.ask));
      case 'anyReferring':
        return facts
          .referring(rule.type, rule.column, row.id)
          .some((other) => decide(policy, facts, viewer, rule.type, other, rule.ask));
      case 'anyOf':
        return rule.rules.some(holds);
      case 'allOf':
        return rule.rules.every(holds);
    }
  }
  return holds(ruleFor(policy, type, ask));
}

function includesAny(held: readonly string[], wanted: readonly string[]): boolean {
  return held.some((one) => wanted.includes(one));
}
