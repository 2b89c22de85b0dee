import type { Context } from '../context';
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
type Parts = Record<string, readonly string[]>;

/**
 * The paths to a session's files, composed only of what the viewer may see: every list below is the one that the graph
 * itself would give them.
 */
export async function dataPathsOf(session: SessionRow, context: Context): Promise<string[]> {
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
        storage.organization.map((part) => parts[part] ?? []),
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
    PROJECTS: projects.map(storageName),
    COLLECTIONS: collections.map(storageName),
    COHORTS: cohorts.flat().map(storageName),
    SUBJECTS: subjects.map(storageName),
    SESSIONS: [storageName(session)],
    YEARS: session.startedAt ? [String(session.startedAt.getUTCFullYear())] : [],
  };
}

function follow<T>({ loaders }: Context, type: NodeName, field: string, id: string): Promise<T[]> {
  return loaders.list(manyEdgeOf(type, field)).load(id) as Promise<unknown> as Promise<T[]>;
}

function storageName({ name, nameUsedInStorage }: Named): string {
  return nameUsedInStorage ?? name;
}

/** Adds the base path followed by every combination of the parts, up to the most that one session may have. */
function addPaths(paths: Set<string>, base: string, parts: readonly (readonly string[])[]): void {
  const separator = base.includes('\\') && !base.includes('/') ? '\\' : '/';
  const extend = (path: string, depth: number): void => {
    if (paths.size >= mostPaths) return;
    const values = parts[depth];
    if (!values) paths.add(path);
    else for (const value of values) extend(`${path.replace(/[\\/]+$/, '')}${separator}${value}`, depth + 1);
  };
  extend(base, 0);
}
