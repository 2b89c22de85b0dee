import type { Permissions } from './permission';
import { containerPermissions } from './permissions/containers';
import { attributePermissions } from './permissions/attributes';
import { discoveryPermissions } from './permissions/discovery';
import { peoplePermissions } from './permissions/people';
import { modulePermissions } from './permissions/modules';
import { mutationPermissions } from './permissions/mutations';
import { rootPermissions } from './permissions/root';
import { vocabularyPermissions } from './permissions/vocabulary';

/** Who is answered by each field: type, then field. */
export const permissions: Permissions = {
  ...rootPermissions,
  ...mutationPermissions,
  ...containerPermissions,
  ...modulePermissions,
  ...attributePermissions,
  ...vocabularyPermissions,
  ...peoplePermissions,
  ...discoveryPermissions,
};
