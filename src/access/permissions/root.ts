import type { Permissions } from '../permission';
import { filtered, ifRoleOnArgument, ifTargetVisible, open } from './words';

/** Where every query begins. */
export const rootPermissions: Permissions = {
  Query: {
    ...ifTargetVisible('node project contributor subject session collection cohort'),
    ...ifTargetVisible('epoch behavior dataAcquisition manipulation procedure procedureLog procedureLogEntry'),
    ...ifTargetVisible('subjectLog subjectLogEntry behavioralParadigm setup equipmentById dataStorage'),
    ...ifTargetVisible('dataStorageProtocol inventory consumableStock'),
    ...ifTargetVisible('speciesById strain brainRegion setupType behavioralCategory'),
    ...ifTargetVisible('supplier hardwareDevice consumable journal publication'),
    ...ifTargetVisible('user group laboratory'),
    ...filtered('nodes projects contributors subjects sessions collections cohorts'),
    ...filtered('epochs behaviors dataAcquisitions manipulations procedures procedureLogs procedureLogEntries'),
    ...filtered('subjectLogs subjectLogEntries behavioralParadigms setups equipment dataStorages'),
    ...filtered('dataStorageProtocols inventories consumableStocks'),
    ...filtered('species strains brainRegions setupTypes behavioralCategories'),
    ...filtered('suppliers hardwareDevices consumables journals publications'),
    ...filtered('users groups laboratories'),
    // An export decides field by field, as the fields below do: see exporting/.
    ...open('viewer moduleTypes exportProject'),
    ...ifRoleOnArgument('OWNER', 'Project', 'projectId', 'publishReadiness'),
  },
  // Given to nobody but the owner of the project.
  ReadinessFinding: open('severity code message path count object'),
  PageInfo: open('hasNextPage hasPreviousPage startCursor endCursor'),
};
