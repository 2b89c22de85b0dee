import 'reflect-metadata';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { projectFolder } from '../../../src/project-folder';
import { Asking, TimedOut } from './asking';
import { planned } from './data/make';
import { sizes, type SizeName } from './data/plan';
import { measure, takenAlone } from './measure';
import { books, pagesOf } from './pages';
import { reads, type Read } from './reads';
import { commitAtHand, keepResults, writeReport, type Results } from './report';
import { openStage, removeData, type Stage } from './stage';
import { Truth } from './truth';
import { measureWrites } from './writes';

const usage = `npm run bench:discovery -- [S] [L] [--only <text>] [--seconds <n>] [--no-writes] [--clean]

Makes the data of each size once, in the folder BENCH_DATA, and measures what finding takes on them.
--only      measures what has this text in its name, and writes no report
--seconds   how long each is measured; 4 if left out
--no-writes leaves out what is written
--clean     makes the data anew`;

/** Which page deep inside a list is turned to. */
const deepest = 1000;

const say = (line: string): void => void process.stdout.write(`${line}\n`);

interface Options {
  only: string | undefined;
  seconds: number;
  writes: boolean;
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      only: { type: 'string' },
      seconds: { type: 'string', default: '4' },
      'no-writes': { type: 'boolean', default: false },
      clean: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  const chosen = positionals.length === 0 ? ['S'] : positionals;
  if (values.help || !chosen.every((size): size is SizeName => size in sizes)) return say(usage);
  const options = { only: values.only, seconds: Number(values.seconds), writes: !values['no-writes'] };
  for (const size of chosen) {
    if (values.clean) removeData(size);
    say(`Size ${size}`);
    const results = await measured(size, options);
    if (options.only === undefined) keepResults(results);
  }
  if (options.only === undefined && !chosen.includes('XS'))
    say(await writeReport(join(projectFolder, 'tests', 'performance', 'DISCOVERY.md')));
}

async function measured(size: SizeName, options: Options): Promise<Results> {
  const stage = await openStage(size, say);
  const truth = await Truth.open(stage);
  const data = planned(sizes[size]);
  try {
    const [{ version }] = (await truth.query<{ version: string }>(
      `SELECT current_setting('server_version') || left($1::text, 0) AS version`,
      false,
    )) as [{ version: string }];
    const results: Results = { size, commit: commitAtHand(), postgres: version, load: 0, reads: [], writes: {} };
    const loads: number[] = [];
    for (const asMember of [false, true]) {
      const all = [...reads, ...(await pages(stage, truth, data.containers.project(0), asMember))];
      const offered = await rootFields(stage);
      const chosen = all.filter(
        ({ name, needs }) => name.includes(options.only ?? '') && (needs === undefined || offered.includes(needs)),
      );
      for (const read of chosen) {
        results.reads.push(await measuredRead(read, stage, truth, asMember, options.seconds));
        loads.push(loadavg()[0]!);
      }
    }
    results.load = loads.reduce((sum, one) => sum + one, 0) / Math.max(1, loads.length);
    if (options.writes) results.writes = await measureWrites(stage, data);
    return results;
  } finally {
    await truth.close();
    await stage.stop();
  }
}

async function rootFields(stage: Stage): Promise<string[]> {
  const asking = new Asking(stage, 1);
  const { __type } = await asking
    .ask({ query: '{ __type(name: "Query") { fields { name } } }' })
    .finally(() => asking.close());
  return (__type as { fields: { name: string }[] }).fields.map(({ name }) => name);
}

async function pages(stage: Stage, truth: Truth, projectId: string, asMember: boolean): Promise<Read[]> {
  const asking = new Asking(stage, 1);
  try {
    const made: Read[] = [];
    for (const book of books(projectId)) made.push(...(await pagesOf(book, deepest, asking, truth, asMember)));
    return made;
  } finally {
    asking.close();
  }
}

/** A right answer first, then how fast it comes. */
async function measuredRead(
  read: Read,
  stage: Stage,
  truth: Truth,
  asMember: boolean,
  seconds: number,
): Promise<Results['reads'][number]> {
  const { name, promised, question } = read;
  const asking = new Asking(stage, 1);
  const asked = { ...question, asMember };
  const began = performance.now();
  const data = await asking
    .ask(asked)
    .catch((error: unknown) => {
      if (error instanceof TimedOut) return undefined;
      throw error;
    })
    .finally(() => asking.close());
  const alone = takenAlone(performance.now() - began);
  if (data) await read.check(data, truth, asMember);
  const figures = alone ?? (await measure(stage, asked, seconds));
  say(`${asMember ? 'member' : 'anybody'}: ${name}: p50 ${figures.p50.toFixed(1)} p99 ${figures.p99.toFixed(1)} ms`);
  return { name, asMember, ...(promised !== undefined && { promised }), figures };
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
  process.exitCode = 1;
});
