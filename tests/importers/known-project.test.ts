import { newId } from '../../src/model/ids';
import { type Lab, openLab, projectIn } from './lab';
import { fixture } from './reading';

let lab: Lab;
beforeAll(async () => {
  lab = await openLab();
});
afterAll(() => lab.close());

const bearer = `identifiers: [{ scheme: DANDI, value: "DANDI:999901" }]`;
const made = async (name: string): Promise<string> => {
  const { done } = await lab.ask<{ done: { project: { id: string } } }>(
    `mutation { done: createProject(input: { name: "${name}", ${bearer} }) { project { id } } }`,
  );
  return done.project.id;
};
const lantern = (...words: string[]): ReturnType<Lab['import']> => lab.import(['dandi', fixture('lantern'), ...words]);

test('a set goes into the one project of the importer that bears its identifier, whoever else claims it', async () => {
  const foreign = newId('Project');
  await lab.database.dataSource.query(
    `INSERT INTO "project" ("id", "name", "identifiers", "is_public", "published_at", "first_published_at")
     VALUES ($1, 'Claims it', '[{"scheme":"DANDI","value":"999901"}]', TRUE, now(), now())`,
    [foreign],
  );
  const own = await made('By hand');
  expect(projectIn(await lantern())).toBe(own);
  expect((await lantern()).out).toMatch(/\nNothing has changed: \d+ are as they were\.\n/);
  expect(
    await lab.database.dataSource.query(`SELECT "name", "version" FROM "project" WHERE "id" = $1`, [foreign]),
  ).toEqual([{ name: 'Claims it', version: 1 }]);
});

test('where several are theirs, the command asks which', async () => {
  const second = await made('Again');
  const { code, err } = await lantern();
  expect([code, err]).toEqual([1, expect.stringContaining(second)]);
  expect(err).toMatch(/Several projects of yours have an identifier of this set: name one with --into/);
  expect(projectIn(await lantern('--into', second))).toBe(second);
});
