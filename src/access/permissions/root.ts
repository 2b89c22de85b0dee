import type { Permissions } from '../permissions';
import { filtered, ifRoleOnArgument, ifTargetVisible, open } from './words';

/** Where every query begins. */
export const rootPermissions: Permissions = {
  Query: {
    ...ifTargetVisible('node project subject session collection cohort'),
    ...ifTargetVisible('epoch behavior dataAcquisition manipulation procedure procedureLog subjectLog'),
    ...ifTargetVisible('behavioralParadigm setup equipment dataStorage inventory consumableStock'),
    ...ifTargetVisible('species strain brainRegion setupType behavioralCategory'),
    ...ifTargetVisible('supplier hardwareDevice consumable journal publication'),
    ...ifTargetVisible('user group laboratory'),
    ...filtered('nodes projects subjects sessions collections cohorts'),
    ...filtered('epochs behaviors dataAcquisitions manipulations procedures procedureLogs subjectLogs'),
    ...filtered('behavioralParadigms setups allEquipment dataStorages inventories consumableStocks'),
    ...filtered('allSpecies strains brainRegions setupTypes behavioralCategories'),
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
