import type { Permissions } from '../permissions';
import { ifRole, ifRoleOrUntil, ifTargetVisible, ifViewer, ifViewerIn, inherited, node, open } from './words';

const invitable = {
  ...open('acceptedAt expiresAt'),
  ...inherited('invitedBy'),
  // Whoever typed the address.
  ...ifViewerIn('invitedById', 'invitedEmail'),
};

/** Accounts, groups and roles. */
export const peoplePermissions: Permissions = {
  User: { ...node, ...open('name orcid website'), ...ifViewer('email accessTokens invitations') },
  Group: { ...node, ...open('name'), ...inherited('laboratories'), ...ifRole('MEMBER', 'members') },
  GroupMembership: { ...node, ...invitable, ...open('role'), ...inherited('group user') },
  Laboratory: {
    ...node,
    ...open('name institution department city country website'),
    ...inherited('group principalInvestigators'),
  },
  AccessToken: { ...node, ...open('name scopes expiresAt lastUsedAt revokedAt') },
  Membership: {
    ...node,
    ...invitable,
    ...open('role'),
    // Whoever is invited is told the name while they can accept, and sees the object itself once they have a role.
    ...ifRoleOrUntil('MEMBER', 'expiresAt', 'containerName'),
    ...ifTargetVisible('project behavioralParadigm setup dataStorage inventory'),
    ...inherited('user group'),
  },
};
