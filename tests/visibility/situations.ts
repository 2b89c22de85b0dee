import { heldLists } from '../policy/holders';
import type { Oracle } from '../policy/oracle';
import type { TypeName } from '../world/world';
import { graph } from './graph';
import { reach } from './reach';

/** What everybody sees all of. */
export const alwaysVisible: readonly TypeName[] = ['Group'];

/** Whether a viewer sees some of a type, and fails to see some. */
export function sidesOf(oracle: Oracle, type: TypeName): { sees: boolean; misses: boolean } {
  const verdicts = oracle.world.rows[type].map((row) => oracle.sees(type, row));
  return { sees: verdicts.includes(true), misses: verdicts.includes(false) };
}

/** The edges, `Type.field`, on which some viewer stands at a visible object before a far end that is (not) visible. */
export function edgesWith(farEnd: 'visible' | 'hidden', oracles: readonly Oracle[]): Set<string> {
  const found = new Set<string>();
  for (const oracle of oracles) {
    for (const type of Object.keys(graph) as TypeName[]) {
      const seen = oracle.world.rows[type].filter((row) => oracle.sees(type, row));
      for (const [field, edge] of Object.entries(graph[type])) {
        const far = seen
          .filter((row) => oracle.seesField(type, row, field))
          .flatMap((row) => reach(oracle.world, type, row, edge));
        if (far.some((row) => oracle.sees(edge.type, row) === (farEnd === 'visible'))) found.add(`${type}.${field}`);
      }
    }
  }
  return found;
}

/** The edges whose two ends are visible to the same viewers: on these nothing can be hidden. */
export const withinOneBorder: readonly string[] = [
  ...['contributors', 'subjects', 'sessions', 'collections', 'cohorts', 'breedings', 'members'].map(
    (field) => `Project.${field}`,
  ),
  ...['Contributor.project', 'Contributor.user', 'Collection.project', 'Collection.sessions'],
  ...['Cohort.project', 'Cohort.subjects', 'Subject.procedures', 'Subject.logs'],
  ...['Breeding.project', 'Breeding.logEntries', 'BreedingLogEntry.breeding'],
  ...['epochs', 'behaviors', 'dataAcquisitions', 'manipulations'].map((field) => `Session.${field}`),
  ...['session', 'behaviors', 'dataAcquisitions', 'manipulations'].map((field) => `Epoch.${field}`),
  ...['Behavior', 'DataAcquisition', 'Manipulation'].flatMap((type) => [`${type}.session`, `${type}.epoch`]),
  ...['Procedure.subject', 'Procedure.logs', 'ProcedureLog.procedure', 'ProcedureLog.entries'],
  ...['ProcedureLogEntry.log', 'SubjectLog.subject', 'SubjectLog.entries', 'SubjectLogEntry.log'],
  ...['BehavioralParadigm.members', 'Setup.members', 'Setup.equipment', 'Equipment.setup', 'DataStorage.members'],
  ...[
    'DataStorageProtocol.dataStorage',
    'Inventory.members',
    'Inventory.consumableStocks',
    'ConsumableStock.inventory',
  ],
  ...['User.accessTokens', 'User.invitedToLead', ...[...heldLists.keys()].map((field) => `User.${field}`)],
  ...['Group.members', 'GroupMembership.group', 'GroupMembership.user', 'GroupMembership.invitedBy'],
  ...['Laboratory.group', 'Laboratory.principalInvestigators', 'Laboratory.invitedInvestigators'],
  ...['Membership.user', 'Membership.group', 'Membership.invitedBy'],
];

export function allEdges(): string[] {
  return Object.entries(graph).flatMap(([type, edges]) => Object.keys(edges).map((field) => `${type}.${field}`));
}
