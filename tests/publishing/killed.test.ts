import { setTimeout as sleep } from 'node:timers/promises';
import { typeOfId } from '../../src/model/ids';
import { makeToken } from '../../src/people/tokens/token.service';
import { createTestDatabase, type TestDatabase } from '../stage/database';
import type { Answer } from '../stage/server';
import { buildIfStale, cleanUp, makeBase, start, type Run } from '../startup/program';
import { Dice } from '../world/dice';
import { long, seed } from '../world/effort';
import { Client } from './client';
import { laboratory, type Lab } from './lab';

const publications = long ? 200 : 32;
const kills = long ? 25 : 3;

jest.setTimeout(long ? 900_000 : 120_000);

/** How many owners publish at the same time. */
const publishers = 6;

/** So that publishing takes many statements, and a kill can come between any two of them. */
const behaviorsEach = 5;

/** A kill comes at most so long after one of the publications was answered: half of them while the next ones are written. */
const fusesMs = [10, 150] as const;

let base: string;
let database: TestDatabase;
let lab: Lab;
beforeAll(async () => {
  buildIfStale();
  base = makeBase();
  database = await createTestDatabase();
  lab = laboratory(database.dataSource, typeOfId);
});
afterAll(async () => {
  await cleanUp(base);
  await database.drop();
});

/** A project and the attributes that are published with it. */
interface Parcel {
  project: string;
  attributes: string[];
}

/** A project of one session, whose behaviors each refer to a setup and a paradigm of their own. */
async function makeParcel(number: number, speciesId: string, setupTypeId: string): Promise<Parcel> {
  const project = await lab.add('Project', { name: `Project ${number}` });
  const subject = await lab.add('Subject', { name: `Subject ${number}`, speciesId, sex: 'FEMALE' });
  const sessionId = await lab.add('Session', { name: `Session ${number}` });
  await lab.link('project_subject', { project_id: project, subject_id: subject });
  await lab.link('project_session', { project_id: project, session_id: sessionId });
  const attributes: string[] = [];
  for (let order = 0; order < behaviorsEach; order += 1) {
    const setupId = await lab.add('Setup', { name: `Setup ${number}`, setupTypeId });
    const behavioralParadigmId = await lab.add('BehavioralParadigm', { name: `Paradigm ${number}`, setupTypeId });
    await lab.add('Behavior', { sessionId, setupId, behavioralParadigmId, order });
    attributes.push(setupId, behavioralParadigmId);
  }
  return { project, attributes };
}

const all = ({ project, attributes }: Parcel): string[] => [project, ...attributes];

/** The program, and whoever asks it. It is killed without warning, and started again on the same database. */
class Server {
  private constructor(
    private readonly run: Run,
    readonly address: string,
  ) {}

  static async start(): Promise<Server> {
    const run = start({ DATABASE_URL: database.url, DATA_DIR: base });
    const [, address] = await run.says(/Stemgraph is ready\. Open (http:\/\/\S+)\/graphiql/);
    return new Server(run, address!);
  }

  async kill(): Promise<void> {
    this.run.process.kill('SIGKILL');
    expect(await this.run.ended).toBe('SIGKILL');
  }
}

/** What anybody can see of each parcel, in its order. */
async function visible(server: Server, parcels: readonly Parcel[]): Promise<boolean[][]> {
  const anonymous = new Client(server.address);
  const found: boolean[][] = [];
  for (const parcel of parcels) {
    const ids = all(parcel).map((id) => `"${id}"`);
    const { data } = await anonymous.ask(`{ nodes(ids: [${ids.join(', ')}]) { id } }`);
    found.push((data!['nodes'] as unknown[]).map((node) => node !== null));
  }
  anonymous.close();
  return found;
}

/** What the record says was published: each object once for each time. */
async function recorded(): Promise<string[]> {
  const rows = await database.dataSource.query<{ id: string }[]>(
    `SELECT "object_id" AS "id" FROM "publication_event" WHERE "action" = 'PUBLISH' ORDER BY "object_id"`,
  );
  return rows.map(({ id }) => id);
}

const confirm = ({ project, attributes }: Parcel): string =>
  `mutation { publishProject(id: "${project}", confirm: true, attributeIds: ${JSON.stringify(attributes)}) { isPublic } }`;

/** Publishes what is waiting until all is done or the server is gone, and notes the answers. */
async function publishAll(client: Client, waiting: Parcel[], answers: Map<Parcel, Answer>): Promise<void> {
  for (let parcel = waiting.pop(); parcel; parcel = waiting.pop()) {
    const answer = await client.ask(confirm(parcel)).catch(() => undefined);
    if (!answer) return void waiting.push(parcel);
    answers.set(parcel, answer);
  }
}

test(`${publications} projects published with attributes, the server killed ${kills} times on the way: each is public wholly or not at all, and so says the record`, async () => {
  const dice = new Dice(seed);
  const species = await lab.add('Species', { name: 'Mus musculus', isApproved: true });
  const setupType = await lab.add('SetupType', { name: 'Box', category: 'UNKNOWN', isApproved: true });
  const parcels: Parcel[] = [];
  for (let number = 0; number < publications; number += 1) parcels.push(await makeParcel(number, species, setupType));
  const owner = await lab.person('Olga', 'OWNER', parcels.flatMap(all));
  const { manager } = database.dataSource;
  const token = (await makeToken(manager, owner, { name: 'Parcels', scopes: ['PUBLISH'], lifetime: 1 })).secret;

  const answers = new Map<Parcel, Answer>();
  const waiting = dice.shuffled(parcels);
  const interrupted: number[] = [];
  for (let round = 0; round <= kills; round += 1) {
    const server = await Server.start();
    const states = await visible(server, parcels);
    const published = parcels.filter((_parcel, index) => states[index]![0]);
    // All or none of each, everything that was answered, and exactly that is on record.
    expect(states.filter((state) => new Set(state).size > 1)).toEqual([]);
    expect([...answers.keys()].filter((parcel) => !published.includes(parcel))).toEqual([]);
    expect(await recorded()).toEqual(published.flatMap(all).sort());

    const clients = Array.from({ length: publishers }, () => new Client(server.address, token));
    const before = answers.size;
    // What is left is spread over the kills that are left; after the last of them the rest is published in peace.
    const share = Math.floor(waiting.length / (kills - round + 1));
    const portion = round === kills ? waiting : waiting.splice(0, Math.max(share, publishers));
    const publishing = Promise.all(clients.map((client) => publishAll(client, portion, answers)));
    if (round < kills) {
      const afterSoMany = before + dice.between(1, Math.max(1, portion.length - publishers));
      while (answers.size < afterSoMany && portion.length > 0) await sleep(1);
      await sleep(dice.between(0, dice.pick(fusesMs)));
      await server.kill();
    }
    await publishing;
    for (const answer of answers.values()) expect(answer).toEqual({ data: { publishProject: { isPublic: true } } });
    if (round < kills) interrupted.push(portion.length);
    if (portion !== waiting) waiting.push(...portion);
    for (const client of clients) client.close();
    if (round === kills) {
      expect((await visible(server, parcels)).flat().every((seen) => seen)).toBe(true);
      expect(await recorded()).toEqual(parcels.flatMap(all).sort());
    }
  }
  // Most of the kills came in the middle of publications.
  expect(interrupted.filter((left) => left > 0).length).toBeGreaterThan(kills / 2);
});
