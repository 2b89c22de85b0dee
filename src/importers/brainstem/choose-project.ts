import { attributeTypes, isOneOf, isShared, isTerm, withinAttributes } from '../../model/families';
import type { NodeName } from '../../model/ids';
import { writableFields } from '../../tree/writable';
import { ImportError } from '../import-error';
import { listOf } from '../json';
import { useOf } from './fields';
import { idIn, type Records, type SourceRecord } from './records';

/** The project that a tree is of: its id, and its record where the export holds that. */
export interface ChosenProject {
  id: string;
  record: SourceRecord | undefined;
}

/**
 * The one project of an export, or the one that is asked for. Throws an ImportError for an export of none, and for one of
 * several where nobody has said which.
 */
export function chooseProject(records: Records, wanted: string | null, path: string): ChosenProject {
  const named = new Set(records.of('Project').map(({ id }) => id));
  const others = new Set(records.all.flatMap((record) => [...projectsOf(record)]));
  const all = named.size > 0 ? [...named] : [...others];
  if (wanted !== null) {
    const id = all.find((one) => one === wanted.toLowerCase() || records.nameOf(one) === wanted);
    if (id !== undefined) return { id, record: records.get(id) };
    const what = `The export has no project ${wanted}.`;
    throw new ImportError({ file: path, what, remedy: `It has ${list(all, records)}.` });
  }
  if (all.length === 1) return { id: all[0]!, record: records.get(all[0]!) };
  const what = all.length === 0 ? 'The export names no project.' : `The export holds ${all.length} projects.`;
  const remedy =
    all.length === 0
      ? 'Add the project as the API gives it: …/api/private/stem/project/<id>/.'
      : `Say which one by --of <id>: ${list(all, records)}.`;
  throw new ImportError({ file: path, what, remedy });
}

const mostNamed = 20;

function list(ids: readonly string[], records: Records): string {
  const named = ids.slice(0, mostNamed).map((id) => `${id} (${records.nameOf(id)})`);
  return [...named, ...(ids.length > mostNamed ? [`… ${ids.length - mostNamed} more`] : [])].join(', ');
}

/** What is in one project, and names it. */
const ofOneProject: readonly NodeName[] = ['Collection', 'Cohort', 'Breeding'];

/** The projects that a record says it is in. */
function projectsOf({ type, fields }: SourceRecord): Set<string> {
  const stated = isShared(type) ? fields.projects : isOneOf(ofOneProject, type) ? fields.project : null;
  return new Set(listOf(stated).flatMap((one) => idIn(one) ?? []));
}

/** The records of a project: what is in it, what belongs to that, and the attributes and terms that it refers to. */
export function recordsOfProject(records: Records, project: ChosenProject): Set<SourceRecord> {
  const isOnly = records.of('Project').length < 2;
  const chosen = new Set(records.all.filter((record) => isWithin(record, project, isOnly)));
  for (let before = -1; before !== chosen.size;) {
    before = chosen.size;
    for (const record of records.all) if (!chosen.has(record) && belongsTo(record, records, chosen)) chosen.add(record);
    for (const record of [...chosen])
      for (const id of referencesOf(record)) {
        const other = records.get(id);
        // What is in projects is only there where it says so itself.
        if (other && (isTerm(other.type) || isOneOf(withinAttributes, other.type))) chosen.add(other);
      }
  }
  return chosen;
}

function isWithin(record: SourceRecord, { id }: ChosenProject, isOnly: boolean): boolean {
  if (record.type === 'Project') return record.id === id;
  const isOfProjects = isShared(record.type) || isOneOf(ofOneProject, record.type);
  if (!isOfProjects) return isOnly && (isTerm(record.type) || isOneOf(attributeTypes, record.type));
  const projects = projectsOf(record);
  return projects.has(id) || (projects.size === 0 && isOnly);
}

function belongsTo({ type, fields }: SourceRecord, records: Records, chosen: ReadonlySet<SourceRecord>): boolean {
  const parent = parentField(type);
  const owner = parent === undefined ? undefined : records.get(idOfField(type, fields, parent));
  return owner !== undefined && chosen.has(owner);
}

/** The field that names what an object belongs to. */
export function parentField(type: NodeName): string | undefined {
  return writableFields(type).find(({ isParent }) => isParent)?.name;
}

function idOfField(type: NodeName, fields: SourceRecord['fields'], name: string): string | null {
  const found = Object.entries(fields).find(([key]) => {
    const use = useOf(type, key);
    return 'field' in use && use.field.name === name;
  });
  return idIn(found?.[1]);
}

function referencesOf({ type, fields }: SourceRecord): string[] {
  return Object.entries(fields).flatMap(([key, value]) => {
    const use = useOf(type, key);
    if (!('field' in use) || use.field.is !== 'reference') return [];
    return listOf(value).flatMap((one) => idIn(one) ?? []);
  });
}
