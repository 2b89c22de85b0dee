import { createHash } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import type { Access } from '../access/access';
import { compilerFor, insideOf, table, type Compiler } from '../access/compiler';
import { isSeenByOne } from '../access/policy';
import { anonymous, type Viewer } from '../access/viewer';
import { FALSE, join, name, run, sql, value, type Alias, type Sql } from '../database/sql';
import { isShared, projectTypes, withinAttributes, type SharedType } from '../model/families';
import type { NodeName } from '../model/ids';
import { contentCounts, types, type ContentCount } from '../model/types';
import { hiddenReferences } from './hidden-references';
import { mostHidden, type ContentCounts, type VisibilityImpact } from './impact.types';
import { projectLinks } from '../model/links';

/** What publishing may open: the digest covers all of it, so that no change of it goes unseen. */
const measured = [...projectTypes, ...withinAttributes];

/** What each count of an impact is made of. */
const contents = (Object.keys(contentCounts) as ContentCount[]).map((count) => ({
  count,
  types: measured.filter((type) => types[type].counted === count),
}));

/**
 * A change of what is public: these ids would be public, or were until now. That of a subject or session stands for its
 * being linked to a public project.
 */
export interface MeasuredChange {
  publish?: readonly string[];
  revoked?: readonly string[];
}

interface ChangedType {
  count: number;
  digest: string;
  /** How many of them are in more than one project, … */
  shared: number;
  /** … and in one that is hidden from the viewer. */
  outOfSight: number;
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
  const changed = await changedObjects(manager, access, viewer, change);
  const counts = Object.fromEntries(
    contents.map(({ count, types: counted }) => [
      count,
      counted.reduce((sum, type) => sum + changed.get(type)!.count, 0),
    ]),
  ) as ContentCounts;
  const stillHidden = change.publish ? await hiddenReferences(manager, access, viewer, change.publish) : [];
  const digest = createHash('sha256')
    .update(
      JSON.stringify([
        [...changed].map(([type, objects]) => [type, objects.digest]),
        change,
        stillHidden.map(({ references, paths }) => [references, paths]),
      ]),
    )
    .digest('hex')
    .slice(0, 32);
  const [subjects, sessions] = [changed.get('Subject')!, changed.get('Session')!];
  return {
    ...counts,
    sharedSubjects: subjects.shared,
    sharedSessions: sessions.shared,
    sharedOutOfSight: subjects.outOfSight + sessions.outOfSight,
    stillHidden: stillHidden.slice(0, mostHidden),
    stillHiddenCount: stillHidden.length,
    digest,
  };
}

interface ChangedRow {
  index: number;
  id: string;
  version: number;
  shared: boolean;
  outOfSight: boolean;
}

/** What changes of each type, all of it in one statement. */
async function changedObjects(
  manager: EntityManager,
  access: Access,
  viewer: Viewer,
  change: MeasuredChange,
): Promise<Map<NodeName, ChangedType>> {
  const ids = change.publish ?? change.revoked ?? [];
  const rows = ids.length === 0 ? [] : await run<ChangedRow>(manager, changedStatement(access, viewer, ids));
  const found = measured.map(() => ({ count: 0, shared: 0, outOfSight: 0, hash: createHash('sha256') }));
  for (const { index, id, version, shared, outOfSight } of rows) {
    const type = found[index]!;
    type.count += 1;
    type.shared += Number(shared);
    type.outOfSight += Number(outOfSight);
    type.hash.update(`${id} ${version}\n`);
  }
  return new Map(
    measured.map((type, index) => {
      const { hash, ...counts } = found[index]!;
      return [type, { ...counts, digest: hash.digest('hex') }];
    }),
  );
}

function changedStatement(access: Access, viewer: Viewer, ids: readonly string[]): Sql {
  const closed = compilerFor(access, anonymous);
  const open = compilerFor(access, { kind: 'anonymous', asIf: { public: ids, private: [] } });
  const inside = insideOf(access, ids);
  const asViewer = compilerFor(access, viewer);
  const statements = measured.map((type, index) => {
    const t = Symbol(type);
    // What is seen by one thing alone is seen anew by one of these: they lead to it, and not everything there is has to be looked at.
    const seen = isSeenByOne(access.policy, type) ? inside.rows(type, t) : open.rows(type, t);
    return sql`SELECT ${value(index, 'integer')} AS "index", ${name(t, 'id')}, ${name(t, 'version')}, ${sharing(asViewer, type, t)}
       FROM ${table(type, t)} WHERE ${seen} AND NOT ${closed.rows(type, t)}`;
  });
  return sql`${join(statements, ' UNION ALL ')} ORDER BY "index", "id"`;
}

/** Whether something is in more than one project, and in one that is hidden from the viewer. */
function sharing(asViewer: Compiler, type: NodeName, t: Alias): Sql {
  const [shared, outOfSight] = isShared(type)
    ? [isInSeveralProjects(type, t), asViewer.isInHiddenProject(type, t)]
    : [FALSE, FALSE];
  return sql`${shared} AS "shared", ${outOfSight} AS "outOfSight"`;
}

function isInSeveralProjects(type: SharedType, t: Alias): Sql {
  const l = Symbol('link');
  const { table: links, column } = projectLinks(type);
  return sql`(SELECT count(*) > 1 FROM ${name(links)} ${name(l)} WHERE ${name(l, column)} = ${name(t, 'id')})`;
}

/** How much of a revoked project stays public through other public projects: counted after the revoke. */
export async function countStillPublic(
  manager: EntityManager,
  access: Access,
  projectId: string,
): Promise<ContentCounts> {
  const stored = compilerFor(access, anonymous);
  const within = insideOf(access, [projectId]);
  const sums = contents.map(({ count, types: counted }) => {
    const counts = counted.map((type) => {
      const t = Symbol(type);
      return sql`(SELECT count(*)::int FROM ${table(type, t)} WHERE ${within.rows(type, t)} AND ${stored.rows(type, t)})`;
    });
    return sql`${join(counts, ' + ')} AS ${name(count)}`;
  });
  const [counts] = await run<ContentCounts>(manager, sql`SELECT ${join(sums, ', ')}`);
  return counts!;
}
