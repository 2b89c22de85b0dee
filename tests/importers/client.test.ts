import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { projectFolder } from '../../src/project-folder';
import { buildIfStale } from '../startup/program';

beforeAll(buildIfStale);

test('the importers load nothing of the server: no database, no models, no schema', () => {
  const command = join(projectFolder, 'dist', 'src', 'importers', 'command.js');
  const script = `require(${JSON.stringify(command)}); console.log(JSON.stringify(Object.keys(require.cache)))`;
  const loaded = JSON.parse(execFileSync(process.execPath, ['-e', script], { encoding: 'utf8' })) as string[];
  const own = loaded.filter((file) => !file.includes('node_modules')).map((file) => file.split('/dist/src/')[1]);
  const rooms = new Set(own.map((file) => file?.split('/')[0]));
  expect([...rooms].sort()).toEqual(['commands', 'domain', 'importers', 'model', 'project-folder.js', 'tree']);
  const packages = loaded.flatMap((file) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(file)?.[1] ?? []);
  expect(packages).not.toEqual(
    expect.arrayContaining([expect.stringMatching(/^(typeorm|pg|graphql|type-graphql|fastify|@apollo\/server)$/)]),
  );
});
