import type { Permissions } from '../permissions';
import { ifRole, ifTargetVisible, ifViewer, inherited, node, open } from './words';

/** The invited address answers the inviter alone, who typed it: people/invitation-fields.ts compares. */
const invitable = { ...open('acceptedAt expiresAt invitedEmail'), ...inherited('invitedBy') };

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
    // Whoever is invited is told the name, and sees the object itself only once they have a role.
    ...open('role containerName'),
    ...ifTargetVisible('project behavioralParadigm setup dataStorage inventory'),
    ...inherited('user group'),
  },
};
