import { createServer, request as httpRequest, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ChangedMeanwhile, Client } from '../../src/importers/client';
import { type Lab, openLab, projectIn } from './lab';
import { folderOf, removeFolders } from './reading';

let lab: Lab;
let folder: string;
let projectId: string;
beforeAll(async () => {
  lab = await openLab();
  folder = folderOf({
    'project.csv': 'key,name\nmoor,Moor\n',
    'subjects.csv': 'name,tags\nM1,wet\n',
  });
  projectId = projectIn(await lab.import(['csv', folder]));
}, 120_000);
afterAll(async () => {
  removeFolders();
  await lab.close();
});

const key = 'project:CSV:moor';
const tag = async (tags: string[]): Promise<void> => {
  const mutation =
    'mutation ($id: ID!, $tags: [String!]) { updateSubject(id: $id, input: { tags: $tags }) { changed } }';
  await lab.ask(mutation, { id: await lab.idOf('subject:M1'), tags });
};
const tags = async (): Promise<unknown> =>
  (await lab.stored(projectId)).find((entry) => entry.key === 'subject:M1')?.['tags'];

test('a tree that was made from what is no longer stored is refused, and nothing of it is stored', async () => {
  const client = await Client.fromEnvironment({ STEMGRAPH_URL: lab.url }, lab.folder);
  const before = await client.find(key);
  expect(before.state).toMatch(/^[0-9a-f]{32}$/);
  expect(await client.find(key)).toEqual(before);
  await tag(['wet', 'ours']);
  const entries = [
    { type: 'Project' as const, key },
    { type: 'Subject' as const, key: 'subject:M1', tags: ['theirs'] },
  ];
  const stale = client.import(entries, { dryRun: false, ifState: before.state });
  await expect(stale).rejects.toThrow(ChangedMeanwhile);
  await expect(stale).rejects.toThrow(/changed since you read it/);
  expect(await tags()).toEqual(['wet', 'ours']);
  const { state } = await client.find(key);
  expect(state).not.toBe(before.state);
  const { faults, unchanged } = await client.import(entries.slice(0, 1), { dryRun: false, ifState: state });
  expect([faults, unchanged]).toEqual([[], 1]);
});

/** Passes on to the server; once it has answered an export, and before its answer is passed on, something else happens. */
async function between(happens: () => Promise<void>): Promise<Server> {
  const server = createServer((request, response) => {
    const { pathname, search } = new URL(request.url!, lab.url);
    const isExport = pathname.startsWith('/export/');
    const { method, headers } = request;
    const passed = httpRequest(new URL(pathname + search, lab.url), { method, headers }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => chunks.push(chunk));
      answer.on('end', () => {
        void (isExport ? happens() : Promise.resolve()).then(() =>
          response.writeHead(answer.statusCode!, answer.headers).end(Buffer.concat(chunks)),
        );
      });
    });
    request.pipe(passed);
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  return server;
}

test('what a person takes away while the command reads does not come back', async () => {
  await tag(['wet', 'ours']);
  let times = 0;
  const server = await between(async () => {
    times += 1;
    if (times === 1) await tag(['wet']);
  });
  const { port } = server.address() as AddressInfo;
  const end = await lab.import(['csv', folder], { STEMGRAPH_URL: `http://127.0.0.1:${port}` });
  server.close();
  expect([end.code, times, await tags()]).toEqual([0, 2, ['wet']]);
});
