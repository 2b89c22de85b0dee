import { isDeepStrictEqual } from 'node:util';
import { Access, accessInForce } from '../../../src/access/access';
import { fieldName, snakeCase } from '../../../src/model/names';
import { Dice } from '../../world/dice';
import { long } from '../../world/effort';
import { readShape } from '../../world/shape';
import { clearWorld, storeWorld } from '../../world/store';
import type { Row, TypeName, World } from '../../world/world';
import { HiddenChanges } from '../../visibility/hidden-changes';
import { policyMutants, roleConditionMutants } from '../../visibility/mutants';
import { Stage, type Asking } from '../../visibility/stage';
import { Counter } from '../counter';
import { facetFields, facetNames } from '../operations';
import { everything } from './asking';
import { Findable, searched } from './expected';

jest.setTimeout(long ? 3_600_000 : 300_000);

/** The rules in force, of which a test can take out a part while the server runs. */
const access = new Access(accessInForce.policy, accessInForce.permissions, accessInForce.roleConditions);

let stage: Stage;
let findable: Findable;
let everybody: Asking[];
beforeAll(async () => {
  stage = await Stage.open({ access });
  findable = new Findable(stage.world);
  everybody = stage.cast();
});
afterAll(() => stage.close());

/** Several words are looked for at once: what holds any of them. */
const together = 10;

const chunked = (words: readonly string[]): string[][] =>
  Array.from({ length: Math.ceil(words.length / together) }, (_, index) =>
    words.slice(index * together, (index + 1) * together),
  );

const searchFor = (words: readonly string[], types?: TypeName, counted?: TypeName): string =>
  `{ search(query: "${words.join(' or ')}", ${types ? `types: [${nameOf(types)}],` : ''} first: 100) { ${everything} ${countedBy(counted)} } }`;

const nameOf = (type: TypeName): string => snakeCase(type).toUpperCase();

/** Each facet of a type at once, of which there are not too many for one request. */
function countedBy(type: TypeName | undefined): string {
  if (!type) return 'typeCounts { type count precision }';
  const names = facetNames(stage.served.schema, type).join(' ');
  return `typeCounts { type count precision } facets(by: { ${fieldName(type)}: [${names}] }, first: 3) { type facet { ${facetFields} } }`;
}

interface Told {
  data: {
    search: {
      totalCount: { count: number };
      nodes: { node: { id: string } }[];
      typeCounts: { type: string; count: number; precision: string }[];
      facets?: { type: string; facet: { values: { node: { id: string } | null }[] } }[];
    };
  };
  errors?: unknown;
}

/** How objects of these ids have to be counted, by their types and by each facet of one. */
function expectedCounts({ oracle }: Asking, ids: readonly string[], counted: TypeName | undefined): unknown {
  const found = ids.map((id) => oracle.find(id)!);
  const rowsOf = (type: TypeName): Row[] => found.flatMap((one) => (one.type === type ? [one.row] : []));
  const typeCounts = searched
    .map((type) => ({ type: nameOf(type), count: rowsOf(type).length, precision: 'EXACT' }))
    .filter(({ count }) => count > 0)
    .sort((one, other) => other.count - one.count);
  if (!counted) return { typeCounts };
  const { schema } = stage.served;
  const counter = new Counter(schema, oracle);
  const facets = facetNames(schema, counted).map((by) => ({
    type: nameOf(counted),
    facet: counter.facet(counted, rowsOf(counted), by, 3),
  }));
  return { typeCounts, facets };
}

function toldCounts({ typeCounts, facets }: Told['data']['search']): unknown {
  return {
    typeCounts,
    ...(facets && {
      facets: facets.map(({ type, facet: { values, ...facet } }) => ({
        type,
        facet: { ...facet, values: values.map((value) => ({ ...value, node: value.node?.id ?? null })) },
      })),
    }),
  };
}

/** What is wrong with what somebody finds by some words. */
async function faultsOf(asking: Asking, words: readonly string[], { type, counted }: Narrowed): Promise<string[]> {
  const { viewer, oracle, watch, name } = asking;
  const { body } = await stage.server.send(viewer, searchFor(words, type, counted));
  const { data, errors } = JSON.parse(body) as Told;
  if (errors) return [`${name}: errors: ${JSON.stringify(errors)}`];
  const found = data.search.nodes.map(({ node }) => node.id).sort();
  const sees: typeof oracle.sees = (of, row) => oracle.sees(of, row);
  const all = words.flatMap((word) => findable.foundBy(word, { sees }));
  const expected = [...new Set(all)].filter((id) => !type || oracle.find(id)!.type === type).sort();
  return [
    ...watch.leaksIn(body).map((leak) => `${name}: leak: ${leak}`),
    ...(JSON.stringify(found) === JSON.stringify(expected)
      ? []
      : [`${name}: ${words.join()}: ${found.join()} instead of ${expected.join()}`]),
    ...(data.search.totalCount.count === expected.length
      ? []
      : [`${name}: counts ${data.search.totalCount.count}, not ${expected.length}`]),
    ...(isDeepStrictEqual(toldCounts(data.search), expectedCounts(asking, expected, counted))
      ? []
      : [
          `${name}: counts ${JSON.stringify(data.search)}, not ${JSON.stringify(expectedCounts(asking, expected, counted))}`,
        ]),
  ];
}

/** What alone is looked for, and what is counted by its facets. */
interface Narrowed {
  type?: TypeName;
  counted?: TypeName;
}

test('everybody finds by every word exactly what they see that holds it, or refers to what is called so', async () => {
  const chunks = chunked(findable.words());
  expect(chunks.length).toBeGreaterThan(50);
  const faults: string[] = [];
  for (const [turn, asking] of everybody.entries()) {
    const some = long ? chunks : chunks.filter((_, index) => index % (everybody.length * 3) === turn);
    for (const [index, words] of some.entries())
      faults.push(...(await faultsOf(asking, words, { counted: searched[(turn * 7 + index) % searched.length]! })));
  }
  expect(faults.slice(0, 5)).toEqual([]);
});

/** One word of each object of a type, so that each is asked for. */
function wordsOfEach(type: TypeName): string[] {
  const first = new Map<string, string>();
  for (const word of findable.words(type)) {
    const { id } = stage.world.canaries.get(word)!;
    if (!first.has(id) && findable.foundBy(word, { sees: () => true }).length > 0) first.set(id, word);
  }
  return [...first.values()];
}

/** Whether anybody finds too much or too little of a type. */
async function isNoticed(type: TypeName): Promise<boolean> {
  const chunks = chunked(wordsOfEach(type));
  for (const asking of everybody)
    for (const words of chunks) if ((await faultsOf(asking, words, { type })).length > 0) return true;
  return false;
}

async function survivors<M extends { name: string }>(
  mutants: readonly M[],
  part: (mutant: M) => Partial<Access>,
  types: (mutant: M) => readonly TypeName[],
): Promise<string[]> {
  const alive: string[] = [];
  const { policy, permissions, roleConditions } = access;
  for (const mutant of mutants) {
    Object.assign(access, part(mutant));
    let noticed = false;
    for (const type of types(mutant)) noticed ||= await isNoticed(type);
    Object.assign(access, { policy, permissions, roleConditions });
    if (!noticed) alive.push(mutant.name);
  }
  return alive;
}

test('each rule of a type that is searched is noticed by searching alone, when a part of it is taken out', async () => {
  const mutants = policyMutants(access).filter(({ type }) => searched.includes(type));
  expect(mutants.length).toBeGreaterThan(50);
  expect(
    await survivors(
      mutants,
      ({ policy }) => ({ policy }),
      ({ type }) => [type],
    ),
  ).toEqual([]);
});

test('so is each condition of a role', async () => {
  const containers: TypeName[] = ['Project', 'BehavioralParadigm', 'Setup', 'DataStorage', 'Inventory'];
  const alive = await survivors(
    roleConditionMutants(),
    ({ roleConditions }) => ({ roleConditions }),
    () => containers,
  );
  // A role of any rank is enough to see: another to ask for makes no difference.
  expect(alive).toEqual(['roleConditions.rank → true']);
});

describe.each(
  long ? (['anonymous', 'colleague', 'crewMember', 'outsider'] as const) : (['anonymous', 'colleague'] as const),
)('%s', (name) => {
  const become = async (world: World): Promise<void> => {
    await clearWorld(stage.database.dataSource);
    await storeWorld(stage.database.dataSource, world);
  };
  afterAll(() => become(stage.world));

  test('finds the same, in the same order, whatever is hidden', async () => {
    const [{ viewer, oracle }] = stage.cast(name) as [Asking];
    const sees: typeof oracle.sees = (of, row) => oracle.sees(of, row);
    const words = findable.words();
    const seen = words.filter((word) => findable.foundBy(word, { sees }).length > 0);
    const hidden = words.filter((word) => !seen.includes(word));
    const mixed = [...Array(20).keys()].map((turn) => [
      ...seen.slice(turn * 9, turn * 9 + 3),
      ...hidden.slice(turn * 13, turn * 13 + 3),
    ]);
    const asked = [
      ...mixed.map((some, turn) => searchFor(some, undefined, searched[turn])),
      ...['canary', 'canry0', 'mouse', 'the', 'lab.example'].map((word) => searchFor([word])),
    ];
    const answers = async (): Promise<string[]> => {
      const bodies: string[] = [];
      for (const query of asked) bodies.push((await stage.server.send(viewer, query)).body);
      return bodies;
    };
    const before = await answers();
    expect(before.join()).not.toContain('INTERNAL');
    const changes = new HiddenChanges(oracle, readShape(stage.database.dataSource), new Dice(3));
    for (const world of [changes.scrambled(), changes.pruned()]) {
      await become(world);
      expect(await answers()).toEqual(before);
    }
  });
});
