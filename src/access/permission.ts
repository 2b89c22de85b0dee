import type { NodeName } from '../model/ids';
import type { Role } from '../domain/people/role';
import type { Scope } from './viewer';

/** Who is answered by a field, given that they see the object that it is on. */
export type Permission =
  /** Everybody who sees the object. */
  | { kind: 'open' }
  /** An edge whose far end has the same rule as this end: whoever sees this object sees the other. */
  | { kind: 'inherited' }
  /** A list, connection and count of which the SQL condition leaves only what the viewer may see. */
  | { kind: 'filtered' }
  /** Everybody else reads null: decided by graphql-shield before the resolver runs. */
  | { kind: 'ruled'; rule: FieldRule };

export type FieldRule =
  /** The viewer may see the one object that the field leads to. */
  | { kind: 'targetVisible' }
  /** The viewer may see the one object that one of these columns names. */
  | { kind: 'namedVisible'; columns: readonly string[] }
  /** The viewer has at least this role on the object. */
  | { kind: 'hasRole'; atLeast: Role }
  /** The viewer has at least this role on the object that an argument names. */
  | { kind: 'hasRoleOnArgument'; argument: string; type: NodeName; atLeast: Role }
  /** The object is the viewer. */
  | { kind: 'isViewer' }
  /** The viewer is the user whom a column names. */
  | { kind: 'isViewerIn'; column: string }
  /** The viewer has at least this role on the object, or the moment in a column is still to come. */
  | { kind: 'hasRoleOrUntil'; atLeast: Role; column: string }
  /** The viewer is signed in, with a token of this scope, and does not look through other eyes: else an error. */
  | { kind: 'mayAct'; scope: Scope }
  /** The viewer may see each of the objects that these columns name, as far as they are set; or has at least this role. */
  | { kind: 'visibleWhereSet'; columns: readonly string[]; type: NodeName; orAtLeast: Role };

/** Type, then field. A field that is not here cannot be served: the server does not start. */
export type Permissions = Readonly<Record<string, Readonly<Record<string, Permission>>>>;
