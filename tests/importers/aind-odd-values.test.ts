import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readAind } from '../../src/importers/aind/read-aind';
import type { Entry } from '../../src/tree/entry';
import { brokenEntryRules } from './entry-rules';
import { finding, fixture, folderOf, removeFolders } from './reading';

afterAll(removeFolders);

type Part = 'subject' | 'procedures' | 'session' | 'rig' | 'data_description';
const part = (name: Part): object => JSON.parse(readFileSync(join(fixture('rig'), `${name}.json`), 'utf8')) as object;
/** The made-up record with other values in some of its documents. */
const recordWith = (changes: Partial<Record<Part, object>>): string => {
  const names = ['subject', 'procedures', 'session', 'rig', 'data_description'] as const;
  return JSON.stringify(Object.fromEntries(names.map((name) => [name, { ...part(name), ...changes[name] }])));
};
/** Reads a record beside another that is whole: were it refused, it would be left out, which the report would say. */
async function read(changes: Partial<Record<Part, object>>): ReturnType<typeof readAind> {
  const found = await readAind(folderOf({ 'odd.json': recordWith(changes) }));
  expect(brokenEntryRules(found.tree)).toEqual([]);
  return found;
}
const first = (entries: readonly Entry[], type: string): Entry => entries.find((entry) => entry.type === type)!;

describe('times that are none are read past, and told', () => {
  const untimed = { stimulus_epochs: [], data_streams: [] };

  it.each(['0000-00-00T00:00:00', '1900-01-01T00:00:00', '0001-01-01T00:00:00Z', 'None', 'NaT', 'null'])(
    'a mask says that nothing is stated: %s',
    async (mask) => {
      const session = { session_start_time: mask, session_end_time: mask, ...untimed };
      const { tree, report } = await read({ session, subject: { date_of_birth: mask.slice(0, 10) } });
      const { startedAt, extraFields } = first(tree.entries, 'Session');
      expect(startedAt).toBeUndefined();
      expect(Object.values(extraFields as object)).not.toContain(mask);
      expect(first(tree.entries, 'Subject')['birthDate']).toBeUndefined();
      for (const field of ['session_start_time', 'session_end_time', 'date_of_birth'])
        expect(finding(report, `${field}: a mask in place of a time`)).toMatchObject({
          kind: 'DECIDED',
          example: { file: 'odd.json', value: field === 'date_of_birth' ? mask.slice(0, 10) : mask },
        });
    },
  );

  it('an empty text states nothing', async () => {
    const { tree } = await read({
      session: { session_start_time: '', session_end_time: ' ', ...untimed },
      subject: { date_of_birth: '' },
    });
    expect(first(tree.entries, 'Session')['startedAt']).toBeUndefined();
    expect(first(tree.entries, 'Subject')['birthDate']).toBeUndefined();
  });

  it('what is no mask and no time stays as it is', async () => {
    const session = { session_start_time: 'this morning', session_end_time: '2024-02-30T10:00:00Z', ...untimed };
    const { tree, report } = await read({ session, subject: { date_of_birth: '2023-02-29' } });
    expect(first(tree.entries, 'Session')['extraFields']).toMatchObject({
      sessionStartTime: 'this morning',
      sessionEndTime: '2024-02-30T10:00:00Z',
    });
    expect(first(tree.entries, 'Subject')).toMatchObject({ extraFields: { dateOfBirth: '2023-02-29' } });
    expect(finding(report, 'date_of_birth: no date or time').kind).toBe('NOT_UNDERSTOOD');
    expect(finding(report, 'session_start_time: no date or time').example.value).toBe('this morning');
  });

  it('a masked time of a part leaves the others', async () => {
    const epoch = {
      stimulus_name: 'Odd',
      stimulus_start_time: 'NaT',
      stimulus_end_time: '2024-06-10T09:35:00.250-07:00',
    };
    const { tree } = await read({ session: { data_streams: [], stimulus_epochs: [epoch] } });
    const made = first(tree.entries, 'Epoch');
    expect(made).toMatchObject({ name: 'Odd', end: 300 });
    expect(made).not.toHaveProperty('start');
  });

  it('a day with a time is that day', async () => {
    const born = async (date_of_birth: string): Promise<unknown[]> => {
      const { birthDate, extraFields } = first((await read({ subject: { date_of_birth } })).tree.entries, 'Subject');
      return [birthDate, (extraFields as Record<string, unknown>)['dateOfBirth']];
    };
    expect(await born('2024-02-29T00:00:00')).toEqual(['2024-02-29', undefined]);
    expect(await born('2024-02-29T13:30:00Z')).toEqual(['2024-02-29', '2024-02-29T13:30:00Z']);
  });
});
