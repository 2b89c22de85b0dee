import type { Role } from '../domain/people/role';
import type { NodeName } from '../model/ids';

/**
 * The words in which policy.ts is written. A rule is a value, not a function: the SQL condition (compiler.ts) and
 * every explanation come from the same one.
 */
export type Rule =
  /** Everybody, whoever they are. */
  | { kind: 'everyone' }
  /** Every viewer with an account. */
  | { kind: 'signedIn' }
  /** Administrators, who approve shared terms. */
  | { kind: 'administrator' }
  /** The user whom the object is. */
  | { kind: 'self' }
  /** The user whom a column of the object names. */
  | { kind: 'userIn'; column: string }
  /** The users whom a join table links to the object. It makes them see it, and gives no role. */
  | { kind: 'userLinked'; table: string }
  /** Everybody, where the object's own flag is up. */
  | { kind: 'flag'; column: string }
  /** Users with a role on this very object, directly or through a group. */
  | { kind: 'role'; atLeast: Role }
  /** Users with a role in this very group. */
  | { kind: 'groupRole'; atLeast: Role }
  /** Whoever may see (or has a role on) the one object that a column names. */
  | { kind: 'of'; column: string; type: NodeName; ask: Ask }
  /**
   * Whoever may see (or has a role on) at least one object that is linked by a join table. In the column `kept` the database
   * keeps how many of these are public, where it does: it is read in place of the links where the rule of these says so.
   */
  | { kind: 'anyLinked'; table: string; type: NodeName; ask: Ask; kept?: string }
  /** Whoever may see at least one object whose column names this one. */
  | { kind: 'anyReferring'; type: NodeName; column: string; ask: Ask }
  | { kind: 'anyOf'; rules: readonly Rule[] }
  | { kind: 'allOf'; rules: readonly Rule[] };

/** What is asked of an object: may the viewer see it, or have they at least this role on what holds it? */
export type Ask = 'visible' | Role;

export const everyone: Rule = { kind: 'everyone' };
export const signedIn: Rule = { kind: 'signedIn' };
export const administrator: Rule = { kind: 'administrator' };
export const self: Rule = { kind: 'self' };
export const userIn = (column: string): Rule => ({ kind: 'userIn', column });
export const userLinked = (table: string): Rule => ({ kind: 'userLinked', table });
export const flag = (column: string): Rule => ({ kind: 'flag', column });
export const role = (atLeast: Role): Rule => ({ kind: 'role', atLeast });
export const groupRole = (atLeast: Role): Rule => ({ kind: 'groupRole', atLeast });
export const of = (column: string, type: NodeName, ask: Ask = 'visible'): Rule => ({ kind: 'of', column, type, ask });
export const anyLinked = (table: string, type: NodeName, more: { kept?: string } = {}): Rule => ({
  kind: 'anyLinked',
  table,
  type,
  ask: 'visible',
  ...more,
});
export const anyReferring = (type: NodeName, column: string): Rule => ({
  kind: 'anyReferring',
  type,
  column,
  ask: 'visible',
});
export const anyOf = (...rules: Rule[]): Rule => ({ kind: 'anyOf', rules });
/** Opens an object to be seen, and nothing more: a role on what it is seen through is no role on the object. */
export const onlySeen = (rule: Rule): Rule => allOf(rule);
export const allOf = (...rules: Rule[]): Rule => ({ kind: 'allOf', rules });

const order: readonly Role[] = ['MEMBER', 'CONTRIBUTOR', 'MANAGER', 'OWNER'];

/** This role and all above it. */
export function rolesFrom(atLeast: Role): readonly Role[] {
  return order.slice(order.indexOf(atLeast));
}
