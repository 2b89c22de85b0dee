import type { Permissions } from '../permissions';
import { writableTypes } from '../../writing/writable-types';
import { ifMayAct, open } from './words';

const writes = writableTypes.flatMap((type) => [`create${type}`, `update${type}`, `delete${type}`]);

/** Who may attempt a mutation. Which role it takes is asked by the mutation itself, in its transaction. */
export const mutationPermissions: Permissions = {
  Mutation: {
    ...ifMayAct('PUBLISH', 'publishProject revokeProject publishBehavioralParadigm revokeBehavioralParadigm'),
    ...ifMayAct(
      'PUBLISH',
      'publishSetup revokeSetup publishInventory revokeInventory publishDataStorage revokeDataStorage',
    ),
    ...ifMayAct('WRITE', 'inviteMember changeMemberRole removeMember leave acceptInvitation declineInvitation'),
    ...ifMayAct('WRITE', 'createGroup updateGroup deleteGroup inviteGroupMember changeGroupMemberRole'),
    ...ifMayAct('WRITE', 'removeGroupMember leaveGroup'),
    ...ifMayAct('WRITE', writes.join(' ')),
    ...ifMayAct('WRITE', 'linkSubject unlinkSubject linkSession unlinkSession approveProposal rejectProposal'),
    ...ifMayAct('WRITE', 'invitePrincipalInvestigator acceptPrincipalInvestigator removePrincipalInvestigator'),
    ...ifMayAct('WRITE', 'withdrawCredit'),
    ...ifMayAct('WRITE', 'importProject'),
    ...ifMayAct('READ', 'createAccessToken revokeAccessToken'),
  },
  // Given to nobody but the owner who publishes or revokes.
  PublicationResult: open('changed isPublic confirmationRequired message impact stillPublic object'),
  PublicationImpact: open(
    'subjects procedures sessions epochs modules logs collections cohorts equipment consumableStocks protocols sharedSubjects sharedSessions sharedOutOfSight stillHidden stillHiddenCount digest',
  ),
  ContentCounts: open(
    'subjects procedures sessions epochs modules logs collections cohorts equipment consumableStocks protocols',
  ),
  HiddenAttribute: open('type references paths id name canPublish'),
  PublicationEvent: open('action happenedAt actor userName tokenName'),
  // Given to nobody but the writer, who sees what they have written.
  ...Object.fromEntries(writableTypes.map((type) => [`${type}Written`, open('object changed isPublic message')])),
  Deleted: open('id type message revoked'),
  Unlinked: open('id changed isPublic message revoked'),
  DecidedProposal: open('object changed message'),
  // Given to nobody but the importer.
  ImportResult: open('project created updated unchanged rejected isPublic faults'),
  ImportFault: open('entry key path code message'),
  CreatedToken: open('token accessToken'),
};
