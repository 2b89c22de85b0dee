import { anonymous } from '../../src/access/viewer';
import { Oracle } from '../policy/oracle';
import type { Row, TypeName, World } from '../world/world';

/** All that is asked of the dashboard. */
export const everything = `{ publicDashboard {
  projects subjects sessions collections cohorts modules { total behaviors dataAcquisitions manipulations procedures }
  recentlyPublished { id }
  mostUsedSpecies { count species { id } } mostUsedStrains { count strain { id } }
  mostUsedBrainRegions { count brainRegion { id } } mostUsedConsumables { count consumable { id } }
  mostUsedHardware { count hardwareDevice { id } } mostUsedTechniques { count type }
  growth { month projects subjects sessions } } }`;

const most = 10;

/** What the dashboard has to say, counted one by one in what an anonymous viewer sees of a world, by the oracle alone. */
export function expectedDashboard(world: World): unknown {
  const oracle = new Oracle(world, anonymous);
  const seen = (type: TypeName): Row[] => world.rows[type].filter((row) => oracle.sees(type, row));
  const count = (type: TypeName): number => seen(type).length;

  /** How many of a type lead by their column to a visible object of another, by its id; perhaps along another column. */
  const uses = (type: TypeName, column: string, beyond?: string): Map<string, number> => {
    const counts = new Map<string, number>();
    for (const row of seen(type)) {
      const first = oracle.seesId(row[column]) ? oracle.find(row[column])!.row : undefined;
      const id = beyond === undefined ? first?.id : (first?.[beyond] as string | undefined);
      if (id !== undefined && oracle.seesId(id)) counts.set(id, (counts.get(id) ?? 0) + 1);
    }
    return counts;
  };
  const mostUsed = (field: string, counts: Map<string, number>): unknown[] =>
    [...counts]
      .sort(([one, often], [other, less]) => less - often || (one < other ? -1 : 1))
      .slice(0, most)
      .map(([id, often]) => ({ count: often, [field]: { id } }));

  const techniques = new Map<string, number>();
  for (const type of ['DataAcquisition', 'Manipulation', 'Procedure'] as const)
    for (const row of seen(type)) {
      const key = `${row['type'] as string} ${type}`;
      techniques.set(key, (techniques.get(key) ?? 0) + 1);
    }

  const growth = new Map<string, Record<'projects' | 'subjects' | 'sessions', number>>();
  for (const [name, type, column] of [
    ['projects', 'Project', 'publishedAt'],
    ['subjects', 'Subject', 'publicSince'],
    ['sessions', 'Session', 'publicSince'],
  ] as const)
    for (const row of seen(type)) {
      const month = new Date(row[column] as string).toISOString().slice(0, 7);
      const grown = growth.get(month) ?? { projects: 0, subjects: 0, sessions: 0 };
      growth.set(month, grown);
      grown[name] += 1;
    }

  const modules = {
    behaviors: count('Behavior'),
    dataAcquisitions: count('DataAcquisition'),
    manipulations: count('Manipulation'),
    procedures: count('Procedure'),
  };
  const { behaviors, dataAcquisitions, manipulations, procedures } = modules;
  return {
    projects: count('Project'),
    subjects: count('Subject'),
    sessions: count('Session'),
    collections: count('Collection'),
    cohorts: count('Cohort'),
    modules: { total: behaviors + dataAcquisitions + manipulations + procedures, ...modules },
    recentlyPublished: seen('Project')
      .sort((one, other) => {
        const [published, later] = [one, other].map((row) => new Date(row['publishedAt'] as string).getTime());
        return later! - published! || (one.id > other.id ? -1 : 1);
      })
      .slice(0, most)
      .map(({ id }) => ({ id })),
    mostUsedSpecies: mostUsed('species', uses('Subject', 'speciesId')),
    mostUsedStrains: mostUsed('strain', uses('Subject', 'strainId')),
    mostUsedBrainRegions: mostUsed('brainRegion', uses('Procedure', 'brainRegionId')),
    mostUsedConsumables: mostUsed('consumable', uses('Procedure', 'consumableStockId', 'consumableId')),
    mostUsedHardware: mostUsed('hardwareDevice', uses('Equipment', 'hardwareDeviceId')),
    mostUsedTechniques: [...techniques]
      .sort(([one, often], [other, less]) => less - often || (one < other ? -1 : 1))
      .slice(0, most)
      .map(([key, often]) => ({ count: often, type: key.split(' ')[0] })),
    growth: [...growth].sort(([one], [other]) => (one < other ? -1 : 1)).map(([month, grown]) => ({ month, ...grown })),
  };
}
