import { snakeCase } from '../../src/model/names';
import { Oracle } from '../policy/oracle';
import { graph, type Edge } from '../visibility/graph';
import { reach } from '../visibility/reach';
import { anonymous } from '../world/cast';
import { Dice } from '../world/dice';
import { long, seed } from '../world/effort';
import { randomWorld } from '../world/generate';
import { readShape } from '../world/shape';
import { clearWorld, storeWorld } from '../world/store';
import { indexById, type Row, type TypeName, type World } from '../world/world';
import { openLabServer, viewerWith } from './lab';

const worlds = long ? 60 : 6;

jest.setTimeout(long ? 1_800_000 : 120_000);

const stage = openLabServer();

afterEach(() => clearWorld(stage.database.dataSource));

/** What each count is of: said once more than in the server, so that the two can differ. */
const counted = {
  subjects: ['Subject'],
  procedures: ['Procedure'],
  sessions: ['Session'],
  epochs: ['Epoch'],
  modules: ['Behavior', 'DataAcquisition', 'Manipulation'],
  logs: ['SubjectLog', 'ProcedureLog'],
  collections: ['Collection'],
  cohorts: ['Cohort'],
  breedings: ['Breeding'],
  equipment: ['Equipment'],
  consumableStocks: ['ConsumableStock'],
  protocols: ['DataStorageProtocol'],
} as const satisfies Record<string, readonly TypeName[]>;
const countNames = Object.keys(counted) as (keyof typeof counted)[];

/** The personal attributes, and what is inside each. */
const attributeOf: Partial<Record<TypeName, (row: Row) => string>> = {
  BehavioralParadigm: ({ id }) => id,
  Setup: ({ id }) => id,
  DataStorage: ({ id }) => id,
  Inventory: ({ id }) => id,
  Equipment: ({ setupId }) => setupId as string,
  ConsumableStock: ({ inventoryId }) => inventoryId as string,
};

/** What a project consists of: from each type to what is inside. */
const inside: Partial<Record<TypeName, readonly string[]>> = {
  Project: ['subjects', 'sessions', 'collections', 'cohorts', 'breedings'],
  Subject: ['procedures', 'logs'],
  Procedure: ['logs'],
  Session: ['epochs', 'behaviors', 'dataAcquisitions', 'manipulations'],
};

interface Result {
  changed: boolean;
  impact: Record<(typeof countNames)[number] | 'sharedSubjects' | 'sharedSessions' | 'sharedOutOfSight', number> & {
    digest: string;
    stillHidden: { type: string; references: number; paths: string[]; id: string | null; canPublish: boolean | null }[];
  };
  stillPublic: Record<string, number> | null;
}

const resultFields = `{ changed stillPublic { ${countNames.join(' ')} }
  impact { ${countNames.join(' ')} sharedSubjects sharedSessions sharedOutOfSight digest stillHidden { type references paths id canPublish } } }`;

/** A stored world, and what can be measured in it through the answers to anonymous viewers alone. */
class Measured {
  private readonly rows: ReturnType<typeof indexById>;

  constructor(readonly world: World) {
    this.rows = indexById(world);
  }

  /** The ids of everything that anonymous viewers can see. */
  async visible(): Promise<Set<string>> {
    const ids = [...this.rows.keys()];
    const found = new Set<string>();
    for (let place = 0; place < ids.length; place += 100) {
      const query = `query ($ids: [ID!]!) { nodes(ids: $ids) { id } }`;
      const { data } = await stage.server.ask(anonymous, query, { ids: ids.slice(place, place + 100) });
      for (const node of data!['nodes'] as ({ id: string } | null)[]) if (node) found.add(node.id);
    }
    return found;
  }

  countsOf(ids: Iterable<string>): Record<string, number> {
    const types = [...ids].map((id) => this.rows.get(id)!.type);
    const count = (name: (typeof countNames)[number]): number =>
      types.filter((type) => (counted[name] as readonly TypeName[]).includes(type)).length;
    return Object.fromEntries(countNames.map((name) => [name, count(name)]));
  }

  /** How many of these are in several projects. */
  shared(ids: readonly string[], type: 'Subject' | 'Session'): number {
    const projects = graph[type]['projects']!;
    const these = ids.map((id) => this.rows.get(id)!).filter((one) => one.type === type);
    return these.filter(({ row }) => reach(this.world, type, row, projects).length > 1).length;
  }

  /** How many of these are in a project that this user does not see. */
  outOfSight(ids: readonly string[], owner: string, owned: readonly string[]): number {
    const oracle = new Oracle(this.world, { kind: 'user', userId: owner, isAdministrator: false });
    return ids
      .map((id) => this.rows.get(id)!)
      .filter(({ type, row }) => {
        if (type !== 'Subject' && type !== 'Session') return false;
        const projects = reach(this.world, type, row, graph[type]['projects']!);
        return projects.some((project) => !owned.includes(project.id) && !oracle.sees('Project', project));
      }).length;
  }

  /** The ids of all that a project consists of. */
  contentOf(projectId: string): Set<string> {
    const found = new Set<string>();
    const add = (type: TypeName, row: Row): void => {
      for (const field of inside[type] ?? []) {
        const edge = graph[type][field]!;
        for (const far of reach(this.world, type, row, edge)) {
          found.add(far.id);
          add(edge.type, far);
        }
      }
    };
    add('Project', this.rows.get(projectId)!.row);
    return found;
  }

  /** Of each attribute that these refer to, how often and in which fields an anonymous viewer is not told of it. */
  async untold(ids: ReadonlySet<string>): Promise<{ type: string; references: number; paths: string[] }[]> {
    const found = new Map<string, { type: string; references: number; paths: string[] }>();
    for (const id of ids) {
      const { type, row } = this.rows.get(id)!;
      for (const [field, edge] of Object.entries(graph[type])) {
        const attribute = attributeOf[edge.type];
        if (!attribute) continue;
        const told = await this.told(type, id, field, edge);
        for (const far of reach(this.world, type, row, edge).filter((one) => !told.has(one.id))) {
          const known = found.get(attribute(far)) ?? { type: '', references: 0, paths: [] };
          known.type = this.rows.get(attribute(far))!.type;
          known.references += 1;
          known.paths = [...new Set([...known.paths, `${type}.${field}`])].sort();
          found.set(attribute(far), known);
        }
      }
    }
    return [...found.values()];
  }

  private async told(type: TypeName, id: string, field: string, { type: target, leads }: Edge): Promise<Set<string>> {
    const far = leads === 'to' ? '{ id }' : '(first: 100) { nodes { id } }';
    const { data } = await stage.server.ask(anonymous, `{ node(id: "${id}") { ... on ${type} { ${field} ${far} } } }`);
    const answer = JSON.stringify(data);
    return new Set(this.world.rows[target].map((one) => one.id).filter((one) => answer.includes(one)));
  }
}

const inOrder = (some: readonly { type: string; references: number; paths: string[] }[]): string[] =>
  some
    .map(({ type, references, paths }) => `${snakeCase(type).toUpperCase()} ${references} ${[...paths].sort().join()}`)
    .sort();

async function act(owner: string, mutation: string): Promise<Result> {
  const answer = await stage.server.ask(
    viewerWith(owner, 'PUBLISH'),
    `mutation { result: ${mutation} ${resultFields} }`,
  );
  expect(answer.errors).toBeUndefined();
  return answer.data!['result'] as Result;
}

async function expectPublication(measured: Measured, owner: string, project: string, dice: Dice): Promise<void> {
  const before = await measured.visible();
  const mine = (await act(owner, `publishProject(id: "${project}")`)).impact.stillHidden.filter(
    (one) => one.canPublish,
  );
  const attributes = dice.some(mine, 0, 2).map(({ id }) => id);
  const args = `id: "${project}", attributeIds: ${JSON.stringify(attributes)}`;
  const { impact } = await act(owner, `publishProject(${args})`);
  expect(await measured.visible()).toEqual(before);
  const done = await act(owner, `publishProject(${args}, confirm: true, ifImpact: "${impact.digest}")`);
  expect([done.changed, done.impact]).toEqual([true, impact]);

  const after = await measured.visible();
  const opened = [...after].filter((id) => !before.has(id));
  expect([...before].filter((id) => !after.has(id))).toEqual([]);
  expect(impact).toMatchObject(measured.countsOf(opened));
  expect(impact.sharedSubjects).toBe(measured.shared(opened, 'Subject'));
  expect(impact.sharedSessions).toBe(measured.shared(opened, 'Session'));
  expect(impact.sharedOutOfSight).toBe(measured.outOfSight(opened, owner, [project]));
  expect(inOrder(impact.stillHidden)).toEqual(inOrder(await measured.untold(measured.contentOf(project))));
}

async function expectRevoke(measured: Measured, owner: string, project: string): Promise<void> {
  const before = await measured.visible();
  const { impact, stillPublic, changed } = await act(owner, `revokeProject(id: "${project}")`);
  expect(changed).toBe(true);
  const after = await measured.visible();
  const closed = [...before].filter((id) => !after.has(id));
  expect([...after].filter((id) => !before.has(id))).toEqual([]);
  expect(impact).toMatchObject({ ...measured.countsOf(closed), stillHidden: [] });
  expect(impact.sharedSubjects).toBe(measured.shared(closed, 'Subject'));
  expect(impact.sharedSessions).toBe(measured.shared(closed, 'Session'));
  expect(impact.sharedOutOfSight).toBe(measured.outOfSight(closed, owner, [project]));
  expect(stillPublic).toEqual(measured.countsOf([...measured.contentOf(project)].filter((id) => after.has(id))));
}

test.each(Array.from({ length: worlds }, (_, index) => seed + index))(
  'in the world of seed %i every impact is what anonymous viewers see more, or less, afterwards',
  async (worldSeed) => {
    const dice = new Dice(worldSeed);
    const world = randomWorld(readShape(stage.database.dataSource), worldSeed, 2);
    await storeWorld(stage.database.dataSource, world);
    const measured = new Measured(world);
    const attributes = (['BehavioralParadigm', 'Setup', 'DataStorage', 'Inventory'] as const).flatMap((type) =>
      dice.some(world.rows[type], 1, 2).map(({ id }) => id),
    );
    for (const { id, isPublic } of world.rows.Project) {
      const owner = await stage.lab.person('Olga', 'OWNER', [id, ...attributes]);
      // Once there and back again, from whichever side it starts.
      if (isPublic === true) await expectRevoke(measured, owner, id);
      await expectPublication(measured, owner, id, dice);
      if (isPublic !== true) await expectRevoke(measured, owner, id);
    }
  },
);
