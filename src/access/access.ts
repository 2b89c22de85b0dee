import type { NodeName } from '../model/ids';
import type { Sql, Statement } from '../database/sql';
import { isReadWithRow, ruledColumns } from './columns';
import type { Compiler } from './compiler';
import { Composed, type ForViewer } from './composed';
import type { Permissions } from './permission';
import type { Policy } from './policy';
import { permissions } from './permissions';
import { policy } from './policy';
import { roleConditions, type RoleConditions } from './role-conditions';
import type { Rules } from './rule-set';
import type { Viewer } from './viewer';

/** Everything that decides who may see what, in one value. Tests take parts out of it and expect to see the hole. */
export class Access implements Rules {
  private readonly composed = new Composed();

  constructor(
    readonly policy: Policy,
    readonly permissions: Permissions,
    readonly roleConditions: RoleConditions,
  ) {}

  /** A statement as it is for such a viewer, composed once: `shape` stands for all that its text depends on. */
  statement<Given extends ForViewer>(
    viewer: Viewer,
    shape: string,
    compose: (compiler: Compiler) => Sql,
  ): Statement<Given> {
    return this.composed.statement(this, viewer, shape, compose);
  }

  /** Whether a list needs the SQL condition: not where its permission says that seeing the parent is enough. */
  isFiltered(type: string, field: string): boolean {
    return this.permissions[type]?.[field]?.kind === 'filtered';
  }

  /** Whether a field that leads to one object was put behind a rule: then only what the viewer sees is read. */
  isRuled(type: string, field: string): boolean {
    return this.permissions[type]?.[field]?.kind === 'ruled';
  }

  /** Whether a column is read together with its row. */
  isReadWithRow(type: NodeName, property: string): boolean {
    return isReadWithRow(this.permissions, type, property);
  }

  /** The fields of a type whose columns are read under a rule each. */
  ruledColumns(type: NodeName): string[] {
    return ruledColumns(this.permissions, type);
  }
}

/** The rules in force. */
export const accessInForce = new Access(policy, permissions, roleConditions);
