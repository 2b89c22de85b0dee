import type { Permissions } from './permissions';
import type { Policy } from './policy';
import { permissions } from './permissions';
import { policy } from './policy';
import { roleConditions, type RoleConditions } from './visibleTo';

/** Everything that decides who may see what, in one value. Tests take parts out of it and expect to see the hole. */
export class Access {
  constructor(
    readonly policy: Policy,
    readonly permissions: Permissions,
    readonly roleConditions: RoleConditions,
  ) {}

  /** Whether a list needs the SQL condition: not where its permission says that seeing the parent is enough. */
  isFiltered(type: string, field: string): boolean {
    return this.permissions[type]?.[field]?.kind === 'filtered';
  }

  /** Whether a reference was put behind a rule: it is then read together with the verdict. */
  isRuled(type: string, field: string): boolean {
    return this.permissions[type]?.[field]?.kind === 'ruled';
  }
}

/** The rules in force. */
export const accessInForce = new Access(policy, permissions, roleConditions);
