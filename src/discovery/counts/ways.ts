import type { NodeName } from '../../model/ids';

/**
 * Where else to look than at an object itself for what it is counted by, one line for each type: what is at the end of such a way
 * lends its objects, closed lists, types and chosen texts (`subjects` lends SPECIES and SUBJECT_SEX).
 */
export const waysOn: Partial<Record<NodeName, readonly string[]>> = {
  Project: ['subjects', 'subjects.procedures', 'sessions.dataAcquisitions', 'sessions.manipulations', 'publications'],
  Collection: ['sessions.subjects', 'sessions.dataAcquisitions', 'sessions.manipulations'],
  Cohort: ['subjects', 'subjects.procedures'],
  Breeding: ['dam', 'sire', 'offspring'],
  Contributor: ['project'],
  Subject: ['projects', 'procedures', 'sessions.dataAcquisitions', 'sessions.manipulations'],
  Session: [
    ...['projects', 'subjects', 'subjects.procedures', 'dataAcquisitions', 'manipulations'],
    ...['setups', 'behaviors.setup', 'behaviors.behavioralParadigm', 'dataStorages'],
  ],
  Epoch: ['session.projects', 'behaviors.behavioralParadigm', 'dataAcquisitions', 'manipulations'],
  Behavior: ['session.projects', 'subjects', 'setup', 'behavioralParadigm'],
  DataAcquisition: ['session.projects', 'session.subjects', 'procedures', 'equipment'],
  Manipulation: ['session.projects', 'session.subjects', 'procedures', 'equipment'],
  Procedure: ['subject', 'subject.projects', 'consumableStock', 'equipment'],
  ProcedureLog: ['procedure'],
  SubjectLog: ['subject'],
  Equipment: ['setup', 'hardwareDevice', 'consumable'],
  Setup: ['equipment'],
  DataStorageProtocol: ['dataStorage'],
  Inventory: ['consumableStocks'],
  ConsumableStock: ['consumable'],
  BrainRegion: ['procedures'],
  Publication: ['projects'],
};

/** Texts that many objects have in common: other ones are names, or notes, and tell each object from the others. */
export const textsToCountBy: Partial<Record<NodeName, readonly string[]>> = {
  Project: ['license'],
  Contributor: ['affiliation'],
  Subject: ['geneticLine', 'genotype'],
  Laboratory: ['institution', 'country'],
  DataStorageProtocol: ['protocol'],
};

/** The fields that say when what an object tells of happened: counted by as YEAR and MONTH, without their name. */
export const happenedAt: readonly string[] = [
  'startedAt',
  'startedOn',
  'dateTime',
  'publishedOn',
  'installedAt',
  'acquiredOn',
];
