import type { Permissions } from './permission';
import type { Policy } from './policy';
import type { RoleConditions } from './role-conditions';

/** What decides who may see what: who sees an object, who is answered by each of its fields, and who holds a role. */
export interface Rules {
  readonly policy: Policy;
  readonly permissions: Permissions;
  readonly roleConditions: RoleConditions;
}
