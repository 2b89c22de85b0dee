import type { Entry, SourceTree } from '../../src/importing/entry';
import type { NodeName } from '../../src/model/ids';
import { type ModuleKind, ModuleTypes } from '../../src/module/module-types';

const moduleTypes = new ModuleTypes();

/** The fields that refer to other entries, and the type that they refer to. */
const references: Record<string, NodeName> = {
  ...{ session: 'Session', subject: 'Subject', setup: 'Setup', inventory: 'Inventory', dataStorage: 'DataStorage' },
  ...{ species: 'Species', strain: 'Strain', supplier: 'Supplier', setupType: 'SetupType', epoch: 'Epoch' },
  ...{ consumable: 'Consumable', consumableStock: 'ConsumableStock', hardwareDevice: 'HardwareDevice' },
  ...{ brainRegion: 'BrainRegion', behavioralParadigm: 'BehavioralParadigm' },
  ...{
    subjects: 'Subject',
    sessions: 'Session',
    dataStorages: 'DataStorage',
    procedures: 'Procedure',
    equipment: 'Equipment',
  },
};

/** What must be there, by type. */
const required: Partial<Record<NodeName, string[]>> = {
  Project: ['name'],
  Subject: ['name', 'species', 'sex'],
  Session: ['name'],
  Epoch: ['session', 'name'],
  Behavior: ['session', 'subjects', 'setup', 'behavioralParadigm'],
  DataAcquisition: ['session', 'moduleType'],
  Manipulation: ['session', 'moduleType'],
  Procedure: ['subject', 'moduleType'],
  SubjectLog: ['subject', 'moduleType'],
  SubjectLogEntry: ['log', 'startedAt'],
  BehavioralParadigm: ['name', 'setupType'],
  Setup: ['name', 'setupType'],
  Equipment: ['setup', 'name', 'moduleType'],
  DataStorage: ['name'],
  DataStorageProtocol: ['dataStorage', 'protocol', 'path'],
  Inventory: ['name'],
  ConsumableStock: ['inventory', 'consumable', 'moduleType'],
  Species: ['name'],
  Strain: ['name', 'species'],
  BrainRegion: ['name', 'acronym', 'atlas'],
  SetupType: ['name', 'category'],
  Supplier: ['name'],
  HardwareDevice: ['name', 'supplier'],
  Consumable: ['name', 'supplier'],
  Contributor: ['name', 'roles'],
};

const lengths: Record<string, number> = {
  notes: 500,
  location: 100,
  genotype: 200,
  identifier: 100,
  nameUsedInStorage: 200,
  license: 60,
  acronym: 15,
  performedBy: 200,
};
const nameLengths: Partial<Record<NodeName, number>> = {
  Project: 200,
  Session: 200,
  BehavioralParadigm: 200,
  BrainRegion: 200,
  Contributor: 200,
};
const kinds: Partial<Record<NodeName, ModuleKind>> = {
  DataAcquisition: 'DATA_ACQUISITION',
  Manipulation: 'MANIPULATION',
  Procedure: 'PROCEDURE',
  Equipment: 'EQUIPMENT',
  ConsumableStock: 'CONSUMABLE_STOCK',
};
const days = ['birthDate', 'deathDate', 'acquiredOn', 'expiresOn', 'installedAt'];
const instants = ['startedAt', 'endedAt', 'dateTime'];

/** Every way in which a tree of entries breaks the rules that any tree must keep. Empty for a good tree. */
export function brokenEntries({ entries }: SourceTree): string[] {
  const byKey = new Map(entries.map((entry) => [entry.key, entry]));
  const projects = entries.filter(({ type }) => type === 'Project').length;
  return [
    ...(byKey.size === entries.length ? [] : [`${entries.length - byKey.size} keys are used twice`]),
    ...(projects === 1 ? [] : [`${projects} projects`]),
    ...entries.flatMap((entry) => brokenEntry(entry, byKey).map((problem) => `${entry.type} ${entry.key}: ${problem}`)),
    ...brokenOrders(entries),
    ...brokenNames(entries),
  ];
}

function brokenEntry(entry: Entry, byKey: Map<string, Entry>): string[] {
  const missing = (required[entry.type] ?? [`${entry.type} is unexpected`]).filter((field) => isNothing(entry[field]));
  return [
    ...missing.map((field) => `has no ${field}`),
    ...('isPublic' in entry ? ['says whether it is public'] : []),
    ...brokenReferences(entry, byKey),
    ...brokenTexts(entry),
    ...brokenModule(entry, byKey),
    ...brokenTimes(entry),
    ...brokenExtraFields(entry),
  ];
}

function isNothing(value: unknown): boolean {
  return value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0);
}

function brokenReferences(entry: Entry, byKey: Map<string, Entry>): string[] {
  const logs: [string, NodeName][] = entry.type === 'SubjectLogEntry' ? [['log', 'SubjectLog']] : [];
  return [...Object.entries(references), ...logs].flatMap(([field, type]) => {
    const value = entry[field];
    const keys = Array.isArray(value) ? (value as unknown[]) : value === undefined ? [] : [value];
    return keys
      .filter((key) => byKey.get(String(key))?.type !== type)
      .map((key) => `${field} refers to no ${type}: ${String(key)}`);
  });
}

function brokenTexts(entry: Entry): string[] {
  const limits = { ...lengths, name: nameLengths[entry.type] ?? 100 };
  return Object.entries(limits).flatMap(([field, limit]) => {
    const text = entry[field];
    if (text === undefined) return [];
    const isGood = typeof text === 'string' && text !== '' && text === text.trim() && text.length <= limit;
    return isGood ? [] : [`${field} is ${JSON.stringify(text)}`];
  });
}

function brokenModule(entry: Entry, byKey: Map<string, Entry>): string[] {
  const isLog = entry.type === 'SubjectLogEntry';
  const kind = isLog ? 'SUBJECT_LOG' : kinds[entry.type];
  if (!kind) return [];
  const described = isLog ? byKey.get(String(entry.log)) : entry;
  const found = moduleTypes.find(kind, String(described?.moduleType), String(described?.schemaVersion));
  if (!found) return [`has the unknown type ${String(described?.moduleType)}`];
  const faults = moduleTypes.faults(found, entry.details);
  return [...faults, ...coordinateFaults(entry)].map(({ path, message }) => `details${path} ${message}`);
}

function coordinateFaults(entry: Entry): { path: string; message: string }[] {
  if (entry.coordinateSystem === undefined)
    return entry.coordinates === undefined ? [] : [{ path: '', message: 'coordinates of nothing' }];
  const system = moduleTypes.find('COORDINATES', entry.coordinateSystem as string);
  return system ? moduleTypes.faults(system, entry.coordinates) : [{ path: '', message: 'unknown coordinate system' }];
}

function brokenTimes(entry: Entry): string[] {
  const badDays = days.filter(
    (field) => entry[field] !== undefined && !/^\d{4}-\d\d-\d\d$/.test(entry[field] as string),
  );
  const badInstants = instants.filter((field) => {
    const text = entry[field];
    return text !== undefined && (typeof text !== 'string' || new Date(text).toISOString() !== text);
  });
  const [start, end] = [entry.start, entry.end];
  const isBackwards = typeof start === 'number' && typeof end === 'number' && end < start;
  return [...badDays, ...badInstants, ...(isBackwards ? ['end'] : [])].map((field) => `${field} is no time`);
}

function brokenExtraFields(entry: Entry): string[] {
  const fields = Object.entries((entry.extraFields ?? {}) as Record<string, unknown>);
  const bad = fields.filter(
    ([key, value]) => !/^[A-Za-z][A-Za-z0-9_]*$/.test(key) || !(typeof value === 'string' || Number.isFinite(value)),
  );
  return bad.map(([key]) => `the extra field ${key}`);
}

/** Modules of one session stand one after the other. */
function brokenOrders(entries: Entry[]): string[] {
  const places = entries
    .filter(({ order, session }) => order !== undefined && session !== undefined)
    .map(({ type, session, order }) => `${type} of ${String(session)} at ${String(order)}`);
  return places.filter((place, index) => places.indexOf(place) !== index).map((place) => `two modules: ${place}`);
}

/** Names that are unique in a vocabulary. */
function brokenNames(entries: Entry[]): string[] {
  const vocabularies: NodeName[] = ['Species', 'Strain', 'SetupType', 'Supplier', 'HardwareDevice', 'Consumable'];
  const names = entries
    .filter(({ type }) => vocabularies.includes(type))
    .map(({ type, name }) => `${type} ${String(name)}`);
  return names.filter((name, index) => names.indexOf(name) !== index).map((name) => `two entries are called ${name}`);
}
