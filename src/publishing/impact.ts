import { createHash } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import type { Access } from '../access/access';
import { compilerFor, insideOf, table } from '../access/compiler';
import { idsInHiddenProjects } from '../access/shared';
import { anonymous, type Viewer } from '../access/viewer';
import { join, name, run, sql, value } from '../database/sql';
import type { NodeName } from '../model/ids';
import { snakeCase } from '../model/names';
import { hiddenReferences } from './hidden-references';
import { mostHidden, type ContentCounts, type VisibilityImpact } from './impact.types';

/** What each count of an impact is made of. */
const contents: Record<keyof ContentCounts, readonly NodeName[]> = {
  subjects: ['Subject'],
  procedures: ['Procedure'],
  sessions: ['Session'],
  epochs: ['Epoch'],
  modules: ['Behavior', 'DataAcquisition', 'Manipulation'],
  logs: ['SubjectLog', 'ProcedureLog'],
  collections: ['Collection'],
  cohorts: ['Cohort'],
  equipment: ['Equipment'],
  consumableStocks: ['ConsumableStock'],
  protocols: ['DataStorageProtocol'],
};

/** What also becomes visible, without a count of its own: the digest covers it, so that no change of it goes unseen. */
const uncounted: readonly NodeName[] = [
  'Project',
  'Contributor',
  'SubjectLogEntry',
  'ProcedureLogEntry',
  'BehavioralParadigm',
  'Setup',
  'Inventory',
  'DataStorage',
];

/**
 * A change of what is public: these ids would be public, or were until now. That of a subject or session stands for its
 * being linked to a public project.
 */
export interface MeasuredChange {
  publish?: readonly string[];
  revoked?: readonly string[];
}

interface ChangedType {
  ids: string[];
  digest: string;
}

/**
 * What a change does to what anonymous viewers see, measured by the policy itself: an object counts exactly when the
 * rule answers differently before and after. Runs in the caller's transaction.
 */
export async function measureImpact(
  manager: EntityManager,
  access: Access,
  viewer: Viewer,
  change: MeasuredChange,
): Promise<VisibilityImpact> {
  const changed = await changedObjects(manager, access, [...Object.values(contents).flat(), ...uncounted], change);
  const counts = Object.fromEntries(
    Object.entries(contents).map(([count, types]) => [
      count,
      types.reduce((sum, type) => sum + changed.get(type)!.ids.length, 0),
    ]),
  ) as unknown as ContentCounts;
  const stillHidden = change.publish ? await hiddenReferences(manager, access, viewer, change.publish) : [];
  const digest = createHash('sha256')
    .update(
      JSON.stringify([
        [...changed].map(([type, { digest: mark }]) => [type, mark]),
        change,
        stillHidden.map(({ references, paths }) => [references, paths]),
      ]),
    )
    .digest('hex')
    .slice(0, 32);
  const [subjects, sessions] = [changed.get('Subject')!.ids, changed.get('Session')!.ids];
  const outOfSight = [
    ...(await idsInHiddenProjects(manager, access, viewer, 'Subject', subjects)),
    ...(await idsInHiddenProjects(manager, access, viewer, 'Session', sessions)),
  ];
  return {
    ...counts,
    sharedSubjects: await countShared(manager, 'Subject', subjects),
    sharedSessions: await countShared(manager, 'Session', sessions),
    sharedOutOfSight: outOfSight.length,
    stillHidden: stillHidden.slice(0, mostHidden),
    stillHiddenCount: stillHidden.length,
    digest,
  };
}

/** What changes of each type, all of it in one statement. */
async function changedObjects(
  manager: EntityManager,
  access: Access,
  types: readonly NodeName[],
  change: MeasuredChange,
): Promise<Map<NodeName, ChangedType>> {
  const closed = compilerFor(access, anonymous);
  const ids = change.publish ?? change.revoked ?? [];
  const open = compilerFor(access, { kind: 'anonymous', asIf: { public: ids, private: [] } });
  const statements = types.map((type, index) => {
    const t = Symbol(type);
    return sql`SELECT ${value(index, 'integer')} AS "index", ${name(t, 'id')}, ${name(t, 'version')} FROM ${table(type, t)}
       WHERE ${open.rows(type, t)} AND NOT ${closed.rows(type, t)}`;
  });
  const rows = await run<{ index: number; id: string; version: number }>(
    manager,
    sql`${join(statements, ' UNION ALL ')} ORDER BY "index", "id"`,
  );
  const found = types.map(() => ({ ids: [] as string[], hash: createHash('sha256') }));
  for (const { index, id, version } of rows) {
    found[index]!.ids.push(id);
    found[index]!.hash.update(`${id} ${version}\n`);
  }
  return new Map(
    types.map((type, index) => [type, { ids: found[index]!.ids, digest: found[index]!.hash.digest('hex') }]),
  );
}

/** How many of these are in more than one project. */
async function countShared(
  manager: EntityManager,
  type: 'Subject' | 'Session',
  ids: readonly string[],
): Promise<number> {
  const column = name(`${snakeCase(type)}_id`);
  const [row] = await run<{ count: number }>(
    manager,
    sql`SELECT count(*)::int AS "count" FROM (
       SELECT ${column} FROM ${name(`project_${snakeCase(type)}`)} WHERE ${column} = ANY(${value(ids, 'uuid[]')}) GROUP BY ${column} HAVING count(*) > 1
     ) shared`,
  );
  return row!.count;
}

/** How much of a revoked project stays public through other public projects: counted after the revoke. */
export async function countStillPublic(
  manager: EntityManager,
  access: Access,
  projectId: string,
): Promise<ContentCounts> {
  const stored = compilerFor(access, anonymous);
  const within = insideOf(access, [projectId]);
  const sums = Object.entries(contents).map(([count, types]) => {
    const counts = types.map((type) => {
      const t = Symbol(type);
      return sql`(SELECT count(*)::int FROM ${table(type, t)} WHERE ${within.rows(type, t)} AND ${stored.rows(type, t)})`;
    });
    return sql`${join(counts, ' + ')} AS ${name(count)}`;
  });
  const [counts] = await run<ContentCounts>(manager, sql`SELECT ${join(sums, ', ')}`);
  return counts!;
}
