import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';
import { DataSource } from 'typeorm';
import { databaseOptions } from '../../ormconfig';
import { typeOfId } from '../../src/model/ids';
import { makeToken } from '../../src/people/tokens/token.service';
import { createServer } from '../../src/server';
import { createTestDatabase, type TestDatabase } from '../stage/database';
import { patientShares } from '../stage/server';
import { Dice } from '../world/dice';
import { long, seed } from '../world/effort';
import { Client } from './client';
import { aProject, laboratory } from './lab';

const cycles = long ? 2000 : 60;
const readers = 8;

jest.setTimeout(long ? 1_800_000 : 300_000);

/** How many answers have to begin after a reply, and end before the next change is sent, for it to count as tried. */
const answersEach = readers;

let database: TestDatabase;
let second: DataSource;
let servers: FastifyInstance[];
let addresses: string[];
let owner: Client;
let thing: Awaited<ReturnType<typeof aProject>>;
beforeAll(async () => {
  database = await createTestDatabase();
  second = await new DataSource(databaseOptions(database.url)).initialize();
  const config = { corsOrigin: '*', logLevel: 'error', shares: patientShares } as const;
  servers = [await createServer(config, database.dataSource), await createServer(config, second)];
  addresses = await Promise.all(servers.map((server) => server.listen({ port: 0 })));
  const lab = laboratory(database.dataSource, typeOfId);
  thing = await aProject(lab);
  const userId = await lab.person('Olga', 'OWNER', [thing.project, thing.other]);
  const { secret } = await makeToken(database.dataSource.manager, userId, {
    name: 'Cycles',
    scopes: ['PUBLISH'],
    lifetime: 1,
  });
  owner = new Client(addresses[0]!, secret);
  // Its sessions are public throughout: of what both projects have, an answer may show this one and not the other.
  await change(`publishProject(id: "${thing.other}", confirm: true)`);
});
afterAll(async () => {
  owner.close();
  for (const server of servers) await server.close();
  await second.destroy();
  await database.drop();
});

async function change(mutation: string): Promise<void> {
  const answer = await owner.ask(`mutation { done: ${mutation} { changed } }`);
  expect(answer).toEqual({ data: { done: { changed: true } } });
}

const changes = {
  public: () => change(`publishProject(id: "${thing.project}", confirm: true)`),
  private: () => change(`revokeProject(id: "${thing.project}")`),
};
type State = keyof typeof changes;

/** By id and by list, down from the project and up to it, counts and names, all of which change by publishing. */
const queries = ({ project, session, shared, subject, behavior }: typeof thing): string[] => [
  `{ node(id: "${project}") { id ... on Project { name isPublic sessions { totalCount nodes { name subjects { nodes { name } } } } } } }`,
  `{ projects { totalCount edges { cursor node { id name subjects { totalCount nodes { name species { name } } } } } } }`,
  `{ session(id: "${session}") { name projects { nodes { id name } } behaviors { nodes { notes setup { name } session { subjects { nodes { name } } } } } } }`,
  `{ projects { totalCount } sessions { totalCount } subjects { totalCount } behaviors { totalCount } }`,
  `{ session(id: "${shared}") { name projects { nodes { name sessions { totalCount } } } subjects { nodes { id name } } } }`,
  `{ subject(id: "${subject}") { name projects { nodes { name } } sessions { nodes { name projects { nodes { name } } } } } }`,
  `{ nodes(ids: ["${project}", "${behavior}", "${subject}"]) { __typename id } }`,
  `{ species { nodes { subjects { totalCount nodes { name sessions { totalCount } } } } } sessions { nodes { name } } }`,
];

/** What is public, as far as its owner knows: nothing is certain from a change's being sent until its reply. */
class Belief {
  certain: State | undefined = 'private';
  /** How many changes have been sent. */
  changes = 0;
  private answers = 0;
  private enough: () => void = () => undefined;

  async become(state: State): Promise<void> {
    this.certain = undefined;
    this.changes += 1;
    await changes[state]();
    this.answers = 0;
    this.certain = state;
  }

  noteAnswer(): void {
    this.answers += 1;
    if (this.answers >= answersEach) this.enough();
  }

  answered(): Promise<void> {
    return new Promise((resolve) => (this.enough = resolve));
  }
}

interface Asked {
  query: string;
  answers: Record<State, string>;
}

/** Asks one thing after the other until told to stop, and tells what should not have been answered. */
async function read(reader: Client, dice: Dice, asked: readonly Asked[], belief: Belief, running: () => boolean) {
  const faults: string[] = [];
  const seen = { public: 0, private: 0, meanwhile: 0 };
  while (running()) {
    const { query, answers } = dice.pick(asked);
    await sleep(dice.between(0, 20));
    const { certain, changes } = belief;
    const body = await reader.send(query);
    const state = (Object.keys(answers) as State[]).find((one) => answers[one] === body);
    if (!state) faults.push(`torn: ${query} ${body}`);
    else if (certain === undefined || belief.changes !== changes) seen.meanwhile += 1;
    else {
      seen[certain] += 1;
      belief.noteAnswer();
      if (state !== certain) faults.push(`${state}, though ${certain} since before it was asked: ${query} ${body}`);
    }
  }
  return { faults, seen };
}

test(`${cycles} times published and revoked with ${readers} anonymous readers beside it: every answer is wholly the one or the other, and from a reply on the new one`, async () => {
  const anonymous = new Client(addresses[0]!);
  const asked: Asked[] = queries(thing).map((query) => ({ query, answers: { public: '', private: '' } }));
  for (const state of ['public', 'private'] as const) {
    await changes[state]();
    for (const one of asked) one.answers[state] = await anonymous.send(one.query);
  }
  anonymous.close();
  for (const { query, answers } of asked) {
    expect([query, answers.public]).not.toEqual([query, answers.private]);
    expect(answers.public + answers.private).not.toContain('errors');
    for (const secret of [thing.project, 'Sleep', 'Night', thing.setup, 'Secret box'])
      expect(answers.private).not.toContain(secret);
  }

  const belief = new Belief();
  let going = true;
  const dice = new Dice(seed);
  const clients = Array.from({ length: readers }, (_, index) => new Client(addresses[index % addresses.length]!));
  const reading = Promise.all(
    clients.map((client, index) => read(client, new Dice(seed + index), asked, belief, () => going)),
  );
  for (let cycle = 0; cycle < cycles; cycle += 1) {
    for (const state of ['public', 'private'] as const) {
      await belief.become(state);
      // Now and then the next change follows at once: then it is in the middle of answers that began before.
      if (dice.chance(0.8)) await belief.answered();
    }
  }
  going = false;
  const found = await reading;
  for (const client of clients) client.close();
  expect(found.flatMap(({ faults }) => faults).slice(0, 5)).toEqual([]);
  for (const kind of ['public', 'private', 'meanwhile'] as const) {
    const count = found.reduce((sum, { seen }) => sum + seen[kind], 0);
    expect([kind, count > cycles]).toEqual([kind, true]);
  }
});
