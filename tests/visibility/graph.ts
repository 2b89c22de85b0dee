import { heldLists } from '../policy/holders';
import type { LinkName, TypeName } from '../world/world';

/** How a field of the graph leads from one row to others, said once more than in the server, so that the two can differ. */
export type Edge =
  /** To the row that a column of this one names. */
  | { leads: 'to'; type: TypeName; column: string }
  /** To the rows whose column names this one. */
  | { leads: 'back'; type: TypeName; column: string; order: readonly string[] }
  /** To the rows at the other end of a join table. */
  | { leads: 'across'; type: TypeName; link: LinkName }
  /** From a user to the rows of a type on which they have a role. */
  | { leads: 'held'; type: TypeName };

const to = (type: TypeName, column: string): Edge => ({ leads: 'to', type, column });
const back = (type: TypeName, column: string, ...order: string[]): Edge => ({ leads: 'back', type, column, order });
const across = (type: TypeName, link: LinkName): Edge => ({ leads: 'across', type, link });

const inSession = { session: to('Session', 'sessionId'), epoch: to('Epoch', 'epochId') };
const supplied = { supplier: to('Supplier', 'supplierId') };

export const graph: Readonly<Record<TypeName, Readonly<Record<string, Edge>>>> = {
  Project: {
    publications: across('Publication', 'project_publication'),
    contributors: back('Contributor', 'projectId', 'order'),
    subjects: across('Subject', 'project_subject'),
    sessions: across('Session', 'project_session'),
    collections: back('Collection', 'projectId'),
    cohorts: back('Cohort', 'projectId'),
    breedings: back('Breeding', 'projectId'),
    members: back('Membership', 'projectId'),
  },
  Contributor: { project: to('Project', 'projectId'), user: to('User', 'userId') },
  Collection: { project: to('Project', 'projectId'), sessions: across('Session', 'collection_session') },
  Cohort: { project: to('Project', 'projectId'), subjects: across('Subject', 'cohort_subject') },
  Breeding: {
    project: to('Project', 'projectId'),
    dam: to('Subject', 'damId'),
    sire: to('Subject', 'sireId'),
    offspring: across('Subject', 'breeding_offspring'),
    logEntries: back('BreedingLogEntry', 'breedingId', 'startedAt'),
  },
  BreedingLogEntry: { breeding: to('Breeding', 'breedingId') },
  Subject: {
    projects: across('Project', 'project_subject'),
    species: to('Species', 'speciesId'),
    strain: to('Strain', 'strainId'),
    supplier: to('Supplier', 'supplierId'),
    procedures: back('Procedure', 'subjectId', 'dateTime'),
    logs: back('SubjectLog', 'subjectId'),
    cohorts: across('Cohort', 'cohort_subject'),
    sessions: across('Session', 'session_subject'),
    bornOf: across('Breeding', 'breeding_offspring'),
    damOf: back('Breeding', 'damId'),
    sireOf: back('Breeding', 'sireId'),
  },
  Session: {
    projects: across('Project', 'project_session'),
    subjects: across('Subject', 'session_subject'),
    dataStorages: across('DataStorage', 'session_data_storage'),
    setups: across('Setup', 'session_setup'),
    epochs: back('Epoch', 'sessionId', 'start'),
    behaviors: back('Behavior', 'sessionId', 'order'),
    dataAcquisitions: back('DataAcquisition', 'sessionId', 'order'),
    manipulations: back('Manipulation', 'sessionId', 'order'),
    collections: across('Collection', 'collection_session'),
  },
  Epoch: {
    session: to('Session', 'sessionId'),
    behaviors: back('Behavior', 'epochId', 'order'),
    dataAcquisitions: back('DataAcquisition', 'epochId', 'order'),
    manipulations: back('Manipulation', 'epochId', 'order'),
  },
  Behavior: {
    ...inSession,
    subjects: across('Subject', 'behavior_subject'),
    setup: to('Setup', 'setupId'),
    behavioralParadigm: to('BehavioralParadigm', 'behavioralParadigmId'),
  },
  DataAcquisition: {
    ...inSession,
    procedures: across('Procedure', 'data_acquisition_procedure'),
    equipment: across('Equipment', 'data_acquisition_equipment'),
    dataStorage: to('DataStorage', 'dataStorageId'),
  },
  Manipulation: {
    ...inSession,
    procedures: across('Procedure', 'manipulation_procedure'),
    equipment: across('Equipment', 'manipulation_equipment'),
  },
  Procedure: {
    subject: to('Subject', 'subjectId'),
    consumableStock: to('ConsumableStock', 'consumableStockId'),
    equipment: across('Equipment', 'procedure_equipment'),
    brainRegion: to('BrainRegion', 'brainRegionId'),
    logs: back('ProcedureLog', 'procedureId'),
  },
  ProcedureLog: {
    procedure: to('Procedure', 'procedureId'),
    entries: back('ProcedureLogEntry', 'logId', 'startedAt'),
  },
  ProcedureLogEntry: { log: to('ProcedureLog', 'logId') },
  SubjectLog: { subject: to('Subject', 'subjectId'), entries: back('SubjectLogEntry', 'logId', 'startedAt') },
  SubjectLogEntry: { log: to('SubjectLog', 'logId') },
  BehavioralParadigm: {
    category: to('BehavioralCategory', 'categoryId'),
    setupType: to('SetupType', 'setupTypeId'),
    behaviors: back('Behavior', 'behavioralParadigmId'),
    members: back('Membership', 'behavioralParadigmId'),
  },
  Setup: {
    setupType: to('SetupType', 'setupTypeId'),
    equipment: back('Equipment', 'setupId'),
    behaviors: back('Behavior', 'setupId'),
    members: back('Membership', 'setupId'),
  },
  Equipment: {
    setup: to('Setup', 'setupId'),
    hardwareDevice: to('HardwareDevice', 'hardwareDeviceId'),
    consumable: to('Consumable', 'consumableId'),
  },
  DataStorage: {
    protocols: back('DataStorageProtocol', 'dataStorageId', 'order'),
    members: back('Membership', 'dataStorageId'),
  },
  DataStorageProtocol: { dataStorage: to('DataStorage', 'dataStorageId') },
  Inventory: {
    consumableStocks: back('ConsumableStock', 'inventoryId'),
    members: back('Membership', 'inventoryId'),
  },
  ConsumableStock: {
    inventory: to('Inventory', 'inventoryId'),
    consumable: to('Consumable', 'consumableId'),
    procedures: back('Procedure', 'consumableStockId'),
  },
  Species: { strains: back('Strain', 'speciesId'), subjects: back('Subject', 'speciesId') },
  Strain: { species: to('Species', 'speciesId'), subjects: back('Subject', 'strainId') },
  BrainRegion: { procedures: back('Procedure', 'brainRegionId') },
  SetupType: {},
  BehavioralCategory: {},
  Supplier: { hardwareDevices: back('HardwareDevice', 'supplierId'), consumables: back('Consumable', 'supplierId') },
  HardwareDevice: supplied,
  Consumable: supplied,
  Journal: { publications: back('Publication', 'journalId') },
  Publication: { journal: to('Journal', 'journalId'), projects: across('Project', 'project_publication') },
  User: {
    accessTokens: back('AccessToken', 'userId'),
    invitedToLead: across('Laboratory', 'laboratory_invited_investigator'),
    ...Object.fromEntries([...heldLists].map(([field, type]): [string, Edge] => [field, { leads: 'held', type }])),
  },
  AccessToken: {},
  Group: { members: back('GroupMembership', 'groupId'), laboratories: back('Laboratory', 'groupId') },
  GroupMembership: {
    group: to('Group', 'groupId'),
    user: to('User', 'userId'),
    invitedBy: to('User', 'invitedById'),
  },
  Laboratory: {
    group: to('Group', 'groupId'),
    principalInvestigators: across('User', 'laboratory_principal_investigator'),
    invitedInvestigators: across('User', 'laboratory_invited_investigator'),
  },
  Membership: {
    user: to('User', 'userId'),
    group: to('Group', 'groupId'),
    invitedBy: to('User', 'invitedById'),
  },
};
