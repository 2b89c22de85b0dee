import type { Permissions } from '../permission';
import { containerTypes, sharedTypes, writableTypes } from '../../model/families';
import { fieldName } from '../../model/names';
import { contentCounts } from '../../model/types';
import { ifMayAct, inherited, open } from './kinds';

const writes = writableTypes.flatMap((type) => [`create${type}`, `update${type}`, `delete${type}`]);

const publishes = containerTypes.flatMap((type) => [`publish${type}`, `revoke${type}`]);

const opened = [...containerTypes, ...sharedTypes];

const counts = Object.keys(contentCounts).join(' ');

/** What every payload has, with the object that it is about; `query` decides for itself, field by field. */
const about = (object: string, more = ''): ReturnType<typeof open> =>
  open(`${object} changed message query ${more}`.trim());

/** Who may attempt a mutation. Which role it takes is asked by the mutation itself, in its transaction. */
export const mutationPermissions: Permissions = {
  Mutation: {
    ...ifMayAct('PUBLISH', publishes.join(' ')),
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
  // Given to nobody but who made the change, and sees what it is about.
  ...Object.fromEntries(writableTypes.map((type) => [`${type}Payload`, about(fieldName(type), 'isPublic')])),
  ...Object.fromEntries(
    opened.map((type) => [
      `${type}VisibilityPayload`,
      about(fieldName(type), `isPublic confirmationRequired impact${type === 'Project' ? ' stillPublic' : ''}`),
    ]),
  ),
  DeletePayload: about('deletedId', 'revoked'),
  UnlinkSubjectPayload: about('subject', 'unlinkedId isPublic revoked'),
  UnlinkSessionPayload: about('session', 'unlinkedId isPublic revoked'),
  ProposalPayload: about('proposal'),
  GroupPayload: about('group'),
  GroupMembershipPayload: about('groupMembership'),
  MembershipPayload: about('membership'),
  InvitationPayload: about('invitation'),
  RemovalPayload: about('removedId'),
  RemovePrincipalInvestigatorPayload: about('laboratory', 'isPublic'),
  AccessTokenPayload: about('accessToken'),
  CreateAccessTokenPayload: about('accessToken', 'token'),
  ImportProjectPayload: about('project', 'created updated unchanged rejected isPublic faults'),
  ImportFault: open('entry key path code message'),
  VisibilityImpact: open(
    `${counts} sharedSubjects sharedSessions sharedOutOfSight stillHidden stillHiddenCount digest`,
  ),
  ContentCounts: open(counts),
  HiddenAttribute: open('type references paths id name canPublish'),
  // An owner has an account, and whoever has one sees every user.
  VisibilityChange: { ...open('action happenedAt actor userName tokenName'), ...inherited('user') },
};
