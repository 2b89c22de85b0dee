import { createHash } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import type { Access } from '../access/access';
import { idsInHiddenProjects } from '../access/shared';
import type { Viewer } from '../access/viewer';
import { conditionFor, type Question } from '../access/visibleTo';
import { Parameters, quote, runBound } from '../loading/sql';
import type { NodeName } from '../model/ids';
import { snakeCase } from '../model/names';
import { hiddenReferences } from './hidden-references';
import { mostHidden, type ContentCounts, type PublicationImpact } from './impact.types';

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
export interface PublicationChange {
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
  change: PublicationChange,
): Promise<PublicationImpact> {
  const changed = await changedObjects(manager, access, [...Object.values(contents).flat(), ...uncounted], change);
  const counts = Object.fromEntries(
    Object.entries(contents).map(([name, types]) => [
      name,
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
  change: PublicationChange,
): Promise<Map<NodeName, ChangedType>> {
  const parameters = new Parameters();
  const closed: Question = {
    policy: access.policy,
    roleConditions: access.roleConditions,
    viewer: { kind: 'anonymous' },
    parameters,
  };
  const open: Question = {
    ...closed,
    viewer: { kind: 'anonymous', asIf: { public: change.publish ?? change.revoked ?? [], private: [] } },
  };
  const statements = types.map(
    (type, index) =>
      `SELECT ${index} AS "index", t."id", t."version" FROM ${quote(snakeCase(type))} t
       WHERE ${conditionFor(open, type, 't')} AND NOT ${conditionFor(closed, type, 't')}`,
  );
  const rows = await runBound<{ index: number; id: string; version: number }>(
    manager,
    parameters,
    `${statements.join(' UNION ALL ')} ORDER BY "index", "id"`,
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
  const column = quote(`${snakeCase(type)}_id`);
  const [row] = await manager.query<{ count: number }[]>(
    `SELECT count(*)::int AS "count" FROM (
       SELECT ${column} FROM ${quote(`project_${snakeCase(type)}`)} WHERE ${column} = ANY($1) GROUP BY ${column} HAVING count(*) > 1
     ) shared`,
    [ids],
  );
  return row!.count;
}

/** How much of a revoked project stays public through other public projects: counted after the revoke. */
export async function countStillPublic(
  manager: EntityManager,
  access: Access,
  projectId: string,
): Promise<ContentCounts> {
  const parameters = new Parameters();
  const stored: Question = {
    policy: access.policy,
    roleConditions: access.roleConditions,
    viewer: { kind: 'anonymous' },
    parameters,
  };
  const within: Question = {
    ...stored,
    viewer: { kind: 'anonymous', asIf: { public: [projectId], private: [], only: true } },
  };
  const sums = Object.entries(contents).map(([name, types]) => {
    const counts = types.map(
      (type) =>
        `(SELECT count(*)::int FROM ${quote(snakeCase(type))} t WHERE ${conditionFor(within, type, 't')} AND ${conditionFor(stored, type, 't')})`,
    );
    return `${counts.join(' + ')} AS ${quote(name)}`;
  });
  const [counts] = await runBound<ContentCounts>(manager, parameters, `SELECT ${sums.join(', ')}`);
  return counts!;
}
