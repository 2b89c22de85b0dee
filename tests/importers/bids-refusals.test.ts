import { truncateSync } from 'node:fs';
import { join } from 'node:path';
import { readBids } from '../../src/importers/bids/read-bids';
import { finding, fixture, folderOf, madeOf, refusal, removeFolders } from './reading';

afterAll(removeFolders);

const description = JSON.stringify({ Name: 'Small set' });
const participants = 'participant_id\tage\nsub-01\t3\n';
const setWith = (files: Record<string, string | Uint8Array>): string =>
  folderOf({ 'dataset_description.json': description, 'participants.tsv': participants, ...files });
const sessions = (...rows: string[]): string => ['session_id\tacq_time', ...rows, ''].join('\n');
const scans = (...rows: string[]): string => ['filename\tacq_time', ...rows, ''].join('\n');
const scansPath = 'sub-01/sub-01_scans.tsv';
const sessionsPath = 'sub-01/sub-01_sessions.tsv';
const utf16 = (text: string): Buffer => Buffer.from(text, 'utf16le');

type Bad = [what: string, files: Record<string, string | Uint8Array>, message: RegExp];

const refused: Bad[] = [
  [
    'a description that is cut off',
    { 'dataset_description.json': '{\n "Name": "x",\n' },
    /_description\.json, line \d+: The file is not valid JSON/,
  ],
  ['a description without a name', { 'dataset_description.json': '{}' }, /states no Name/],
  ['a description that is a list', { 'dataset_description.json': '[]' }, /does not hold one JSON object/],
  ['participants without an id', { 'participants.tsv': 'age\n3\n' }, /line 1: There is no column participant_id/],
  ['an empty table of participants', { 'participants.tsv': '' }, /line 1: The table has no head, or the file is empty/],
  [
    'participants of whom only a part of the head is here',
    { 'participants.tsv': 'participant_id\ta' },
    /within its head/,
  ],
  [
    'Latin-1',
    { 'participants.tsv': Buffer.from('participant_id\tage\nsub-01\t3\nsub-02\tJos\u00e9\n', 'latin1') },
    /participants\.tsv, line 3: There are bytes here that are not UTF-8/,
  ],
  ['UTF-16', { 'participants.tsv': utf16(`\ufeff${participants}`) }, /participants\.tsv, line 1: The file is UTF-16/],
  ['UTF-16 without a mark', { 'participants.tsv': utf16(participants) }, /line 1: There is a NUL character here/],
];

describe('a set of which nobody can tell what it is, or who took part, is refused, with file, line and remedy', () => {
  it.each(refused)('%s', async (_, files, message) => {
    const error = await refusal(setWith(files), readBids);
    expect(error.message).toMatch(message);
    expect(error.remedy).toMatch(/\w{3,}.*\.$/);
  });

  it('no folder, a file in its place, and a folder without a description', async () => {
    expect((await refusal('/nowhere/at/all', readBids)).message).toMatch(
      /^\/nowhere\/at\/all: There is nothing at this path/,
    );
    expect((await refusal(join(fixture('harbour'), 'README'), readBids)).message).toMatch(/This is not a folder/);
    expect((await refusal(folderOf({ README: 'x' }), readBids)).message).toMatch(/no dataset_description\.json here/);
  });

  it('a table as large as a recording', async () => {
    const folder = setWith({});
    truncateSync(join(folder, 'participants.tsv'), 65 * 1024 * 1024);
    expect((await refusal(folder, readBids)).message).toMatch(/participants\.tsv: The file has 68157440 bytes/);
  });
});

const leftOut: Bad[] = [
  ['a sidecar that is cut off', { 'sub-01/eeg/sub-01_task-a_eeg.json': '{"a": ' }, /_eeg\.json.*not valid JSON/],
  [
    'JSON nested without end',
    { 'task-a_eeg.json': `{"a":${'['.repeat(20_000)}${']'.repeat(20_000)}}` },
    /_eeg\.json: Values are nested too deeply/,
  ],
  ['a row that is too long', { 'participants.tsv': `${participants}sub-02\t3\t4\n` }, /:3: The row has 3 cells/],
  ['a row that is cut off', { 'participants.tsv': `${participants}sub-02` }, /:3: The table ends in the middle of/],
  [
    'a participant without a label',
    { 'participants.tsv': `${participants}n/a\t4\n` },
    /:3: The cell in the column participant_id is empty/,
  ],
  [
    'a participant with a path for a label',
    { 'participants.tsv': `${participants}sub-../x\t4\n` },
    /:3: participant_id is "sub-..\/x", which is no label/,
  ],
  [
    'a column that is there twice',
    { 'participants.tsv': 'participant_id\tweight\tweight\nsub-01\t1\t2\n' },
    /:1: The column weight is there twice, and says different things/,
  ],
  [
    'a session that is there twice',
    { [sessionsPath]: sessions('ses-a\tn/a', 'ses-a\t2024-05-31T10:00:00') },
    /:3: session_id is "a", for the second time/,
  ],
  ['sessions without an id', { [sessionsPath]: 'acq_time\nn/a\n' }, /:1: There is no column session_id/],
  [
    'sessions of all without participants',
    { 'sessions.tsv': sessions('ses-a\tn/a') },
    /:1: There is no column participant_id/,
  ],
  [
    'a file outside of the set',
    { [scansPath]: scans('../../etc/sub-01_task-a_eeg.edf\tn/a') },
    /:2: filename is .* no file of a subject in this set/,
  ],
  [
    'a file that is there twice',
    { [scansPath]: scans('eeg/sub-01_task-a_eeg.edf\tn/a', 'eeg/sub-01_task-a_eeg.edf\t2024-05-31T10:00:00') },
    /:3: The file eeg\/sub-01_task-a_eeg\.edf is there for the second time/,
  ],
  ['scans without file names', { [scansPath]: 'acq_time\nn/a\n' }, /:1: There is no column filename/],
  [
    'channels with more cells than columns',
    { 'sub-01/eeg/sub-01_task-a_channels.tsv': 'name\ttype\nC3\tEEG\tuV\n' },
    /_channels\.tsv:2: The row has 3 cells, the head has 2/,
  ],
];

describe('anything else that cannot be read is left out alone, which the report says first', () => {
  it.each(leftOut)('%s', async (_, files, message) => {
    const { tree, report } = await readBids(setWith(files));
    const first = report.findings.filter(({ kind }) => kind === 'LEFT_OUT');
    const lines = first.map(
      ({ message: what, example: { file, line } }) => `${[file, line ?? []].flat().join(':')}: ${what}`,
    );
    expect(lines).toEqual([expect.stringMatching(message)]);
    expect(report.findings[0]?.kind).toBe('LEFT_OUT');
    expect(madeOf(tree).subjects).toMatchObject([{ name: '01' }]);
  });
});

it('what is known of some recordings alone is told of these, not of the session', async () => {
  const files = Object.fromEntries([1, 2].map((run) => [`sub-01/eeg/sub-01_run-${run}_eeg.edf`, 'x']));
  const sidecars = (first: string): Record<string, string> => ({
    'sub-01/eeg/sub-01_run-1_eeg.json': first,
    'sub-01/eeg/sub-01_run-2_eeg.json': '{"PowerLineFrequency": 50}',
  });
  const factsOf = async (first: string): Promise<object | undefined> =>
    madeOf((await readBids(setWith({ ...files, ...sidecars(first) }))).tree).sessions[0]?.extraFields;
  expect(await factsOf('{"PowerLineFrequency": 50}')).toEqual({ eeg_PowerLineFrequency: 50 });
  expect(await factsOf('{"PowerLineFreq')).toEqual({ eeg_PowerLineFrequency: 'run-2: 50' });
});

describe('what a person would read past is read, and told', () => {
  it('a participant who is there twice: what the rows agree about counts, the rest is kept beside', async () => {
    const table = 'participant_id\tage\tsex\thand\nsub-01\t3\tF\tleft\nsub-02\t4\tM\tleft\nsub-01\t5\tF\tleft\n';
    const { tree, report } = await readBids(setWith({ 'participants.tsv': table }));
    expect(madeOf(tree).subjects[0]).toMatchObject({ sex: 'FEMALE', extraFields: { age: '3\n5', hand: 'left' } });
    expect(madeOf(tree).subjects[0]?.age).toBeUndefined();
    expect(finding(report, 'several rows that say different things').example.value).toBe('01: age');
  });

  it.each(['P3M/P6M', '2024-02-30T10:00:00', '03/04/2024 10:00'])(
    'a time that is none stays as it is: %s',
    async (time) => {
      const { tree, report } = await readBids(setWith({ [sessionsPath]: sessions(`ses-a\t${time}`) }));
      expect(madeOf(tree).sessions).toMatchObject([{ name: 'a', extraFields: { acq_time: time } }]);
      expect(madeOf(tree).sessions[0]?.startedAt).toBeUndefined();
      expect(finding(report, 'no date and time').example.value).toBe(time);
    },
  );

  it('the same column, row or session twice, and columns without a name', async () => {
    const { tree, report } = await readBids(
      setWith({
        'participants.tsv': '\tParticipant ID\tage\tage\n0\tsub-01\t3\t3\n1\tsub-01\t3\t3\n',
        [sessionsPath]: sessions('ses-a\tn/a', 'ses-a\tn/a'),
      }),
    );
    expect(madeOf(tree).subjects).toMatchObject([{ name: '01', age: 'P3Y', extraFields: { column_1: '0\n1' } }]);
    expect(madeOf(tree).sessions).toHaveLength(1);
    expect(report.findings.filter(({ kind }) => kind === 'LEFT_OUT')).toEqual([]);
  });
});

it('a byte order mark, Windows line ends and a missing last line end are no faults', async () => {
  const folder = setWith({ 'participants.tsv': '\ufeffparticipant_id\tage\r\nsub-01\t3\r\nsub-02\t4' });
  const { tree } = await readBids(folder);
  expect(tree.entries.filter(({ type }) => type === 'Subject').map(({ age }) => age)).toEqual(['P3Y', 'P4Y']);
});
