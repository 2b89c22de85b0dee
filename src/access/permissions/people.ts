import type { Permissions } from '../permission';
import { filtered, ifNamedVisible, ifRole, ifRoleOrUntil, ifViewer, ifViewerIn, inherited, node, open } from './kinds';

const invitable = {
  ...open('acceptedAt expiresAt'),
  ...inherited('invitedBy'),
  // Whoever typed the address.
  ...ifViewerIn('invitedById', 'invitedEmail'),
};

/** Accounts, groups and roles. */
export const peoplePermissions: Permissions = {
  User: {
    ...node,
    ...open('name orcid website'),
    ...ifViewer('email accessTokens invitations invitedToLead'),
    ...ifViewer('projects setups behavioralParadigms dataStorages inventories recentlyEdited'),
  },
  Group: { ...node, ...open('name'), ...filtered('laboratories'), ...ifRole('MEMBER', 'members') },
  GroupMembership: { ...node, ...invitable, ...open('role'), ...inherited('group user') },
  Laboratory: {
    ...node,
    ...open('name institution department city country website isApproved'),
    ...inherited('group principalInvestigators'),
    ...ifRole('MEMBER', 'rejectionComment'),
    ...ifRole('MANAGER', 'invitedInvestigators'),
  },
  AccessToken: { ...node, ...open('name scopes expiresAt lastUsedAt revokedAt') },
  Membership: {
    ...node,
    ...invitable,
    ...open('role'),
    // Whoever is invited is told the name while they can accept, and sees the object itself once they have a role.
    ...ifRoleOrUntil('MEMBER', 'expiresAt', 'containerName'),
    ...ifNamedVisible('projectId behavioralParadigmId setupId dataStorageId inventoryId', 'container'),
    ...inherited('user group'),
  },
};
