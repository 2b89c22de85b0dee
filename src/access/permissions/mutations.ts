import type { Permissions } from '../permissions';
import { ifMayAct, open } from './words';

/** Who may attempt a mutation. Which role it takes is asked by the mutation itself, in its transaction. */
export const mutationPermissions: Permissions = {
  Mutation: {
    ...ifMayAct('PUBLISH', 'publishProject revokeProject publishBehavioralParadigm revokeBehavioralParadigm'),
    ...ifMayAct(
      'PUBLISH',
      'publishSetup revokeSetup publishInventory revokeInventory publishDataStorage revokeDataStorage',
    ),
    ...ifMayAct('WRITE', 'importProject'),
    ...ifMayAct('READ', 'createAccessToken revokeAccessToken'),
  },
  // Given to nobody but the owner who publishes or revokes.
  PublicationResult: open('changed isPublic confirmationRequired message impact stillPublic object'),
  PublicationImpact: open(
    'subjects procedures sessions epochs modules logs collections cohorts equipment consumableStocks protocols sharedSubjects sharedSessions stillHidden digest',
  ),
  ContentCounts: open(
    'subjects procedures sessions epochs modules logs collections cohorts equipment consumableStocks protocols',
  ),
  HiddenAttribute: open('type references paths id name canPublish'),
  PublicationEvent: open('action happenedAt actor userName tokenName'),
  // Given to nobody but the importer.
  ImportResult: open('project created updated unchanged rejected isPublic faults'),
  ImportFault: open('entry key path code message'),
  CreatedToken: open('token accessToken'),
};
