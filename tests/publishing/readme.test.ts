import { execFile, execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { transformFileSync } from '@swc/core';
import { examples } from '../../src/demo/cast';
import type { DemoToken } from '../../src/people/tokens/demo-tokens';
import { projectFolder } from '../../src/project-folder';
import { buildIfStale, cleanUp, makeBase, start } from '../startup/program';
import { Client } from './client';

let base: string;
let environment: Record<string, string>;
let tokens: Record<string, DemoToken>;
beforeAll(async () => {
  buildIfStale();
  base = makeBase();
  const data = join(base, 'data');
  const run = start({ DATA_DIR: data, SEED_DEMO: '' });
  const [, address] = await run.says(/Stemgraph is ready\. Open (http:\/\/\S+)\/graphiql/);
  // The tokens are printed right after, and the file is there by then.
  await run.says(/stranger\s+stemgraph_/);
  environment = { PATH: process.env['PATH']!, STEMGRAPH_URL: address!, DATA_DIR: data };
  tokens = JSON.parse(readFileSync(join(data, 'demo-tokens.json'), 'utf8')) as typeof tokens;
});
afterAll(() => cleanUp(base));

const project = examples.revokedProject;
const question = 'Are you sure you want to make this project public?';

interface Ended {
  code: number;
  output: string;
  errors: string;
}

function run(command: string, args: readonly string[], further: Record<string, string> = {}): Promise<Ended> {
  return new Promise((resolve) =>
    execFile(command, args, { cwd: base, env: { ...environment, ...further } }, (error, output, errors) =>
      resolve({ code: error ? Number(error.code ?? 1) : 0, output, errors }),
    ),
  );
}

async function isPublic(): Promise<boolean> {
  const anonymous = new Client(environment['STEMGRAPH_URL']!);
  const { data } = await anonymous.ask(`{ project(id: "${project.id}") { id } }`);
  anonymous.close();
  return data!['project'] !== null;
}

/** Runs the shell block of a section of the README; every line of what it prints. */
async function answersOf(section: string): Promise<string[]> {
  const readme = readFileSync(join(projectFolder, 'README.md'), 'utf8');
  const [, commands] = new RegExp(`## ${section}[^]*?\`\`\`sh\n([^]*?)\`\`\``).exec(readme) ?? [];
  const { code, output, errors } = await run('bash', ['--norc', '-euo', 'pipefail', '-c', commands!]);
  expect([code, errors]).toEqual([0, '']);
  return output.trim().split('\n');
}

test('the commands of the README create, change and delete metadata, and meet a conflict', async () => {
  const answers = await answersOf('Write metadata');
  expect(answers.map((line) => JSON.parse(line) as unknown)).toEqual([
    { data: { updateSession: { message: 'Saved. It is not public.', isPublic: false, session: { version: 2 } } } },
    {
      data: { updateSession: null },
      errors: [expect.objectContaining({ extensions: { code: 'CONFLICT', currentVersion: 2 } }) as object],
    },
    {
      data: {
        deleteProject: {
          message:
            'Deleted. 1 subject that was in no other project went with it. 1 session that was in no other project went with it.',
        },
      },
    },
  ]);
});

test('the commands of the README publish a project, show it to everybody, and take it back', async () => {
  const answers = await answersOf('Publish a project in three requests');
  expect(answers.map((line) => JSON.parse(line) as unknown)).toEqual([
    {
      data: {
        publishProject: expect.objectContaining({ message: expect.stringContaining(question) as string }) as object,
      },
    },
    { data: { publishProject: { message: expect.stringContaining('is public now') as string, isPublic: true } } },
    { data: { project: { name: project.name, sessions: { totalCount: 40 } } } },
    { data: { revokeProject: { message: expect.stringContaining('is private now') as string, isPublic: false } } },
  ]);
  expect(JSON.parse(answers[0]!)).toMatchObject({ data: { publishProject: { impact: { sessions: 40 } } } });
  expect(await isPublic()).toBe(false);
});

const example = (name: string): string => join(projectFolder, 'schema', 'examples', name);

/** The example as JavaScript, which every Node runs. */
function compiled(): string {
  const folder = join(base, 'examples');
  mkdirSync(folder, { recursive: true });
  const file = join(folder, 'publish.cjs');
  const options = {
    swcrc: false,
    module: { type: 'commonjs' },
    jsc: { parser: { syntax: 'typescript' }, target: 'es2022' },
  } as const;
  writeFileSync(file, transformFileSync(example('publish.ts'), options).code);
  return file;
}

function hasPython(): boolean {
  try {
    execFileSync('python3', ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    console.warn('NOT TESTED: schema/examples/publish.py, for want of python3.');
    return false;
  }
}

const scripts: [name: string, command: string, file: () => string][] = [
  ['publish.ts', 'node', compiled],
  ...(hasPython() ? [['publish.py', 'python3', () => example('publish.py')] as [string, string, () => string]] : []),
];

describe.each(scripts)('%s', (_name, command, file) => {
  const publish = (token: string, ...args: string[]): Promise<Ended> =>
    run(command, [file(), project.id, ...args], { STEMGRAPH_TOKEN: token, PYTHONIOENCODING: 'utf-8' });
  const owner = (): string => tokens['owner']!.token;

  test('shows the question and the impact, and publishes only when told to', async () => {
    const look = await publish(owner());
    expect([look.code, look.errors]).toEqual([0, '']);
    expect(look.output).toMatch(new RegExp(`^${question.replace('?', '\\?')}[^]*\n  sessions: 40\n[^]*still null: `));
    expect(await isPublic()).toBe(false);

    const done = await publish(owner(), '--confirm');
    expect([done.code, done.errors]).toEqual([0, '']);
    expect(done.output.startsWith(look.output)).toBe(true);
    expect(done.output.slice(look.output.length)).toMatch(/^This project is public now\./);
    expect(await isPublic()).toBe(true);

    const client = new Client(environment['STEMGRAPH_URL']!, owner());
    await client.ask(`mutation { revokeProject(id: "${project.id}") { changed } }`);
    client.close();
  });

  test.each([
    ['a stranger', () => tokens['stranger']!.token, /Project/],
    ['a wrong token', () => 'stemgraph_wrong', /token/],
  ])('fails with the message of the error for %s', async (_who, token, message) => {
    const { code, errors, output } = await publish(token(), '--confirm');
    expect([code, output]).toEqual([1, '']);
    expect(errors).toMatch(message);
    expect(errors.trimEnd().split('\n')).toHaveLength(1);
    expect(await isPublic()).toBe(false);
  });
});
