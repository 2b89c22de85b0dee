import { readCsv } from '../../../src/importers/csv/read-csv';
import { csvTemplate } from '../../../src/importers/csv/template';
import { ImportErrors } from '../../../src/importers/import-error';
import type { Report } from '../../../src/importers/report';
import type { SourceTree } from '../../../src/importers/source-tree';
import { writableTypes } from '../../../src/tree/writable';
import { brokenEntryRules } from '../entry-rules';
import { entry, finding, fixture, folderOf, removeFolders } from '../reading';

afterAll(removeFolders);

const readSet = (files: Record<string, string>, zone: string | null = null): ReturnType<typeof readCsv> =>
  readCsv(folderOf(files), () => {}, zone);

async function faultsOf(files: Record<string, string>): Promise<string[]> {
  const outcome: unknown = await readSet(files).catch((error: unknown) => error);
  const bare = ({ message }: Error): string => message.replace(/^\S*stemgraph-import-\w+\/?/, '');
  if (outcome instanceof ImportErrors) return outcome.all.map(bare);
  return outcome instanceof Error ? [bare(outcome)] : [];
}

describe('the burrow set, which holds everything odd', () => {
  let tree: SourceTree;
  let report: Report;
  let places: Awaited<ReturnType<typeof readCsv>>['places'];
  beforeAll(async () => {
    ({ tree, report, places } = await readCsv(fixture('burrow'), () => {}, 'Europe/Zurich'));
  });
  const made = (key: string): SourceTree['entries'][number] => entry(tree.entries, key);

  it('breaks no rule of a tree, and tells where each entry stands', () => {
    expect(brokenEntryRules(tree)).toEqual([]);
    expect(places.get('subject:b-3')).toEqual({ file: 'Subjects.csv', line: 4 });
  });

  it('is a project under its own key', () => {
    expect(made('project:CSV:burrow-2024')).toMatchObject({
      name: 'Burrow light',
      tags: ['burrow', 'light'],
      funding: [{ funder: 'Burrow Foundation', awardNumber: '007' }, { url: 'https://lamp.example.org' }],
      repositoryLinks: [{ repository: 'GITHUB' }, { repository: 'ZENODO', url: 'https://zenodo.org/record/12' }],
    });
    expect(JSON.stringify({ tree, report })).not.toContain('@example.org');
  });

  it('has the publications that have a row, unless its own row names some', async () => {
    expect(made('project:CSV:burrow-2024')['publications']).toEqual(['publication:Lit burrows']);
    const papers = 'title,authors\nOne,A.\nTwo,B.\n';
    const { tree: other } = await readSet({
      'project.csv': 'name,publications\nLit,Two\n',
      'publications.csv': papers,
    });
    expect(other.entries[0]!['publications']).toEqual(['publication:Two']);
  });

  it('has subjects, however their columns are called and parted', () => {
    expect(made('subject:B1')).toMatchObject({
      ...{ sex: 'FEMALE', birthDate: '2024-05-31', status: 'ACTIVE', genotype: 'wt/wt' },
      ...{ species: 'species:NCBITaxon:10090', strain: 'strain:C57BL/6J' },
      extraFields: { Weight__g: '21,5', Remarks: 'Likes "corners"; bold' },
    });
    expect(made('subject:B2')).toMatchObject({ sex: 'MALE', age: 'P12W', extraFields: { Weight__g: 19, field: 4 } });
    expect(made('subject:B2')['genotype']).toBeUndefined();
    expect(made('subject:b-3')).toMatchObject({ age: 'P12.5W', sex: 'UNKNOWN' });
    expect([...tree.assumed.get('subject:b-3')!].sort()).toEqual(['sex', 'species']);
    expect(tree.entries.find(({ type }) => type === 'Project')!['extraFields']).toMatchObject({
      originalNames: expect.stringContaining('subject field: 身長') as string,
    });
  });

  it('has what is in a session, each reference found from where it stands', () => {
    expect(made('session:n2')).toMatchObject({ subjects: ['subject:b-3'], startedAt: '2024-08-02T19:30:00.000Z' });
    expect(made('session:n3')).toMatchObject({ extraFields: { startedAtAsStated: '2024-08-03' } });
    expect(made('behavior:n2/dark/Arena/Digging')).toMatchObject({ epoch: 'epoch:n2/dark', subjects: ['subject:b-3'] });
    expect(made('dataAcquisition:n1/ExtracellularEphys/n1.dat/dark')).toMatchObject({
      ...{ fileSizeBytes: 512_345_678_901, procedures: ['procedure:op2'], equipment: ['equipment:Arena/lamp'] },
    });
    expect(made('manipulation:n1/AuditoryStimulation')['details']).toEqual([
      { frequency: { value: 4, unit: 'kHz' }, duration: { value: 100, unit: 'ms' } },
      { frequency: { value: 8, unit: 'kHz' }, duration: { value: 200, unit: 'ms' } },
    ]);
    expect(finding(report, 'a Subject is named in another spelling').example.value).toBe('B-3');
  });

  it('has procedures and logs with their details and units', () => {
    expect(made('procedure:op1')['details']).toEqual({
      ...{ anestheticAgent: 'Isoflurane', route: 'Inhalation', duration: { value: 90, unit: 'min' } },
    });
    expect(made('procedure:op2')).toMatchObject({
      ...{ coordinateSystem: 'Stereotaxic_BregmaAbsolute', brainRegion: 'brainRegion:Field CA1' },
      coordinates: { apCoordinate: { value: -2.5, unit: 'mm' }, mlCoordinate: { value: 1.5, unit: 'mm' } },
    });
    expect(made('subject:B1')['extraFields']).toMatchObject({
      procedure_surgeon: 'procedure:op1: Ana\nprocedure:op2: Ana',
    });
    expect(made('subjectLogEntry:w1/2024-07-15T08:00:00.000Z')).toMatchObject({
      ...{ details: { weight: { value: 22, unit: 'g' } }, performedBy: 'Ben' },
    });
  });

  it('tells of everything that it passes over', () => {
    for (const text of ['a file or folder that is no table', 'rows that begin with #', 'empty columns at the end'])
      expect(finding(report, text).count).toBe(1);
    expect(finding(report, 'in the column email').kind).toBe('NOT_IMPORTED');
    expect(finding(report, 'the cell NA').kind).toBe('DECIDED');
  });
});

describe('what people and their programs write', () => {
  it.each([
    ['2021-08-31T11:12:50', '2021-08-31T09:12:50.000Z'],
    ['2021-08-31T11:12:50.5', '2021-08-31T09:12:50.500Z'],
    ['2021-08-31 11:12', '2021-08-31T09:12:00.000Z'],
    ['31 May 2024 9:30 pm', '2024-05-31T19:30:00.000Z'],
  ])('a clock in Zurich at %s is %s', async (start, startedAt) => {
    const { tree } = await readSet({ 'sessions.csv': `name,start\nOne,${start}\n` }, 'Europe/Zurich');
    expect(entry(tree.entries, 'session:One')['startedAt']).toBe(startedAt);
  });

  it('an age may have a decimal comma', async () => {
    const { tree, report } = await readSet({ 'subjects.csv': 'name;age (weeks)\nA;12,5\n' });
    expect(entry(tree.entries, 'subject:A')['age']).toBe('P12.5W');
    expect(finding(report, 'a comma in a number').example.value).toBe('12,5');
  });

  it('signs that turn the direction of text, and control characters, are left out and told', async () => {
    const { tree, report } = await readSet({ 'subjects.csv': 'name,no\u202Ete\nA\u202Egnp.exe,x\u0007y\n' });
    expect(entry(tree.entries, 'subject:Agnp.exe')['extraFields']).toEqual({ note: 'xy' });
    expect(finding(report, 'characters that cannot be stored')).toMatchObject({ example: { file: 'subjects.csv' } });
  });
});

describe('nothing of what is shared on its own goes where others read it', () => {
  it('a column that a setup has no field for is told, and not in the project', async () => {
    const { tree, report } = await readSet({ 'setups.csv': 'name,setup type,door code\nRig,Box,1234\n' });
    expect(JSON.stringify(tree)).not.toContain('1234');
    expect(finding(report, 'Setup door code: no field')).toMatchObject({ kind: 'NOT_IMPORTED', count: 1 });
  });

  it('a path of a file that is too long is in no field of its session', async () => {
    const path = `/secret/${'x'.repeat(600)}`;
    const { tree } = await readSet({
      'sessions.csv': 'name\nOne\n',
      'data_acquisitions.csv': `session,type,file name\nOne,Audio,${path}\n`,
    });
    expect(entry(tree.entries, 'session:One')['extraFields']).toBeUndefined();
  });
});

describe('faults are told by file, row and column', () => {
  it.each([
    ['an unknown type', 'procedures.csv', 'subject,type\nA,Warp drive\n', 'line 2: column type "Warp drive"'],
    ['a measure without unit', 'procedures.csv', 'subject,type,details.duration\nA,Anesthesia,90\n', 'states no unit'],
    ['a unit that is not known', 'procedures.csv', 'subject,type,details.duration (kg)\nA,Anesthesia,90\n', 'unit kg'],
    ['two units', 'procedures.csv', 'subject,type,details.duration (s)\nA,Anesthesia,90 min\n', 'another unit'],
    ['a number that may be two', 'epochs.csv', 'session,name,start\nN,a,"1,234"\n', 'thousands or decimals'],
    ['a column in another unit', 'epochs.csv', 'session,name,start (min)\nN,a,2\n', 'in s: convert'],
    ['a date that may be two', 'subjects.csv', 'name,dob\nA,04/03/2024\n', 'cannot be told'],
    ['a day that there is not', 'subjects.csv', 'name,dob\nA,30.02.2024\n', 'no such day'],
    ['a time without a zone', 'sessions.csv', 'name,start\nN,2024-05-31 9:30\n', '--time-zone'],
    ['an age without a unit', 'subjects.csv', 'name,age\nA,12\n', 'column age "12"'],
    ['no address', 'suppliers.csv', 'name,website\nL,lamp works\n', 'no address of the web'],
    [
      'an address that is too long',
      'suppliers.csv',
      `name,website\nL,https://x.org/${'y'.repeat(2000)}\n`,
      'longer than',
    ],
    ['what no row has', 'cohorts.csv', 'name,subjects\nC,Z\n', 'no such row in subjects.csv'],
    ['what is required', 'setups.csv', 'name,location\nRig,Here\n', 'column setupType: It is not stated'],
    ['one name twice', 'sessions.csv', 'name,subjects\nOne,A\nOne,\n', 'in row 2 as well'],
    [
      'a region without its atlas',
      'procedures.csv',
      'subject,type,brain region\nA,Headpost,CA1\n',
      'brain_regions.csv',
    ],
    ['one column twice', 'subjects.csv', 'name,Name \nA,B\n', 'mean the same'],
    ['one name of a column twice', 'subjects.csv', 'name,name\nA,B\n', 'is there twice'],
    ['a row that is too long', 'subjects.csv', 'name,sex\nA,f,what?\n', 'line 2: The row has 3 cells'],
    ['a quoted cell that is open', 'subjects.csv', 'name,sex\n"A,f\n', 'not closed'],
    ['a table cut off', 'subjects.csv', 'name,sex,age\nA,f', 'in the middle of its last row'],
    ["another's table", 'sessions.csv', 'name,sex,species\nA,f,mouse\n', 'those of subjects.csv'],
    ['two projects', 'project.csv', 'name\nA\nB\n', 'another project in row 2'],
  ])('%s', async (_, file, table, said) => {
    const beside = { 'subjects.csv': 'name\nA\n', 'sessions.csv': 'name\nN\n' };
    const faults = await faultsOf({ ...beside, [file]: table });
    expect(faults.join('\n')).toContain(said);
    expect(faults[0]).toMatch(new RegExp(`^${file}, line \\d`));
  });

  it('a table whose content is elsewhere, with how to get it', async () => {
    const pointer = 'version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 12345\n';
    expect((await faultsOf({ 'subjects.csv': pointer }))[0]).toMatch(/not here.*git lfs pull/);
  });

  it('two tables of one type, and none', async () => {
    const two = { 'subjects.csv': 'name\nA\n', 'Subject.tsv': 'name\nB\n' };
    expect((await faultsOf(two))[0]).toMatch(/two tables of one type/);
    expect((await faultsOf({ 'notes.txt': 'x' }))[0]).toMatch(/There is no table here.*--template/);
  });
});

describe('a row is found again', () => {
  it('by what tells it, not by its place', async () => {
    const rows = ['N,Audio,a.wav', 'N,Audio,b.wav', 'N,Video tracking,a.avi'];
    const keys = async (some: string[]): Promise<string[]> => {
      const table = `session,type,file name\n${some.join('\n')}\n`;
      const { tree } = await readSet({ 'sessions.csv': 'name\nN\n', 'data_acquisitions.csv': table });
      return tree.entries.filter(({ type }) => type === 'DataAcquisition').map(({ key }) => key);
    };
    expect((await keys([...rows].reverse())).sort()).toEqual((await keys(rows)).sort());
  });

  it('by its name within what it belongs to, and by both where one name is several', async () => {
    const { tree } = await readSet({
      'setups.csv': 'name,setup type\nRig 1,Box\nRig 2,Box\n',
      'equipment.csv': 'setup,name,type\nRig 1,lamp,LED driver\nRig 2,lamp,LED driver\n',
      'sessions.csv': 'name\nN\n',
      'data_acquisitions.csv': 'session,type,equipment\nN,Audio,Rig 2/lamp\n',
    });
    expect(entry(tree.entries, 'dataAcquisition:N/Audio')['equipment']).toEqual(['equipment:Rig 2/lamp']);
  });
});

describe('the template', () => {
  it('is drawn from the schema: a table a type, every column of it understood when it is read', async () => {
    const template = Object.fromEntries(csvTemplate().map(({ name, content }) => [name, content]));
    expect(Object.keys(template)).toHaveLength(writableTypes().size + 1);
    const { tree, report } = await readSet(template);
    expect(tree.entries.map(({ type }) => type)).toEqual(['Project']);
    expect(report.findings.filter(({ kind }) => kind === 'KEPT_ASIDE' || kind === 'NOT_UNDERSTOOD')).toEqual([]);
  });

  it('says what each column means, and how it is written', () => {
    const table = (name: string): string => csvTemplate().find((file) => file.name === name)!.content;
    expect(table('subjects.csv')).toMatch(/^key,name,sex,age,.*\n"?# An animal.*What the laboratory calls it/);
    expect(table('subjects.csv')).toMatch(/required: text,"FEMALE, MALE, OTHER, UNKNOWN","12 weeks, P90D"/);
    expect(table('behaviors.csv')).toMatch(/required: a name or key in sessions\.csv/);
    expect(table('_details.csv')).toContain('procedures.csv,Anesthesia,details.duration,"5 h, or 5 where');
    expect(table('_details.csv')).toContain('subject_log_entries.csv,Weighing,details.weight,"required: 5 kg');
  });
});

test('rows that are free above a table are passed over, and masked days are not stated', async () => {
  const { tree, report, places } = await readSet({
    'project.csv': 'key,name\nk,P\n',
    'subjects.csv': '\n;;;\nname;sex;species;date of birth\nM1;f;mouse;1900-01-01\nM2;m;mouse;31.05.2024\n',
  });
  expect(['subject:M1', 'subject:M2'].map((key) => entry(tree.entries, key)['birthDate'])).toEqual([
    undefined,
    '2024-05-31',
  ]);
  expect(places.get('subject:M2')).toEqual({ file: 'subjects.csv', line: 5 });
  expect(finding(report, 'birthDate: a mask').example.value).toBe('1900-01-01');
});
