import type { NodeName } from '../model/ids';
import type { Role } from '../domain/people/role';
import {
  administrator,
  allOf,
  anyLinked,
  anyOf,
  anyReferring,
  everyone,
  flag,
  groupRole,
  of,
  onlySeen,
  role,
  self,
  signedIn,
  userIn,
  userLinked,
  type Ask,
  type Rule,
} from './rules';

/** For each type, who may see an object of it. Nothing else in the code decides this. */
export type Policy = Readonly<Record<NodeName, Rule>>;

const sharedOnItsOwn = anyOf(flag('isPublic'), role('MEMBER'));
const ofSession = of('sessionId', 'Session');
/** Whoever may accept an invitation sees it; inside `allOf` that counts for no role, not even on the invitation itself. */
const invited = (rule: Rule): Rule => allOf(rule);
/** Who can accept an invitation to a place: themself, or for a group that they manage. */
export const invitee: Rule = anyOf(userIn('userId'), userIn('claimedById'), of('groupId', 'Group', 'MANAGER'));
/** The same of one to a group, into which nobody but a user comes. */
export const groupInvitee: Rule = anyOf(userIn('userId'), userIn('claimedById'));
const onceApproved = anyOf(flag('isApproved'), userIn('proposedById'), administrator);

/** The table "Rules" of the visibility page, row by row. What you see depends on who you are and on the object alone. */
export const policy: Policy = {
  Project: sharedOnItsOwn,
  Subject: anyLinked('project_subject', 'Project', { kept: 'publicIn' }),
  Session: anyLinked('project_session', 'Project', { kept: 'publicIn' }),
  Collection: of('projectId', 'Project'),
  Cohort: of('projectId', 'Project'),
  Contributor: of('projectId', 'Project'),
  Breeding: of('projectId', 'Project'),
  BreedingLogEntry: of('breedingId', 'Breeding'),

  Procedure: of('subjectId', 'Subject'),
  ProcedureLog: of('procedureId', 'Procedure'),
  ProcedureLogEntry: of('logId', 'ProcedureLog'),
  SubjectLog: of('subjectId', 'Subject'),
  SubjectLogEntry: of('logId', 'SubjectLog'),

  Epoch: ofSession,
  Behavior: ofSession,
  DataAcquisition: ofSession,
  Manipulation: ofSession,

  BehavioralParadigm: sharedOnItsOwn,
  Setup: sharedOnItsOwn,
  DataStorage: sharedOnItsOwn,
  Inventory: sharedOnItsOwn,
  Equipment: of('setupId', 'Setup'),
  ConsumableStock: of('inventoryId', 'Inventory'),
  DataStorageProtocol: anyOf(
    allOf(flag('isPublic'), of('dataStorageId', 'DataStorage')),
    of('dataStorageId', 'DataStorage', 'MEMBER'),
  ),

  Species: onceApproved,
  Strain: onceApproved,
  BrainRegion: onceApproved,
  SetupType: onceApproved,
  BehavioralCategory: onceApproved,
  Supplier: onceApproved,
  HardwareDevice: onceApproved,
  Consumable: onceApproved,
  Journal: onceApproved,
  Publication: onceApproved,

  User: anyOf(
    signedIn,
    self,
    anyReferring('Contributor', 'userId'),
    // To lead an approved laboratory makes a person visible; who manages the laboratory's group does not manage the person.
    onlySeen(anyLinked('laboratory_principal_investigator', 'Laboratory')),
  ),
  Group: anyOf(everyone, groupRole('MEMBER')),
  GroupMembership: anyOf(of('groupId', 'Group', 'MEMBER'), invited(groupInvitee)),
  Laboratory: anyOf(
    flag('isApproved'),
    administrator,
    of('groupId', 'Group', 'MEMBER'),
    // Whoever proposed it: what they may do with it is a matter of their role in its group.
    onlySeen(userIn('proposedById')),
    // Whoever leads it, or is asked to.
    userLinked('laboratory_principal_investigator'),
    userLinked('laboratory_invited_investigator'),
  ),
  AccessToken: userIn('userId'),
  Membership: anyOf(
    of('projectId', 'Project', 'MEMBER'),
    of('behavioralParadigmId', 'BehavioralParadigm', 'MEMBER'),
    of('setupId', 'Setup', 'MEMBER'),
    of('dataStorageId', 'DataStorage', 'MEMBER'),
    of('inventoryId', 'Inventory', 'MEMBER'),
    invited(invitee),
  ),
};

/**
 * The rule behind a role, derived from the rule of visibility: the same way to the containers, and at its end the role
 * that is asked for. What opens an object to the public gives nobody a role.
 */
export function ruleFor(policyInForce: Policy, type: NodeName, ask: Ask): Rule {
  const rule = policyInForce[type];
  return ask === 'visible' ? rule : withRole(rule, ask);
}

const nobody: Rule = anyOf();

function withRole(rule: Rule, atLeast: Role): Rule {
  switch (rule.kind) {
    case 'role':
    case 'groupRole':
      return { ...rule, atLeast };
    case 'of':
    case 'anyLinked':
      return { ...rule, ask: atLeast };
    case 'anyOf':
      return anyOf(...rule.rules.map((part) => withRole(part, atLeast)));
    case 'administrator':
    case 'self':
    case 'userIn':
      return rule;
    case 'everyone':
    case 'signedIn':
    case 'userLinked':
    case 'flag':
    case 'anyReferring':
    case 'allOf':
      return nobody;
  }
}

/** Whether one thing is enough to see something of a type: no rule on the way to it asks for several at once. */
export function isSeenByOne(policyInForce: Policy, type: NodeName): boolean {
  const isOne = (rule: Rule): boolean => {
    switch (rule.kind) {
      case 'allOf':
        return rule.rules.length < 2 && rule.rules.every(isOne);
      case 'anyOf':
        return rule.rules.every(isOne);
      case 'of':
      case 'anyLinked':
      case 'anyReferring':
        return isSeenByOne(policyInForce, rule.type);
      default:
        return true;
    }
  };
  return isOne(policyInForce[type]);
}
