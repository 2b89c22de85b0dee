import type { Permissions } from '../permissions';
import { ifRole, ifViewer, inherited, node, open } from './words';

/** Accounts, groups and roles. */
export const peoplePermissions: Permissions = {
  User: { ...node, ...open('name orcid website'), ...ifViewer('email accessTokens') },
  Group: { ...node, ...open('name'), ...inherited('laboratories'), ...ifRole('MEMBER', 'members') },
  GroupMembership: { ...node, ...open('role'), ...inherited('group user') },
  Laboratory: {
    ...node,
    ...open('name institution department city country website'),
    ...inherited('group principalInvestigators'),
  },
  AccessToken: { ...node, ...open('name scopes expiresAt lastUsedAt revokedAt') },
  Membership: {
    ...node,
    ...open('role'),
    ...inherited('project behavioralParadigm setup dataStorage inventory user group'),
  },
};
