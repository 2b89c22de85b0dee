import { readAind } from '../../src/importers/aind/read-aind';
import { joinStored } from '../../src/importers/joining';
import type { Entry } from '../../src/tree/entry';
import { folderOf, removeFolders } from './reading';

afterAll(removeFolders);

const rig = { rig_id: 'Rig.1', location: 'Room 1', cameras: [{ device_type: 'Camera', name: 'Camera A' }], daqs: [] };
const description = { project_name: 'Maze', data_level: 'raw' };

/** A record of one session, in the words of either version; its two streams begin with it and ten minutes later. */
const recordOf = (version: 1 | 2, start: string, later: string, created?: string): string => {
  const streams = [start, later].map((stream_start_time) => ({
    stream_start_time,
    ...(version === 1
      ? { stream_modalities: [{ abbreviation: 'ecephys' }] }
      : { modalities: [{ abbreviation: 'ecephys' }] }),
  }));
  const session =
    version === 1
      ? { session: { subject_id: 'M1', session_start_time: start, rig_id: 'Rig.1', data_streams: streams }, rig }
      : { acquisition: { subject_id: 'M1', acquisition_start_time: start, data_streams: streams } };
  return JSON.stringify({
    ...{ subject: { subject_id: 'M1', sex: 'Male', species: { name: 'Mus musculus' } }, ...session },
    data_description: { ...description, ...(created !== undefined && { creation_time: created }) },
  });
};
const entriesOf = async (files: Record<string, string>, type: string): Promise<Entry[]> =>
  (await readAind(folderOf(files))).tree.entries.filter((entry) => entry.type === type);

const inSeattle = ['2024-09-01T09:30:00-07:00', '2024-09-01T09:40:00-07:00'] as const;
const inUtc = ['2024-09-01 16:30:00.000+00:00', '2024-09-01T16:40:00Z'] as const;

describe('a session is one by the instant at which it began', () => {
  it('in whatever zone and version its records write it, and so are its streams and epochs', async () => {
    const files = { 'a.json': recordOf(1, ...inSeattle), 'b.json': recordOf(2, ...inUtc) };
    expect((await entriesOf(files, 'Session')).map(({ key }) => key)).toEqual(['session:M1/2024-09-01T16:30:00.000Z']);
    expect(await entriesOf(files, 'DataAcquisition')).toHaveLength(2);
    expect(await entriesOf(files, 'Epoch')).toHaveLength(2);
  });

  it('not by what clocks show in two zones', async () => {
    const files = { 'a.json': recordOf(1, ...inSeattle), 'b.json': recordOf(2, '2024-09-01T09:30:00Z', inUtc[1]) };
    expect(await entriesOf(files, 'Session')).toHaveLength(2);
  });
});

/** What is stored of a record that was imported when keys held times as they were written, and rigs in any letters. */
function storedBefore(entries: readonly Entry[], spellings: readonly (readonly [string, string])[]): Entry[] {
  const before = (key: string): string =>
    spellings
      .reduce((text, [now, then]) => text.replaceAll(now, then), key)
      .replace(/^(setup|equipment):rig\.1/, '$1:Rig.1');
  const keys = new Map(entries.map(({ key }) => [key, before(key)]));
  const inside = (value: unknown): unknown =>
    Array.isArray(value) ? value.map(inside) : typeof value === 'string' ? (keys.get(value) ?? value) : value;
  return entries.map(
    (entry) => Object.fromEntries(Object.entries(entry).map(([field, value]) => [field, inside(value)])) as Entry,
  );
}

describe('what was imported under keys of another spelling', () => {
  const clock = ['2024-09-01T09:30:00', '2024-09-01T09:40:00'] as const;

  it.each<[zone: string, times: readonly [string, string], created: string | undefined]>([
    ['with a zone', inSeattle, undefined],
    ['without one, which the files tell', clock, '2024-09-01T09:30:00-07:00'],
    ['without any', clock, undefined],
  ])('is found again, and stays as it is: %s', async (_, times, created) => {
    const { tree } = await readAind(folderOf({ 'a.json': recordOf(1, ...times, created) }));
    const [start, later] = tree.entries.flatMap(({ type, key }) =>
      type === 'DataAcquisition' ? key.split('/').slice(-1) : [],
    );
    const stored = storedBefore(tree.entries, [
      [later!, times[1]],
      [start!, times[0]],
    ]);
    expect(stored.map(({ key }) => key)).toEqual(
      expect.arrayContaining([`session:M1/${times[0]}`, 'equipment:Rig.1/Camera A', 'setup:Rig.1']),
    );
    const { entries, findings } = joinStored(tree, stored);
    expect(entries.map(({ key }) => key)).toEqual(stored.map(({ key }) => key));
    expect(findings).toEqual([]);
    const session = entries.find(({ type }) => type === 'Session')!;
    expect(session['setups']).toEqual(['setup:Rig.1']);
  });

  it('keeps what people chose where the set assumes, and what a later record said', async () => {
    const { tree } = await readAind(folderOf({ 'a.json': recordOf(1, ...inSeattle) }));
    const before = storedBefore(tree.entries, [['2024-09-01T16:30:00.000Z', inSeattle[0]]]);
    const stored = before.map((entry) =>
      entry.type === 'Setup' ? { ...entry, setupType: 'chosen', location: 'Room 2' } : entry,
    );
    const setups = ['setup:Rig.1'];
    const extraFields = { startTimeAsStated: '2024-09-02T09:30:00-07:00' };
    const later: Entry = { type: 'Session', key: 'session:M1/2024-09-02T09:30:00-07:00', setups, extraFields };
    const { entries } = joinStored(tree, [...stored, later]);
    expect(entries.find(({ type }) => type === 'Setup')).toEqual({
      ...{ type: 'Setup', key: 'setup:Rig.1', name: 'Rig.1', location: 'Room 2' },
    });
  });

  it('under both spellings, is the one of today', async () => {
    const { tree } = await readAind(folderOf({ 'a.json': recordOf(1, ...inSeattle) }));
    const before = storedBefore(tree.entries, [['2024-09-01T16:30:00.000Z', inSeattle[0]]]);
    const { entries } = joinStored(tree, [...before, ...tree.entries]);
    expect(entries.map(({ key }) => key)).toEqual(tree.entries.map(({ key }) => key));
  });
});
