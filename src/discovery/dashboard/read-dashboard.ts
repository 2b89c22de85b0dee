import type { ForViewer } from '../../access/composed';
import type { Compiler } from '../../access/compiler';
import { anonymous } from '../../access/viewer';
import type { Context } from '../../context';
import { runComposed, type Sql } from '../../database/sql';
import { findType, readRegistry, type ModuleKind } from '../../domain/module/registry';
import type { NodeName } from '../../model/ids';
import { fieldName } from '../../model/names';
import type { Loaders } from '../../loading/loaders';
import type { Node } from '../../model/node';
import {
  mostListed,
  mostMonths,
  type PublicDashboard,
  type PublicGrowth,
  type TechniqueUse,
  type TermUse,
} from './dashboard.types';
import { recentStatement, talliesStatement, type Tally } from './tallies';

/** What was read is not read again for each alias. It goes with the loaders, which a change makes anew. */
const known = new WeakMap<Loaders, Promise<PublicDashboard>>();

/** What the public sees, whoever asks and whatever they suppose to be public. */
export function readDashboard(context: Context): Promise<PublicDashboard> {
  const read = known.get(context.loaders) ?? addedUp(context);
  known.set(context.loaders, read);
  return read;
}

async function addedUp(context: Context): Promise<PublicDashboard> {
  const tallies = new Tallies(await asAnybody<Tally>(context, 'tallies', talliesStatement));
  const { loaders } = context;
  let recent: Promise<Node[]> | undefined;
  const terms = (type: Tally['kind'] & NodeName) => (): Promise<TermUse[]> =>
    Promise.all(
      tallies.of(type).map(async ({ key, count }) => ({ [fieldName(type)]: await found(loaders, type, key), count })),
    );
  return {
    projects: tallies.sum('Project'),
    subjects: tallies.sum('Subject'),
    sessions: tallies.sum('Session'),
    collections: tallies.sum('Collection'),
    cohorts: tallies.sum('Cohort'),
    modules: {
      total: tallies.sum('Behavior', 'DataAcquisition', 'Manipulation', 'Procedure'),
      behaviors: tallies.sum('Behavior'),
      dataAcquisitions: tallies.sum('DataAcquisition'),
      manipulations: tallies.sum('Manipulation'),
      procedures: tallies.sum('Procedure'),
    },
    recentlyPublished: () => (recent ??= recentlyPublished(context)),
    mostUsedSpecies: terms('Species'),
    mostUsedStrains: terms('Strain'),
    mostUsedBrainRegions: terms('BrainRegion'),
    mostUsedConsumables: terms('Consumable'),
    mostUsedHardware: terms('HardwareDevice'),
    mostUsedTechniques: techniques(tallies),
    growth: growth(tallies),
  };
}

/** The projects that were published last; without those of which somebody looks how it would be were they private. */
async function recentlyPublished(context: Context): Promise<Node[]> {
  const rows = await asAnybody<{ id: string }>(context, 'recently published', recentStatement);
  const projects = await Promise.all(rows.map(async ({ id }) => context.loaders.visible('Project').load(id)));
  return projects.filter((project) => project !== null);
}

/** A statement of the dashboard, which is the same whoever asks. */
function asAnybody<T>(
  { access, snapshot }: Context,
  shape: string,
  compose: (compiler: Compiler) => Sql,
): Promise<T[]> {
  const statement = access.statement<ForViewer>(anonymous, `dashboard: ${shape}`, compose);
  const runner = { query: (text: string, values: unknown[]) => snapshot.query(text, values, 'Query.publicDashboard') };
  return runComposed<T, ForViewer>(runner, statement, { viewer: anonymous });
}

/** What the public sees everybody does, whoever they are. */
async function found(loaders: Loaders, type: NodeName, id: string): Promise<Node> {
  const node = await loaders.visible(type).load(id);
  if (!node) throw new Error(`The public sees a ${type} that a viewer does not.`);
  return node;
}

class Tallies {
  constructor(private readonly all: readonly Tally[]) {}

  of(...kinds: Tally['kind'][]): Tally[] {
    return this.all.filter(({ kind }) => kinds.includes(kind));
  }

  sum(...kinds: Tally['kind'][]): number {
    return this.of(...kinds).reduce((sum, { count }) => sum + count, 0);
  }
}

const techniqueKinds = {
  DataAcquisition: 'DATA_ACQUISITION',
  Manipulation: 'MANIPULATION',
  Procedure: 'PROCEDURE',
} as const satisfies Partial<Record<Tally['kind'], ModuleKind>>;

type Technique = keyof typeof techniqueKinds;

const registry = readRegistry();

function techniques(tallies: Tallies): TechniqueUse[] {
  const used = tallies.of(...(Object.keys(techniqueKinds) as Technique[])).map(({ kind, key, count }) => {
    const ofKind = techniqueKinds[kind as Technique];
    return { kind: ofKind, type: key, title: findType(registry, ofKind, key)?.title ?? key, count };
  });
  return used.sort((one, other) => other.count - one.count || (one.type < other.type ? -1 : 1)).slice(0, mostListed);
}

function growth(tallies: Tallies): PublicGrowth[] {
  const months = new Map<string, PublicGrowth>();
  for (const { kind, key, count } of tallies.of('Project', 'Subject', 'Session')) {
    const month = months.get(key) ?? { month: key, projects: 0, subjects: 0, sessions: 0 };
    months.set(key, month);
    month[kind === 'Project' ? 'projects' : kind === 'Subject' ? 'subjects' : 'sessions'] = count;
  }
  return [...months.values()].sort((one, other) => (one.month < other.month ? -1 : 1)).slice(-mostMonths);
}
