import { anonymous, type Viewer } from '../../src/access/viewer';
import { fieldName } from '../../src/model/names';
import type { Operation } from '../visibility/operations';
import { Stage } from '../visibility/stage';
import { Walks } from '../visibility/walks';
import { asUser, castMember, castViewers } from '../world/cast';
import { Dice } from '../world/dice';
import { long, seed } from '../world/effort';
import type { Row, TypeName } from '../world/world';
import { viewerWith } from './lab';

const walksEach = long ? 300 : 15;

jest.setTimeout(long ? 1_800_000 : 120_000);

let stage: Stage;
let walks: Walks;
beforeAll(async () => {
  stage = await Stage.open({ seed, size: long ? 3 : 1 });
  walks = new Walks(stage.operations, new Dice(seed));
});
afterAll(() => stage.close());

const someWalks = (): Operation[] => Array.from({ length: walksEach }, () => walks.next());

/** Everything of an answer but the request's own id and time. */
async function answerTo(viewer: Viewer, { query, variables }: Operation, viewAs?: string): Promise<string> {
  const response = await stage.server.send(viewer, query, variables, {
    ...(viewAs !== undefined && { 'stemgraph-view-as': viewAs }),
  });
  const { 'x-request-id': _id, date: _date, ...headers } = response.headers;
  return JSON.stringify([response.statusCode, headers, response.body]);
}

/** Whom the same question is answered differently when asked with their own eyes. */
const differs = new Set<string>();

/** The operations that a viewer sees answered otherwise through the public's eyes than anonymous does. */
async function unlikeAnonymous(name: string, viewer: Viewer, operations: readonly Operation[]): Promise<string[]> {
  const found: string[] = [];
  for (const operation of operations) {
    const expected = await answerTo(anonymous, operation);
    if ((await answerTo(viewer, operation)) !== expected) differs.add(name);
    if ((await answerTo(viewer, operation, 'public')) !== expected) found.push(`${name}: ${operation.name}`);
  }
  return found;
}

describe('through the eyes of the public everybody reads byte for byte what anonymous reads', () => {
  test('of every object itself, hidden or not, and in every list', async () => {
    const operations = [...stage.operations.everyObjectItself(), ...stage.operations.everyList()];
    const owner = asUser(castMember(stage.world, 'owner'));
    expect(await unlikeAnonymous('owner', owner, operations)).toEqual([]);
  });

  test(`on ${walksEach} walks each`, async () => {
    for (const { name, viewer } of castViewers(stage.world))
      expect(await unlikeAnonymous(name, viewer, someWalks())).toEqual([]);
    // The walks lead to where it makes a difference who asks.
    expect([...differs]).toEqual(expect.arrayContaining(['owner', 'member', 'crewMember', 'outsider']));
  });
});

/** Publishing moves these, and looking does not: something else is asked for in their place. */
function withoutMoments({ name, query, ...rest }: Operation): Operation {
  return { ...rest, name, query: query.replace(/\b(publishedAt|firstPublishedAt|updatedAt)\b/g, '__typename') };
}

/** Citations tell moments as well, within a text: of these answers the rest is compared. */
const withoutCitedMoments = (answer: string): string =>
  answer
    .replace(/\\+n *(\\+)"date(?:Published|Modified)\1": \1"[\d-]+\1",?/g, '')
    .replace(/"content-length":"\d+",?/, '');

test('as if things were public, their owner reads byte for byte what anonymous reads once each is', async () => {
  const { rows } = stage.world;
  const owner = viewerWith(castMember(stage.world, 'owner').id, 'PUBLISH');
  const [storage] = rows.DataStorage as [Row];
  const protocols = rows.DataStorageProtocol.filter(({ dataStorageId }) => dataStorageId === storage.id);
  const types: TypeName[] = ['Setup', 'Project', 'Inventory', 'BehavioralParadigm', 'DataStorage'];
  const steps = types.map((type) => ({
    ids: [rows[type][0]!.id, ...(type === 'DataStorage' ? protocols : []).map(({ id }) => id)],
    mutation: `publish${type}(id: "${rows[type][0]!.id}", confirm: true${
      type === 'DataStorage' ? `, protocolIds: ${JSON.stringify(protocols.map(({ id }) => id))}` : ''
    })`,
  }));
  const operations = [
    ...stage.operations.everyList().filter((_operation, index) => index % 2 === 0),
    ...someWalks(),
    ...someWalks(),
  ].map(withoutMoments);

  const supposed: string[][] = [];
  for (const place of steps.keys()) {
    const ids = steps.slice(0, place + 1).flatMap((step) => step.ids);
    const answers: string[] = [];
    for (const operation of operations)
      answers.push(withoutCitedMoments(await answerTo(owner, operation, `public; publish=${ids.join()}`)));
    supposed.push(answers);
  }
  let before = await Promise.all(
    operations.map(async (operation) => withoutCitedMoments(await answerTo(anonymous, operation))),
  );
  for (const [place, { mutation }] of steps.entries()) {
    const done = await stage.server.ask(owner, `mutation { done: ${mutation} { changed } }`);
    expect(done).toEqual({ data: { done: { changed: true } } });
    const after: string[] = [];
    for (const operation of operations) after.push(withoutCitedMoments(await answerTo(anonymous, operation)));
    expect(after).not.toEqual(before);
    const otherwise = operations.filter((_operation, index) => after[index] !== supposed[place]![index]);
    expect(otherwise.map(({ name }) => `${fieldName(types[place]!)}: ${name}`)).toEqual([]);
    before = after;
  }
});
