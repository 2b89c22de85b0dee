import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { newId } from '../../src/model/ids';
import { projectFolder } from '../../src/project-folder';
import { createTestDatabase, type TestDatabase } from '../stage/database';

let database: TestDatabase;
let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'stemgraph-cli-'));
  for (const name of ['node_modules', 'schema']) symlinkSync(join(projectFolder, name), join(folder, name));
  writeFileSync(join(folder, 'package.json'), '{}');
  const compile = ['swc', '.', '--config-file', '.swcrc', '-q', '-d', join(folder, 'dist')];
  const only = ['src/**/*.ts', 'migrations/*.ts', 'ormconfig.ts'].flatMap((pattern) => ['--only', pattern]);
  const program = join(projectFolder, 'node_modules', '.bin', compile[0]!);
  database = await createTestDatabase();
  await promisify(execFile)(program, [...compile.slice(1), ...only], { cwd: projectFolder });
});
afterAll(async () => {
  await database.drop();
  rmSync(folder, { recursive: true });
});

interface End {
  code: number;
  out: string;
  err: string;
}

function stemgraph(...words: string[]): Promise<End> {
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [join(folder, 'dist', 'src', 'cli.js'), ...words],
      { env: { PATH: process.env['PATH'], DATABASE_URL: database.url } },
      (error, out, err) => resolve({ code: error ? Number(error.code) : 0, out, err }),
    );
  });
}

const oneLine = (text: string): boolean => /^[^\n]+\n$/.test(text);

test('an operator makes a user and a token from nothing', async () => {
  const made = await stemgraph('user', 'create', '--name', 'Olga Berg', '--email', 'olga@example.org');
  expect(made).toMatchObject({ code: 0, err: '' });
  const id = /[0-9a-f-]{36}/.exec(made.out)![0];
  const token = await stemgraph('token', 'create', '--user', 'olga@example.org', '--name', 'CI', '--scopes', 'write');
  expect(token).toMatchObject({ code: 0, err: '' });
  expect(token.out.split('\n')[1]).toMatch(/^stemgraph_[0-9A-Za-z]{46}$/);
  const [who, listed] = await Promise.all([stemgraph('who-can-see', id), stemgraph('token', 'list', '--user', id)]);
  expect(who.out).toMatch(/^Who can see the user "Olga Berg":\nevery signed-in user — .*\nOlga Berg — .*\n$/);
  expect(listed.out).toContain('  CI  read,write  valid until ');
});

test('what is kept wrongly is told with exit code 1, until it is repaired', async () => {
  await database.dataSource.query(`INSERT INTO "session" ("id", "name", "public_in") VALUES ($1, 'Night', 1)`, [
    newId('Session'),
  ]);
  expect(await stemgraph('verify')).toMatchObject({ code: 1, err: '' });
  expect(await stemgraph('verify', '--repair')).toMatchObject({ code: 0, err: '' });
  expect(await stemgraph('verify')).toEqual({ code: 0, err: '', out: 'What is kept is right.\n' });
});

test('what cannot be done is told in one line, with exit code 1', async () => {
  const unknown = newId('Project');
  const ends = await Promise.all([
    stemgraph('who-can-see', unknown),
    stemgraph('owner', 'add', unknown, 'olga@example.org'),
    stemgraph('admin', 'grant', 'nobody@example.org'),
    stemgraph('token', 'create', '--user', 'x', '--name', 'y', '--scopes', 'everything'),
  ]);
  for (const { code, out, err } of ends)
    expect({ code, out, isOneLine: oneLine(err), hasStack: err.includes('    at ') }).toEqual({
      code: 1,
      out: '',
      isOneLine: true,
      hasStack: false,
    });
  expect(ends[0].err).toBe(`stemgraph: There is no object with the id ${unknown}.\n`);
});
