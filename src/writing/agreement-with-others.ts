import type { EntityManager } from 'typeorm';
import { approvedAmong } from '../access/flags';
import { quote } from '../database/sql';
import { isTerm, type TermType } from '../model/families';
import { endsFor } from '../model/links';
import { nameOf } from '../model/node';
import { agreesToBeCredited } from '../people/credit.service';
import { kindOf } from '../domain/module/registry';
import { faultsOfDetails, type WholeRow } from './agreement';
import type { Change } from './changes';
import type { Fault } from './faults';
import type { Rule, Told, Writing } from './rule';
import { shapeOf, type WritableType } from './shape';
import { uniqueNames } from './unique-names';

/** The fault of each change for which there is one. */
const toldOf = (changes: readonly Change[], faultOf: (change: Change) => Fault | undefined): Told[] =>
  changes.flatMap((change) => {
    const fault = faultOf(change);
    return fault ? [{ change, fault }] : [];
  });

const disagrees = (field: string, message: string): Fault => ({ path: [field], code: 'DISAGREES', message });

/** A strain is of one species. */
const strainOfSpecies: Rule = async ({ changes, others }) => {
  const asked = changes.filter(
    ({ row, written }) => row['strainId'] != null && (written.includes('strainId') || written.includes('speciesId')),
  );
  const strains = await others.byId(
    'Strain',
    asked.map(({ row }) => row['strainId']),
  );
  return toldOf(asked, ({ row, written }) => {
    const species = strains.get(row['strainId'] as string)?.['speciesId'];
    // A strain of the same tree that lacks its species has a fault of its own.
    if (species === undefined || species === row['speciesId']) return undefined;
    return written.includes('strainId')
      ? disagrees('strain', '`strain` has to be a strain of `species`.')
      : disagrees('species', '`species` has to stay that of its strain, as long as it has one.');
  });
};

/** A module stands in an epoch of its own session. */
const epochOfSession: Rule = async ({ changes, others }) => {
  const asked = changes.filter(({ row, written }) => row['epochId'] != null && written.includes('epochId'));
  const epochs = await others.byId(
    'Epoch',
    asked.map(({ row }) => row['epochId']),
  );
  return toldOf(asked, ({ row }) =>
    epochs.get(row['epochId'] as string)?.['sessionId'] === row['sessionId']
      ? undefined
      : disagrees('epoch', '`epoch` has to be an epoch of the same session.'),
  );
};

/** Those references of a term, among these columns, that lead to a term which is not approved. */
export async function unapprovedReferences(
  manager: EntityManager,
  type: WritableType,
  row: WholeRow,
  among?: readonly string[],
): Promise<{ field: string; target: TermType }[]> {
  const found: { field: string; target: TermType }[] = [];
  for (const { field, column, target: targetOf } of shapeOf(type).references) {
    const target = nameOf(targetOf());
    if (!isTerm(target) || row[column] == null || !(among?.includes(column) ?? true)) continue;
    const id = row[column] as string;
    if (!(await approvedAmong(manager, target, [id])).has(id)) found.push({ field, target });
  }
  return found;
}

/** A term for everybody does not come to refer to one that most do not see. */
const approvedAmongApproved: Rule = async ({ acting: { manager }, type, changes }) => {
  const told: Told[] = [];
  for (const change of isTerm(type) ? changes.filter(({ row }) => row['isApproved'] === true) : [])
    for (const { field, target } of await unapprovedReferences(manager, type, change.row, change.written))
      told.push({
        change,
        fault: disagrees(field, `This ${target} is a proposal itself: approve that one first.`),
      });
  return told;
};

/** To be named in public is for everybody to say themself. */
const creditedByConsent: Rule = async ({ acting: { manager, viewer }, changes }) => {
  const told: Told[] = [];
  for (const change of changes) {
    const [userId, projectId] = [change.row['userId'], change.row['projectId']] as [string | null, string];
    if (userId == null || !change.written.includes('userId')) continue;
    if (await agreesToBeCredited(manager, { writerId: viewer.userId, userId, projectId })) continue;
    const message = '`user` has to be you, or somebody who has accepted a role on the project: credit others by name.';
    told.push({ change, fault: { path: ['user'], code: 'NOT_ALLOWED', message } });
  }
  return told;
};

/** The species of a strain stays as it is while subjects are of the strain. */
const speciesOfItsSubjects: Rule = async ({ acting: { manager }, changes }) => {
  const asked = changes.filter(({ before, written }) => before && written.includes('speciesId'));
  if (asked.length === 0) return [];
  const used = await manager.query<{ id: string }[]>(
    `SELECT n."id" FROM unnest($1::uuid[], $2::uuid[]) AS n ("id", "species_id")
     WHERE EXISTS (SELECT 1 FROM "subject" s WHERE s."strain_id" = n."id" AND s."species_id" <> n."species_id")`,
    [asked.map(({ id }) => id), asked.map(({ row }) => row['speciesId'])],
  );
  return toldOf(asked, ({ id }) =>
    used.some((one) => one.id === id)
      ? disagrees('species', '`species` stays as it is while the strain is in use.')
      : undefined,
  );
};

/** What is in a collection or cohort is in its project: what is written together with it comes to be. */
const membersInProject: Rule = async ({ acting: { manager }, type, changes, others }) => {
  const told: Told[] = [];
  for (const list of shapeOf(type).lists) {
    const asked = changes.filter(({ lists }) => (lists.get(list)?.length ?? 0) > 0);
    if (!list.by.link.within || asked.length === 0) continue;
    const column = quote(endsFor(list.by.link, list.owner).far.column);
    const ids = [...new Set(asked.flatMap(({ lists }) => lists.get(list)!))];
    const rows = await manager.query<{ project: string; id: string }[]>(
      `SELECT "project_id" AS "project", ${column} AS "id" FROM ${quote(list.by.link.within().table)} WHERE "project_id" = ANY($1) AND ${column} = ANY($2)`,
      [asked.map(({ row }) => row['projectId']), ids],
    );
    const inside = new Set(rows.map(({ project, id }) => `${project} ${id}`));
    const joining = new Set((await others.beside.find(nameOf(list.target()) as WritableType, ids)).map(({ id }) => id));
    const message = `Everything in \`${list.field}\` has to be in the same project: link it there first.`;
    for (const change of asked)
      change.lists.get(list)!.forEach((id, index) => {
        if (joining.has(id) || inside.has(`${change.row['projectId'] as string} ${id}`)) return;
        told.push({ change, fault: { path: [list.field, index], code: 'DISAGREES', message } });
      });
  }
  return told;
};

/** An entry's details follow the type of its log. */
const followsItsLog: Rule = async ({ type, changes, others }) => {
  const asked = changes.filter(({ written }) => written.includes('details'));
  const logType = type === 'SubjectLogEntry' ? 'SubjectLog' : 'ProcedureLog';
  const logs = await others.byId(
    logType,
    asked.map(({ row }) => row['logId']),
  );
  return asked.flatMap((change) => {
    const log = logs.get(change.row['logId'] as string);
    return log ? faultsAfter(kindOf(logType), log, change.row).map((fault) => ({ change, fault })) : [];
  });
};

/** What is wrong with the details of an entry, by the type of its log. */
const faultsAfter = (kind: ReturnType<typeof kindOf>, log: WholeRow, { details }: WholeRow): Fault[] =>
  faultsOfDetails('details', kind, log['type'] as string, log['schemaVersion'] as string, details);

/** A log's type suits the entries that it has. */
const suitsItsEntries: Rule = async ({ type, changes, others }) => {
  const asked = changes.filter(
    ({ before, written }) => before && (written.includes('type') || written.includes('schemaVersion')),
  );
  if (asked.length === 0) return [];
  const entryType = type === 'SubjectLog' ? 'SubjectLogEntry' : 'ProcedureLogEntry';
  const entries = await others.within(
    entryType,
    'logId',
    asked.map(({ id }) => id),
  );
  return toldOf(asked, ({ id, row }) =>
    entries.some((entry) => entry['logId'] === id && faultsAfter(kindOf(type), row, entry).length > 0)
      ? disagrees('type', '`type` has to suit the entries that the log has already.')
      : undefined,
  );
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

/** Everything in some objects that does not agree with others, stored or written with them. */
export async function faultsAmongOthers(writing: Writing): Promise<Told[]> {
  const told: Told[] = [];
  for (const rule of [...(rules[writing.type] ?? []), approvedAmongApproved, uniqueNames])
    told.push(...(await rule(writing)));
  return told;
}
