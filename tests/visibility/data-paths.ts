import type { Oracle } from '../policy/oracle';
import type { Row, TypeName } from '../world/world';
import { graph } from './graph';
import { reach } from './reach';

/** In the place of a list whose order is not promised: these values, each once, and of too many the first so many. */
export class InAnyOrder {
  constructor(
    readonly values: ReadonlySet<string>,
    readonly most: number,
  ) {}
}

/** The section "Where the files are", over plain data. */
export function dataPathsOf(oracle: Oracle, session: Row): InAnyOrder {
  const follow = (type: TypeName, row: Row, field: string): Row[] => {
    const edge = graph[type][field]!;
    return reach(oracle.world, type, row, edge).filter((other) => oracle.sees(edge.type, other));
  };
  const subjects = follow('Session', session, 'subjects');
  const year = session['startedAt'] === null ? [] : [(session['startedAt'] as string).slice(0, 4)];
  const components: Record<string, string[]> = {
    PROJECTS: names(follow('Session', session, 'projects')),
    COLLECTIONS: names(follow('Session', session, 'collections')),
    COHORTS: names(subjects.flatMap((subject) => follow('Subject', subject, 'cohorts'))),
    SUBJECTS: names(subjects),
    SESSIONS: names([session]),
    YEARS: year,
  };
  const paths = follow('Session', session, 'dataStorages').flatMap((storage) =>
    follow('DataStorage', storage, 'protocols').flatMap((protocol) =>
      combine(
        [protocol['path'] as string],
        (storage['organization'] as string[]).map((part) => components[part]!),
      ),
    ),
  );
  return new InAnyOrder(new Set(paths), 100);
}

function names(rows: readonly Row[]): string[] {
  return rows.map((row) => (row['nameUsedInStorage'] ?? row['name']) as string);
}

function combine(bases: readonly string[], parts: readonly (readonly string[])[]): string[] {
  return parts.reduce<string[]>(
    (paths, names) => paths.flatMap((path) => names.map((name) => `${path}/${name}`)),
    [...bases],
  );
}
