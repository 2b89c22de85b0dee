import { truncateSync } from 'node:fs';
import { join } from 'node:path';
import { readBids } from '../../src/importers/bids/read-bids';
import { fixture, folderOf, refusal, removeFolders } from './reading';

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

const bad: [what: string, files: Record<string, string | Uint8Array>, message: RegExp][] = [
  [
    'a description that is cut off',
    { 'dataset_description.json': '{\n "Name": "x",\n' },
    /_description\.json, line \d+: The file is not valid JSON/,
  ],
  ['a description without a name', { 'dataset_description.json': '{}' }, /states no Name/],
  ['a description that is a list', { 'dataset_description.json': '[]' }, /does not hold one JSON object/],
  ['a sidecar that is cut off', { 'sub-01/eeg/sub-01_task-a_eeg.json': '{"a": ' }, /_eeg\.json.*not valid JSON/],
  [
    'JSON nested without end',
    { 'task-a_eeg.json': `{"a":${'['.repeat(20_000)}${']'.repeat(20_000)}}` },
    /_eeg\.json: Values are nested too deeply/,
  ],
  ['a row that is too long', { 'participants.tsv': `${participants}sub-02\t3\t4\n` }, /line 3: The row has 3 cells/],
  [
    'a participant who is there twice',
    { 'participants.tsv': `${participants}sub-02\t4\nsub-01\t5\n` },
    /line 4: The participant 01 is there for the second time \(first in line 2\)/,
  ],
  [
    'a participant without a label',
    { 'participants.tsv': `${participants}n/a\t4\n` },
    /line 3: The cell in the column participant_id is empty/,
  ],
  [
    'a participant with a path for a label',
    { 'participants.tsv': `${participants}sub-../x\t4\n` },
    /line 3: participant_id is "sub-..\/x", which is no label/,
  ],
  ['participants without an id', { 'participants.tsv': 'age\n3\n' }, /line 1: There is no column participant_id/],
  [
    'a column that is there twice',
    { 'participants.tsv': 'participant_id\tage\tage\n' },
    /line 1: The column age is there twice/,
  ],
  ['an empty table', { 'participants.tsv': '' }, /line 1: A column has no name, or the file is empty/],
  [
    'Latin-1',
    { 'participants.tsv': Buffer.from('participant_id\tage\nsub-01\t3\nsub-02\tJos\u00e9\n', 'latin1') },
    /participants\.tsv, line 3: There are bytes here that are not UTF-8/,
  ],
  ['UTF-16', { 'participants.tsv': utf16(`\ufeff${participants}`) }, /participants\.tsv, line 1: The file is UTF-16/],
  ['UTF-16 without a mark', { 'participants.tsv': utf16(participants) }, /line 1: There is a NUL character here/],
  [
    'an age where a date was meant',
    { [sessionsPath]: sessions('ses-a\tn/a', 'ses-b\tP3M/P6M') },
    /_sessions\.tsv, line 3: acq_time is "P3M\/P6M", which is no date and time/,
  ],
  [
    'the 30th of February',
    { [scansPath]: scans('eeg/sub-01_task-a_eeg.edf\t2024-02-30T10:00:00') },
    /_scans\.tsv, line 2: acq_time is "2024-02-30T10:00:00"/,
  ],
  [
    'a session that is there twice',
    { [sessionsPath]: sessions('ses-a\tn/a', 'ses-a\tn/a') },
    /line 3: session_id is "a", for the second time/,
  ],
  ['sessions without an id', { [sessionsPath]: 'acq_time\nn/a\n' }, /line 1: There is no column session_id/],
  [
    'sessions of all without participants',
    { 'sessions.tsv': sessions('ses-a\tn/a') },
    /line 1: There is no column participant_id/,
  ],
  [
    'a file outside of the set',
    { [scansPath]: scans('../../etc/sub-01_task-a_eeg.edf\tn/a') },
    /line 2: filename is .* no file of a subject in this set/,
  ],
  [
    'a file that is there twice',
    { [scansPath]: scans('eeg/sub-01_task-a_eeg.edf\tn/a', 'eeg/sub-01_task-a_eeg.edf\tn/a') },
    /line 3: The file eeg\/sub-01_task-a_eeg\.edf is there for the second time/,
  ],
  ['scans without file names', { [scansPath]: 'acq_time\nn/a\n' }, /line 1: There is no column filename/],
  [
    'channels with more cells than columns',
    { 'sub-01/eeg/sub-01_task-a_channels.tsv': 'name\ttype\nC3\tEEG\tuV\n' },
    /_channels\.tsv, line 2: The row has 3 cells, the head has 2/,
  ],
];

describe('a set that cannot be read whole is refused, with file, line and remedy', () => {
  it.each(bad)('%s', async (_, files, message) => {
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

it('a byte order mark, Windows line ends and a missing last line end are no faults', async () => {
  const folder = setWith({ 'participants.tsv': '\ufeffparticipant_id\tage\r\nsub-01\t3\r\nsub-02\t4' });
  const { tree } = await readBids(folder);
  expect(tree.entries.filter(({ type }) => type === 'Subject').map(({ age }) => age)).toEqual(['P3Y', 'P4Y']);
});
