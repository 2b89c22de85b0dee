import type { NodeName } from '../../model/ids';
import type { Role } from '../../domain/people/role';
import type { Permission } from '../permission';
import type { Scope } from '../viewer';

type Entries = Record<string, Permission>;

const each = (fields: string, permission: Permission): Entries =>
  Object.fromEntries(fields.split(/\s+/).map((field) => [field, permission]));

export const open = (fields: string): Entries => each(fields, { kind: 'open' });
export const inherited = (fields: string): Entries => each(fields, { kind: 'inherited' });
export const filtered = (fields: string): Entries => each(fields, { kind: 'filtered' });
export const ifTargetVisible = (fields: string): Entries =>
  each(fields, { kind: 'ruled', rule: { kind: 'targetVisible' } });
export const ifNamedVisible = (columns: string, fields: string): Entries =>
  each(fields, { kind: 'ruled', rule: { kind: 'namedVisible', columns: columns.split(' ') } });
export const ifRole = (atLeast: Role, fields: string): Entries =>
  each(fields, { kind: 'ruled', rule: { kind: 'hasRole', atLeast } });
export const ifRoleOnArgument = (atLeast: Role, type: NodeName, argument: string, fields: string): Entries =>
  each(fields, { kind: 'ruled', rule: { kind: 'hasRoleOnArgument', argument, type, atLeast } });
export const ifViewer = (fields: string): Entries => each(fields, { kind: 'ruled', rule: { kind: 'isViewer' } });
export const ifViewerIn = (column: string, fields: string): Entries =>
  each(fields, { kind: 'ruled', rule: { kind: 'isViewerIn', column } });
export const ifRoleOrUntil = (atLeast: Role, column: string, fields: string): Entries =>
  each(fields, { kind: 'ruled', rule: { kind: 'hasRoleOrUntil', atLeast, column } });
export const ifVisibleWhereSet = (columns: string, type: NodeName, orAtLeast: Role, fields: string): Entries =>
  each(fields, { kind: 'ruled', rule: { kind: 'visibleWhereSet', columns: columns.split(' '), type, orAtLeast } });

export const ifMayAct = (scope: Scope, fields: string): Entries =>
  each(fields, { kind: 'ruled', rule: { kind: 'mayAct', scope } });

/** What every object has. */
export const node: Entries = { ...open('id createdAt updatedAt'), ...ifRole('CONTRIBUTOR', 'version') };
