import { anonymous } from '../world/cast';
import { long, seed } from '../world/effort';
import { provocationsOf } from './provocations';
import { faultsOfEach, Stage } from './stage';
import { neighbour, trailOf, twinsOf } from './twins';

/** How tests/stage/server.ts says who asks. */
const viewerHeader = 'x-test-viewer';

jest.setTimeout(long ? 3_600_000 : 300_000);

let stage: Stage;
beforeAll(async () => {
  stage = await Stage.open({ seed, size: long ? 4 : 1 });
});
afterAll(() => stage.close());

test('a wrong request is refused with its own code, and the refusal tells nothing', async () => {
  const faults = await faultsOfEach(stage.cast('anonymous', 'member'), (asking) =>
    faultsOfEach(provocationsOf(asking), (provocation) => asking.faultsOfRefusal(provocation)),
  );
  expect(faults).toEqual([]);
});

test('a hidden id and an unknown one are answered with the same bytes, headers and SQL statements', async () => {
  const faults = await faultsOfEach([...stage.cast().entries()], ([turn, asking]) =>
    faultsOfEach(
      twinsOf(asking).filter((_, place) => long || (place + turn) % 2 === 0),
      async ({ name, hidden, unknown }) =>
        (await trailOf(asking, hidden)) === (await trailOf(asking, unknown)) ? [] : [`${asking.name}: ${name}`],
    ),
  );
  expect(faults).toEqual([]);
});

test('a hidden id and an unknown one are exported, and supposed to be public, alike', async () => {
  const faults = await faultsOfEach(stage.cast(), async ({ name, viewer, oracle }) => {
    const hidden = stage.world.rows.Project.find((row) => !oracle.sees('Project', row));
    if (!hidden) return [];
    const told = async (url: string, id: string, headers: Record<string, string> = {}): Promise<string> => {
      const before = stage.server.statements.length;
      const answer = await stage.server.app.inject({
        url: url.replace('ID', id),
        headers: { [viewerHeader]: JSON.stringify(viewer), ...headers },
      });
      const { 'x-request-id': _id, date: _date, ...rest } = answer.headers;
      const statements = stage.server.statements.slice(before);
      return JSON.stringify([answer.statusCode, answer.body.replaceAll(id, 'ID'), rest, statements]);
    };
    const both = async (ask: (id: string) => Promise<string>): Promise<boolean> =>
      (await ask(hidden.id)) === (await ask(neighbour(hidden.id)));
    const supposing = (id: string): Record<string, string> => ({ 'stemgraph-view-as': `public; publish=${id}` });
    return [
      ...((await both((id) => told('/export/projects/ID.ndjson', id))) ? [] : [`${name}: the export`]),
      ...((await both((id) => told('/graphql?query={projects{totalCount}}', id, supposing(id))))
        ? []
        : [`${name}: the supposition`]),
    ];
  });
  expect(faults).toEqual([]);
});

test('a query in the address is answered like any other, with nothing more', async () => {
  const faults = await faultsOfEach(stage.cast('anonymous', 'stranger', 'owner'), async ({ name, watch, viewer }) => {
    const id = stage.world.rows.Project.find((row) => row['isPublic'] === false)!.id;
    const query = `{ node(id: "${id}") { id } projects { nodes { id name } } }`;
    const { body, statusCode } = await stage.server.app.inject({
      method: 'GET',
      url: '/graphql',
      query: { query },
      headers: { [viewerHeader]: JSON.stringify(viewer) },
    });
    const posted = await stage.server.send(viewer, query);
    return [
      ...watch.leaksIn(body),
      ...(statusCode === 200 && posted.body === body ? [] : [`${name}: ${statusCode} ${body}`]),
    ];
  });
  expect(faults).toEqual([]);
});

test('nothing of the world stands in the log of all these requests', () => {
  expect(stage.as(anonymous).watch.anythingIn(stage.server.log())).toEqual([]);
});
