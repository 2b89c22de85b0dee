import type { Context } from '../context';
import type { Loaders } from '../loading/loaders';
import { largestPageSize } from '../loading/page';
import { manyEdgeOf } from '../model/edges';
import type { NodeName } from '../model/ids';

const mostPaths = 100;

interface Named {
  id: string;
  name: string;
  nameUsedInStorage?: string | null;
}

interface SessionRow extends Named {
  startedAt: Date | null;
}

interface StorageRow {
  id: string;
  organization: readonly string[];
}

/** What each part of a path can be for one session and one viewer; a part without a value makes its paths absent. */
type Parts = Record<string, ReadonlySet<string>>;

/** What the paths of one session take, in plain values: up to a hundred subjects are looked at, each with its cohorts. */
const workOfPaths = 4000;

/** What was composed from the same look-ups: a session that occurs a thousand times in a request has its paths composed once. */
const composed = new WeakMap<Loaders, Map<string, Promise<string[]>>>();

/** The paths to a session's files, as the viewer sees them. */
export function dataPathsOf(session: SessionRow, context: Context): Promise<string[]> {
  const known = composed.get(context.loaders) ?? new Map<string, Promise<string[]>>();
  composed.set(context.loaders, known);
  const paths = known.get(session.id) ?? composePaths(session, context);
  known.set(session.id, paths);
  return paths;
}

/**
 * The paths to a session's files, composed only of what the viewer may see: every list below is the one that the graph
 * itself would give them, up to a full page of it.
 */
async function composePaths(session: SessionRow, context: Context): Promise<string[]> {
  await context.budget.lane.pass(workOfPaths);
  const storages = await follow<StorageRow>(context, 'Session', 'dataStorages', session.id);
  if (storages.length === 0) return [];
  const [parts, protocols] = await Promise.all([
    partsOf(session, context),
    Promise.all(storages.map(({ id }) => follow<{ path: string }>(context, 'DataStorage', 'protocols', id))),
  ]);
  const paths = new Set<string>();
  storages.forEach((storage, index) => {
    for (const { path } of protocols[index]!)
      addPaths(
        paths,
        path,
        storage.organization.map((part) => parts[part] ?? new Set()),
      );
  });
  return [...paths];
}

async function partsOf(session: SessionRow, context: Context): Promise<Parts> {
  const [projects, collections, subjects] = await Promise.all([
    follow<Named>(context, 'Session', 'projects', session.id),
    follow<Named>(context, 'Session', 'collections', session.id),
    follow<Named>(context, 'Session', 'subjects', session.id),
  ]);
  const cohorts = await Promise.all(subjects.map(({ id }) => follow<Named>(context, 'Subject', 'cohorts', id)));
  return {
    PROJECTS: new Set(projects.map(storageName)),
    COLLECTIONS: new Set(collections.map(storageName)),
    COHORTS: new Set(cohorts.flat().map(storageName)),
    SUBJECTS: new Set(subjects.map(storageName)),
    SESSIONS: new Set([storageName(session)]),
    YEARS: new Set(session.startedAt ? [String(session.startedAt.getUTCFullYear())] : []),
  };
}

const fullPage = { size: largestPageSize, fromEnd: false, after: undefined, before: undefined };

async function follow<T>({ loaders }: Context, type: NodeName, field: string, id: string): Promise<T[]> {
  const { entries } = await loaders.page(manyEdgeOf(type, field), fullPage).load(id);
  return entries.map(({ node }) => node as unknown as T);
}

function storageName({ name, nameUsedInStorage }: Named): string {
  return nameUsedInStorage ?? name;
}

/**
 * Adds the base path followed by every combination of the parts, up to the most that one session may have. Part by part, and
 * never more than that many beginnings: names that repeat each other would else make combinations without end.
 */
export function addPaths(paths: Set<string>, base: string, parts: readonly ReadonlySet<string>[]): void {
  const separator = base.includes('\\') && !base.includes('/') ? '\\' : '/';
  let beginnings = new Set([base]);
  for (const values of parts) {
    const longer = new Set<string>();
    for (const beginning of beginnings)
      for (const value of values)
        if (longer.size < mostPaths) longer.add(`${beginning.replace(/[\\/]+$/, '')}${separator}${value}`);
    beginnings = longer;
  }
  for (const path of beginnings) if (paths.size < mostPaths) paths.add(path);
}
