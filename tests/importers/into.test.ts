import { join } from 'node:path';
import { type Lab, openLab, projectIn } from './lab';
import { folderOf, removeFolders } from './reading';

let lab: Lab;
beforeAll(async () => {
  lab = await openLab();
}, 120_000);
afterAll(async () => {
  removeFolders();
  await lab.close();
});

const record = (day: number, license: string): string =>
  JSON.stringify({
    subject: { subject_id: 'm1', sex: 'Male', species: { name: 'Mus musculus' } },
    session: { subject_id: 'm1', session_start_time: `2024-09-0${day}T09:28:30-07:00` },
    data_description: { project_name: 'Maze', license },
  });

test('an earlier record contradicts nothing that a later one has stated, also in a project that is named', async () => {
  const folder = folderOf({ 'late.json': record(3, 'CC0-1.0'), 'early.json': record(1, 'MIT') });
  const { done } = await lab.ask<{ done: { project: { id: string } } }>(
    'mutation { done: createProject(input: { name: "Ours" }) { project { id } } }',
  );
  const { id } = done.project;
  for (const name of ['late.json', 'early.json']) {
    const end = await lab.import(['aind', join(folder, name), '--into', id]);
    expect([end.code, projectIn(end)]).toEqual([0, id]);
  }
  const license = (await lab.stored(id)).find(({ type }) => type === 'Project')?.license;
  expect(license).toBe('CC0-1.0');
});
