import { rootFields } from '../../model/root-fields';
import type { Permissions } from '../permission';
import { filtered, ifRoleOnArgument, ifTargetVisible, open } from './kinds';

/** Where every query begins. */
export const rootPermissions: Permissions = {
  Query: {
    ...ifTargetVisible(['node', ...rootFields.map(({ one }) => one)].join(' ')),
    ...filtered(['nodes', ...rootFields.flatMap(({ many, counts }) => [many, counts])].join(' ')),
    // An export decides field by field, as the fields below do: see exporting/.
    ...open('viewer moduleTypes exportProject'),
    ...ifRoleOnArgument('OWNER', 'Project', 'projectId', 'publishReadiness'),
  },
  // Given to nobody but the owner of the project.
  ReadinessFinding: open('severity code message path count object'),
  PageInfo: open('hasNextPage hasPreviousPage startCursor endCursor'),
};
