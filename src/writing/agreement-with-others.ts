import type { EntityManager } from 'typeorm';
import { approvedAmong } from '../access/flags';
import { quote } from '../database/sql';
import { endsFor } from '../model/links';
import { snakeCase } from '../model/names';
import { isWord, type WordType } from '../model/families';
import { classOf, nameOf } from '../model/node';
import { agreesToBeCredited } from '../people/credit.service';
import { kindOf } from '../domain/module/registry';
import { faultsOfDetails, type WholeRow } from './agreement';
import type { Fault } from './faults';
import { shapeOf, type LinkedList, type WritableType } from './shape';

/** What is being written, and the object as it would be. */
export interface Writing {
  type: WritableType;
  id: string | undefined;
  row: WholeRow;
  written: readonly string[];
  lists: ReadonlyMap<LinkedList, readonly string[]>;
  /** The user who writes; left out where nothing is written that is about others. */
  writerId?: string;
}

type Rule = (manager: EntityManager, writing: Writing) => Promise<Fault[]>;

/** A strain is of one species. */
const strainOfSpecies: Rule = async (manager, { row, written }) => {
  if (row['strainId'] == null || !(written.includes('strainId') || written.includes('speciesId'))) return [];
  const rows = await manager.query<unknown[]>(`SELECT 1 FROM "strain" WHERE "id" = $1 AND "species_id" = $2`, [
    row['strainId'],
    row['speciesId'],
  ]);
  return rows.length > 0
    ? []
    : [{ path: ['strain'], code: 'DISAGREES', message: '`strain` has to be a strain of `species`.' }];
};

/** Those references of a word, among these columns, that lead to a word which is not approved. */
export async function unapprovedReferences(
  manager: EntityManager,
  type: WritableType,
  row: WholeRow,
  among?: readonly string[],
): Promise<{ field: string; target: WordType }[]> {
  const found: { field: string; target: WordType }[] = [];
  for (const { field, column, target: targetOf } of shapeOf(type).references) {
    const target = nameOf(targetOf());
    if (!isWord(target) || row[column] == null || !(among?.includes(column) ?? true)) continue;
    const id = row[column] as string;
    if (!(await approvedAmong(manager, target, [id])).has(id)) found.push({ field, target });
  }
  return found;
}

/** A word for everybody does not come to refer to one that most do not see. */
const approvedAmongApproved: Rule = async (manager, { type, row, written }) => {
  if (!isWord(type) || row['isApproved'] !== true) return [];
  return (await unapprovedReferences(manager, type, row, written)).map(({ field, target }) => ({
    path: [field],
    code: 'DISAGREES',
    message: `This ${target} is a proposal itself: approve that one first.`,
  }));
};

/** To be named in public is for everybody to say themself. */
const creditedByConsent: Rule = async (manager, { row, written, writerId }) => {
  const [userId, projectId] = [row['userId'], row['projectId']] as [string | null | undefined, string];
  if (userId == null || writerId === undefined || !written.includes('userId')) return [];
  if (await agreesToBeCredited(manager, { writerId, userId, projectId })) return [];
  const message = '`user` has to be you, or somebody who has accepted a role on the project: credit others by name.';
  return [{ path: ['user'], code: 'NOT_ALLOWED', message }];
};

/** The species of a strain stays as it is while subjects are of the strain. */
const speciesOfItsSubjects: Rule = async (manager, { id, row, written }) => {
  if (id === undefined || !written.includes('speciesId')) return [];
  const rows = await manager.query<unknown[]>(
    `SELECT 1 FROM "subject" WHERE "strain_id" = $1 AND "species_id" <> $2 LIMIT 1`,
    [id, row['speciesId']],
  );
  return rows.length === 0
    ? []
    : [{ path: ['species'], code: 'DISAGREES', message: '`species` stays as it is while the strain is in use.' }];
};

/** A module stands in an epoch of its own session. */
const epochOfSession: Rule = async (manager, { row, written }) => {
  if (row['epochId'] == null || !written.includes('epochId')) return [];
  const rows = await manager.query<unknown[]>(`SELECT 1 FROM "epoch" WHERE "id" = $1 AND "session_id" = $2`, [
    row['epochId'],
    row['sessionId'],
  ]);
  return rows.length > 0
    ? []
    : [{ path: ['epoch'], code: 'DISAGREES', message: '`epoch` has to be an epoch of the same session.' }];
};

/** What is in a collection or cohort is in its project. */
const membersInProject: Rule = async (manager, { row, lists }) => {
  const faults: Fault[] = [];
  for (const [list, ids] of lists) {
    const { link } = list.by;
    if (!link.within) continue;
    const { far } = endsFor(link, list.owner);
    const rows = await manager.query<{ id: string }[]>(
      `SELECT ${quote(far.column)} AS "id" FROM ${quote(link.within().table)} WHERE "project_id" = $1 AND ${quote(far.column)} = ANY($2)`,
      [row['projectId'], ids],
    );
    const inside = new Set(rows.map(({ id }) => id));
    ids.forEach((id, index) => {
      if (!inside.has(id))
        faults.push({
          path: [list.field, index],
          code: 'DISAGREES',
          message: `Everything in \`${list.field}\` has to be in the same project: link it there first.`,
        });
    });
  }
  return faults;
};

/** An entry's details follow the type of its log. */
const followsItsLog: Rule = async (manager, { type, row, written }) => {
  if (!written.includes('details')) return [];
  const logType = type === 'SubjectLogEntry' ? 'SubjectLog' : 'ProcedureLog';
  const [log] = await manager.query<{ type: string; version: string }[]>(
    `SELECT "type", "schema_version" AS "version" FROM ${quote(snakeCase(logType))} WHERE "id" = $1`,
    [row['logId']],
  );
  return log ? faultsOfDetails('details', kindOf(logType), log.type, log.version, row['details']) : [];
};

/** A log's type suits the entries that it has. */
const suitsItsEntries: Rule = async (manager, { type, id, row, written }) => {
  if (id === undefined || !(written.includes('type') || written.includes('schemaVersion'))) return [];
  const entries = await manager.query<{ details: unknown }[]>(
    `SELECT "details" FROM ${quote(`${snakeCase(type)}_entry`)} WHERE "log_id" = $1`,
    [id],
  );
  const suits = entries.every(
    ({ details }) =>
      faultsOfDetails('details', kindOf(type), row['type'] as string, row['schemaVersion'] as string, details)
        .length === 0,
  );
  return suits
    ? []
    : [{ path: ['type'], code: 'DISAGREES', message: '`type` has to suit the entries that the log has already.' }];
};

const inSession = [epochOfSession];
const rules: Partial<Record<WritableType, readonly Rule[]>> = {
  Contributor: [creditedByConsent],
  Subject: [strainOfSpecies],
  Strain: [speciesOfItsSubjects],
  Behavior: inSession,
  DataAcquisition: inSession,
  Manipulation: inSession,
  Collection: [membersInProject],
  Cohort: [membersInProject],
  SubjectLog: [suitsItsEntries],
  ProcedureLog: [suitsItsEntries],
  SubjectLogEntry: [followsItsLog],
  ProcedureLogEntry: [followsItsLog],
};

/** Everything in an object that does not agree with others that are stored. */
export async function faultsAmongOthers(manager: EntityManager, writing: Writing): Promise<Fault[]> {
  const faults: Fault[] = [];
  for (const rule of [...(rules[writing.type] ?? []), approvedAmongApproved, uniqueNames])
    faults.push(...(await rule(manager, writing)));
  return faults;
}

/**
 * Names that are unique in a project, or among the approved words: what the model's unique indexes say. Both are only
 * about what the writer can see.
 */
const uniqueNames: Rule = async (manager, { type, id, row, written }) => {
  const faults: Fault[] = [];
  for (const { properties, where } of uniqueSets(manager, type)) {
    if (!properties.some((property) => written.includes(property))) continue;
    const values = properties.map((property) => row[property]);
    if (values.some((value) => value == null)) continue;
    const same = properties.map((property, index) => `${quote(snakeCase(property))} = $${index + 2}`);
    const rows = await manager.query<unknown[]>(
      `SELECT 1 FROM ${quote(snakeCase(type))} WHERE "id" IS DISTINCT FROM $1::uuid AND ${[...same, ...where].join(' AND ')} LIMIT 1`,
      [id ?? null, ...values],
    );
    const field = properties.at(-1)!;
    if (rows.length > 0)
      faults.push({
        path: [field],
        code: 'DUPLICATE',
        message: `\`${field}\` is taken: choose another one, or use what is there.`,
      });
  }
  return faults;
};

function uniqueSets(manager: EntityManager, type: WritableType): { properties: string[]; where: string[] }[] {
  const { indices, uniques } = manager.connection.getMetadata(classOf(type));
  const names = (columns: readonly { propertyName: string }[]): string[] =>
    columns.map(({ propertyName }) => propertyName);
  return [
    ...indices
      .filter(({ isUnique }) => isUnique)
      .map(({ columns, where }) => ({ properties: names(columns), where: where ? [where] : [] })),
    ...uniques.map(({ columns }) => ({ properties: names(columns), where: [] })),
  ].filter(({ properties }) => !properties.includes('id'));
}
