import type { NodeName } from '../../model/ids';
import { writableFields, type WritableField } from '../../tree/writable';
import { plainSpelling } from '../spelled-values';

/** Fields of BrainSTEM whose names are not ours; all others are the same in another spelling: `genetic_line`. */
const calledOtherwise: Readonly<Record<string, string>> = {
  ...{ type: 'moduleType', type_schema_version: 'schemaVersion', download_links: 'repositoryLinks' },
  ...{ subject_identifier: 'identifier', datastorage: 'dataStorages', behavioralassay: 'behavioralParadigm' },
  ...{ coordinates_system: 'coordinateSystem', coordinates_details: 'coordinates' },
  ...{ acquisition_date: 'acquiredOn', expiration_date: 'expiresOn' },
  ...{ publication_url: 'url', publication_date: 'publishedOn', data_organization: 'organization' },
};

const calledOtherwiseIn: Readonly<Partial<Record<NodeName, Readonly<Record<string, string>>>>> = {
  Session: { date_time: 'startedAt' },
  Equipment: { date_time: 'installedAt' },
  Breeding: {
    ...{ mother: 'dam', father: 'sire', start_date: 'startedOn', end_date: 'endedOn', weaning_date: 'weanedOn' },
  },
};

/** Why a field is left out, though it says something. */
const leftOut: Readonly<Record<string, string>> = {
  ...{ is_public: 'nothing is published by an import', users: 'nobody is given a role by an import' },
  ...{ groups: 'nobody is given a role by an import', user: 'users are not imported' },
  ...{ links: 'addresses of the API', rrid_url: 'follows from the RRID' },
  ...{ created_at: 'the server notes its own', updated_at: 'the server notes its own' },
  ...{ type_schema_version: 'details follow the newest version', coordinates_schema_version: 'as are coordinates' },
};

/** Lists of what belongs to an object: those say so themselves. */
const saidByOthers: Readonly<Partial<Record<NodeName, readonly string[]>>> = {
  Project: ['subjects', 'sessions', 'collections', 'cohorts', 'breedings'],
  Subject: ['projects', 'breeding', 'procedures', 'subjectlogs', 'subject_logs'],
  Session: ['projects', 'epochs', 'behaviors', 'dataacquisition', 'data_acquisitions', 'manipulations'],
  Collection: ['project'],
  Cohort: ['project'],
  Breeding: ['project'],
  Procedure: ['procedurelogs', 'procedure_logs'],
  Setup: ['equipment'],
  Inventory: ['consumablestocks', 'consumable_stocks'],
};

/** What becomes of a field of a record. */
export type FieldUse = { field: WritableField } | { leftOut: string } | { saidByOthers: true } | { kept: true };

const known = new Map<string, FieldUse>();

export function useOf(type: NodeName, name: string): FieldUse {
  const use = known.get(`${type} ${name}`) ?? readUse(type, name);
  known.set(`${type} ${name}`, use);
  return use;
}

function readUse(type: NodeName, name: string): FieldUse {
  if (saidByOthers[type]?.includes(name)) return { saidByOthers: true };
  if (Object.hasOwn(leftOut, name)) return { leftOut: leftOut[name]! };
  const called =
    calledOtherwiseIn[type]?.[name] ?? (Object.hasOwn(calledOtherwise, name) ? calledOtherwise[name] : null);
  const fields = writableFields(type);
  const field = called
    ? fields.find((one) => one.name === called)
    : fields.find((one) => plainSpelling(one.name) === plainSpelling(name));
  return field ? { field } : { kept: true };
}
