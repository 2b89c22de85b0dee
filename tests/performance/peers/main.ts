import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { projectFolder } from '../../../src/project-folder';
import { Contestant } from './contestant';
import { installedPostgraphile } from './postgraphile/install';
import { runLoad, send, toBody, type Round } from './load';
import { withHotPages, writeReport, type Measured } from './report';
import { openField, type Field } from './stage';
import { bodyOf, workloads, type Workload } from './workloads';

const usage = `npm run bench -- [--only <text>] [--rounds <n>] [--seconds <n>]

Measures Stemgraph against PostGraphile with row level security, a server as the manuals of our libraries show it, and one
statement behind a bare server, on one database in the folder BENCH_DATA, where PostGraphile is installed as well.
--only      workloads that have this in their name; writes no report
--rounds    how often each is measured in turn; 5 if left out
--seconds   how long a round of each takes; 2 if left out`;

const say = (line: string): void => void process.stdout.write(`${line}\n`);
const built = (name: string): string => join(projectFolder, 'dist', 'tests', 'performance', 'peers', name);

/** How many objects of a kind are asked for in turn. */
const asked = 200;

const chosen: Record<Workload['about'], string | undefined> = {
  everything: undefined,
  'public project': `SELECT p.id FROM project p WHERE p.is_public AND (SELECT count(*) FROM project_session l WHERE l.project_id = p.id) BETWEEN 20 AND 200 ORDER BY p.id LIMIT ${asked}`,
  session: `SELECT id FROM session WHERE public_in > 0 ORDER BY id LIMIT ${asked}`,
  subject: `SELECT id FROM subject WHERE public_in > 0 ORDER BY id LIMIT ${asked}`,
};

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      only: { type: 'string', default: '' },
      rounds: { type: 'string', default: '5' },
      seconds: { type: 'string', default: '2' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return say(usage);
  const field = await openField(say);
  const contestants: Contestant[] = [];
  try {
    await startAll(field, contestants);
    const measured: Measured[] = [];
    for (const workload of workloads.filter(({ name }) => name.includes(values.only))) {
      const ids = await idsFor(workload, field);
      const able = contestants.filter((contestant) => takesPart(contestant, workload));
      await checkAnswers(workload, ids, able, field);
      const settings = { rounds: Number(values.rounds), seconds: Number(values.seconds) };
      measured.push(await whileWriting(workload, field, () => measure(workload, ids, able, field, settings)));
    }
    const memory = Object.fromEntries(contestants.map(({ name, peakMemory }) => [name, peakMemory]));
    say(await writeReport(measured, memory, values.only === ''));
  } finally {
    await Promise.all(contestants.map((one) => one.stop()));
    await field.stop();
  }
}

/** @param started takes them one by one, to be stopped even where the next does not start */
async function startAll({ url, guardedUrl, token, memberId }: Field, started: Contestant[]): Promise<void> {
  const [node, postgraphile] = installedPostgraphile(say);
  const all: [string, string, string[]][] = [
    ['Stemgraph', node, [built('stemgraph.js'), url, 'rules on', '0']],
    [withHotPages, node, [built('stemgraph.js'), url, 'rules on', '32']],
    ['rules off', node, [built('stemgraph.js'), url, 'rules off', '0']],
    ['PostGraphile', node, [postgraphile, guardedUrl, token, memberId]],
    ['textbook', node, [built('textbook/main.js'), url, token, memberId]],
    ['limit', node, [built('limit.js'), url, token, memberId]],
  ];
  for (const [name, command, args] of all) started.push(await Contestant.start(name, command, args));
}

async function idsFor({ about }: Workload, { client }: Field): Promise<(string | undefined)[]> {
  const statement = chosen[about];
  if (statement === undefined) return [undefined];
  return (await client.query<{ id: string }>(statement)).rows.map(({ id }) => id);
}

/**
 * Answers that are kept are measured where one page is asked for again and again, and nowhere else: since nothing is written meanwhile, all others would
 * come to that as well.
 */
function takesPart({ name }: Contestant, { hot, textbook, postgraphile }: Workload): boolean {
  switch (name) {
    case withHotPages:
      return hot === true;
    case 'textbook':
      return textbook !== false;
    case 'PostGraphile':
      return postgraphile !== undefined;
    default:
      return true;
  }
}

const queryFor = (contestant: string, { query, postgraphile }: Workload): string =>
  contestant === 'PostGraphile' ? postgraphile! : query;

/** Changes something that no workload asks for, as often as the workload says. */
async function whileWriting<T>({ writes }: Workload, { client }: Field, work: () => Promise<T>): Promise<T> {
  const change = (): unknown =>
    client.query(
      `UPDATE project SET version = version + 1 WHERE id = (SELECT max(id::text)::uuid FROM project WHERE NOT is_public)`,
    );
  const timer = writes === undefined ? undefined : setInterval(change, 1000 / writes);
  try {
    return await work();
  } finally {
    clearInterval(timer);
  }
}

/** All give the same answers, and none what its reader may not see; but who has no rules. */
async function checkAnswers(
  workload: Workload,
  ids: readonly (string | undefined)[],
  contestants: readonly Contestant[],
  { token }: Field,
): Promise<void> {
  const { inAnyOrder } = workload;
  const judged = contestants.filter(({ name }) => name !== 'rules off');
  for (const id of ids.slice(0, 10)) {
    const answers = await Promise.all(
      judged.map(async ({ name, address }) => {
        const body = toBody(bodyOf(queryFor(name, workload), id));
        return { name, answer: told(await send(address, body, workload.asMember ? token : undefined), inAnyOrder) };
      }),
    );
    const right = answers.find(({ name }) => name === 'limit')!.answer;
    for (const { name, answer } of answers)
      if (answer !== right)
        throw new Error(`${workload.name} of ${id}: ${name} answers\n${answer}\nwhere right is\n${right}`);
  }
}

/** An answer in one spelling: of instants and of large numbers. */
function told(answer: string, inAnyOrder = false): string {
  const { data } = JSON.parse(answer) as { data: unknown };
  return JSON.stringify(data, (key, value: unknown) => {
    if (inAnyOrder && key === 'nodes') return (value as unknown[]).map((one) => JSON.stringify(one)).sort();
    if (key === 'fileSizeBytes' && typeof value === 'string') return Number(value);
    return typeof value === 'string' && /^\d{4}-\d\d-\d\dT/.test(value) ? new Date(value).toISOString() : value;
  });
}

async function measure(
  workload: Workload,
  ids: readonly (string | undefined)[],
  contestants: readonly Contestant[],
  field: Field,
  { rounds, seconds }: { rounds: number; seconds: number },
): Promise<Measured> {
  const found = new Map(contestants.map(({ name }) => [name, { rounds: [] as Round[], server: 0, database: 0 }]));
  for (let round = -1; round < rounds; round += 1)
    for (const contestant of contestants) {
      const bodies = ids.map((id) => toBody(bodyOf(queryFor(contestant.name, workload), id)));
      let at = 0;
      const next = (): string => bodies[workload.hot ? 0 : at++ % bodies.length]!;
      const before = { server: contestant.cpu, database: field.cpu() };
      const load = { address: contestant.address, token: workload.asMember ? field.token : undefined, next };
      const done = await runLoad(load, round < 0 ? seconds / 2 : seconds);
      if (round < 0) continue; // to warm up
      const one = found.get(contestant.name)!;
      const requests = done.perSecond * seconds;
      one.rounds.push(done);
      one.server += (contestant.cpu - before.server) / requests / rounds;
      one.database += (field.cpu() - before.database) / requests / rounds;
    }
  say(
    `${workload.name} ${[...found].map(([name, { rounds: all }]) => `${name} ${Math.round(all[0]!.perSecond)}`).join(', ')}`,
  );
  return { workload, found };
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
  process.exitCode = 1;
});
