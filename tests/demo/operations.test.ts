import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'graphql';
import { anonymous } from '../../src/access/viewer';
import { examples, flagship } from '../../src/demo/cast';
import { parseExample } from '../../src/portal/graphiql/examples';
import { projectFolder } from '../../src/project-folder';
import type { Answer } from '../stage/server';
import { openDemo, type DemoStage } from './stage';

const folder = join(projectFolder, 'schema', 'operations');
const files = readdirSync(folder).filter((file) => file.endsWith('.graphql'));
const textOf = (file: string): string => readFileSync(join(folder, file), 'utf8');

let demo: DemoStage;
beforeAll(async () => {
  demo = await openDemo();
});
afterAll(() => demo.close());

const run = (file: string): Promise<Answer> => demo.server.ask(anonymous, textOf(file));

/** How many objects and values an answer holds, nulls and empty lists aside. */
function countValues(value: unknown): number {
  if (value === null || value === undefined) return 0;
  if (typeof value !== 'object') return 1;
  return Object.values(value).reduce<number>((sum, one) => sum + countValues(one), 0);
}

describe.each(files)('%s', (file) => {
  test('begins with a title and one line that explains', () => {
    const [title, explanation, blank] = textOf(file).split('\n');
    expect(title).toMatch(/^# \S.{3,50}$/);
    expect(explanation).toMatch(/^# \S.{20,160}\.$/);
    expect(blank).toBe('');
    expect(parseExample(file, textOf(file))).toMatchObject({
      title: title!.slice(2),
      description: explanation!.slice(2),
    });
    expect(parse(textOf(file)).definitions).toHaveLength(1);
  });

  test('runs as it is for everybody, and returns something', async () => {
    const { data, errors } = await run(file);
    expect(errors).toBeUndefined();
    expect(countValues(data)).toBeGreaterThan(3);
    expect(Object.values(data!).filter((value) => value === null)).toEqual([]);
  });
});

test('newcomers see first how to search, and the heaviest last', () => {
  expect([...files].sort()).toEqual(files);
  expect(files[0]).toBe('00-search.graphql');
  expect(files.at(-1)).toBe('deepest.graphql');
});

test('every id that the operations name is in the demo, but the one that is made up', async () => {
  const ids = new Set(files.flatMap((file) => textOf(file).match(/[0-9a-f]{8}-[0-9a-f-]{27}/g) ?? []));
  const tables = ['project', 'session', 'subject'].map((table) => `SELECT "id" FROM "${table}"`).join(' UNION ALL ');
  const rows = await demo.database.dataSource.query<{ id: string }[]>(tables);
  const known = new Set(rows.map(({ id }) => id));
  expect([...ids].filter((id) => !known.has(id))).toEqual(['017714ef-dd00-801b-a4aa-052190c8e13b']);
});

describe('they show what they say', () => {
  test('01: seven projects, with counts of what is visible', async () => {
    const { data } = await run('01-public-projects.graphql');
    expect(data).toMatchObject({ projects: { totalCount: 7 } });
    const flag = (data as { projects: { nodes: { id: string }[] } }).projects.nodes.find(
      ({ id }) => id === flagship.id,
    );
    expect(flag).toMatchObject({ subjects: { totalCount: 12 }, sessions: { totalCount: 120 }, license: 'CC-BY-4.0' });
  });

  test('02: the setup reads null, and a part of the equipment is absent', async () => {
    const { data } = await run('02-session-with-its-modules.graphql');
    const { session } = data as { session: { behaviors: object; dataAcquisitions: { nodes: object[] } } };
    expect(session).toMatchObject({ name: examples.sessionInPrivateSetup.name });
    expect(session.behaviors).toMatchObject({ nodes: [{ setup: null, subjects: { nodes: [{ name: 'VS07' }] } }] });
    expect(session.dataAcquisitions.nodes[0]).toMatchObject({
      equipment: { nodes: [{ name: 'Left manipulator', setup: { name: 'Probe rig A' } }] },
    });
  });

  test('03: the virus is shown, the anesthetic is not', async () => {
    const { data } = await run('03-subject-and-procedures.graphql');
    const { procedures } = (
      data as { subject: { procedures: { nodes: { type: string; consumableStock: unknown }[] } } }
    ).subject;
    const stockOf = (type: string): unknown => procedures.nodes.find((one) => one.type === type)!.consumableStock;
    expect(stockOf('VirusInjection')).toMatchObject({ consumable: { name: 'AAV5-EF1a-DIO-hChR2(H134R)-EYFP' } });
    expect(stockOf('Anesthesia')).toBeNull();
  });

  test('04: one project and one collection', async () => {
    const { data } = await run('04-one-session-two-projects.graphql');
    expect(data).toMatchObject({
      session: {
        projects: { nodes: [{ name: examples.sharingProject.name, isPublic: true, viewerRole: null }] },
        collections: { nodes: [{ project: { name: examples.sharingProject.name } }] },
      },
    });
  });

  test('05: one storage, one protocol, one path; a file in a private storage has no address', async () => {
    const { data } = await run('05-data-storage-protocols-and-paths.graphql');
    expect(data).toMatchObject({
      session: {
        dataPaths: ['https://release.intracranial.example/v1/left/sub-01/sub-01_task-naming_run-1'],
        dataStorages: { nodes: [{ protocols: { nodes: [{ protocol: 'https' }] } }] },
        dataAcquisitions: { nodes: [{ dataStorage: {} }, { dataStorage: null, fileName: null, fileUrl: null }] },
      },
    });
  });

  test('10: a project is found by its DOI in any spelling, and cited', async () => {
    const { data } = await run('10-find-by-name-and-cite.graphql');
    expect(data).toMatchObject({
      project: { name: flagship.name, identifiers: [{ url: 'https://doi.org/10.5555/stemgraph.demo.vista' }] },
      speciesById: { name: 'Mus musculus' },
    });
    expect((data!['project'] as { citation: string }).citation).toMatch(/^@misc\{/);
  });

  test('09: a hidden project and one that never was read the same', async () => {
    const { data } = await run('09-by-id-or-hidden.graphql');
    expect(data).toMatchObject({ nodes: [{ id: flagship.id, name: flagship.name }, null, null] });
  });
});
