import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { readBids } from '../../src/importers/bids/read-bids';
import { withoutAddresses } from '../../src/importers/e-mail';
import { fieldsOf, named, right } from './bids-cases';
import { tellWhereCasesAre } from './cases';
import { finding, folderOf, madeOf, refusal, removeFolders } from './reading';

afterAll(removeFolders);
tellWhereCasesAre();

describe('what a person would read past is read', () => {
  right(
    'columns in any script have a key each, the same in every row',
    '03-bids-unicode-columns',
    {
      'dataset_description.json': named('Columns'),
      'participants.tsv':
        'participant_id\tsex\t身長\t体重\tscore (%)\tscore (#)\nsub-01\tF\t170\t60\t50\t50\nsub-02\tM\tn/a\t55\tn/a\t7\nsub-03\tM\t60\t60\t1\t2\n',
    },
    ({ made }) => {
      expect([0, 1, 2].map((at) => fieldsOf(made, at))).toEqual([
        { field: 170, field2: 60, score: 50, score2: 50 },
        { field2: 55, score2: 7 },
        { field: 60, field2: 60, score: 1, score2: 2 },
      ]);
      expect(made.project.extraFields['originalNames']).toBe(
        'subject field: 身長\nsubject field2: 体重\nsubject score: score (%)\nsubject score2: score (#)',
      );
    },
  );

  right(
    'the size of content that is not here is what its pointer says',
    '04-bids-annex-pointer',
    {
      'dataset_description.json': named('Pointers'),
      'participants.tsv': 'participant_id\nsub-01\n',
      'sub-01/anat/sub-01_T1w.nii.gz': '/annex/objects/MD5E-s7654321--00000000000000000000000000000000.nii.gz\n',
    },
    ({ made, report }) => {
      expect(made.dataAcquisitions.map(({ fileSizeBytes }) => fileSizeBytes)).toEqual([7_654_321]);
      expect(finding(report, 'a pointer to content').count).toBe(1);
    },
  );

  right(
    'a text that a number would not give back stays a text',
    '05-bids-trailing-zero',
    {
      'dataset_description.json': named('Zeros'),
      'participants.tsv':
        'participant_id\tsex\tage\tsoftware_version\tgroup_code\nsub-01\tF\t30\t1.10\t3.0\nsub-02\tM\t31\t1.1\t3.00\n',
    },
    ({ made }) => {
      expect([0, 1].map((at) => fieldsOf(made, at))).toEqual([
        { software_version: '1.10', group_code: '3.0' },
        { software_version: 1.1, group_code: '3.00' },
      ]);
    },
  );

  right(
    'addresses go in any script, versions and measures stay',
    '06-bids-email',
    {
      README: 'Ask anna.schmidt@uni-köln.example or müller@example.org.\nMade with fmriprep@20.2.1; red@0.5.Hz\n',
      'dataset_description.json': named('Addresses', {
        Authors: ['Jörg Muster (jörg.muster@uni-köln.example)', 'A. Beispiel <beispiel@uni.example>'],
        GeneratedBy: [{ Name: 'heudiconv@0.13.1' }],
        Acknowledgements: 'Write to mailto:anna@uni.example',
      }),
      'participants.tsv': 'participant_id\tsex\tstimulus\nsub-01\tF\tred@0.5\n',
    },
    ({ tree, made, report }) => {
      expect(JSON.stringify(tree)).not.toMatch(/\.example|example\.org/);
      expect(made.contributors.map(({ name }) => name)).toEqual(['Jörg Muster', 'A. Beispiel']);
      expect(made.project.description).toMatch(/fmriprep@20\.2\.1.*red@0\.5\.Hz/);
      expect(made.project.extraFields['GeneratedBy']).toContain('heudiconv@0.13.1');
      expect(fieldsOf(made, 0)).toEqual({ stimulus: 'red@0.5' });
      expect(finding(report, 'an e-mail address').count).toBe(5);
    },
  );

  right(
    'a backslash in a file name is a slash',
    '09-bids-backslash',
    {
      'dataset_description.json': named('Backslash'),
      'participants.tsv': 'participant_id\nsub-01\n',
      'sub-01/eeg/sub-01_task-rest_eeg.edf': 'x',
      'sub-01/sub-01_scans.tsv': 'filename\tacq_time\neeg\\sub-01_task-rest_eeg.edf\t2024-02-02T15:02:49Z\n',
    },
    ({ made }) => {
      expect(made.dataAcquisitions).toMatchObject([
        { fileName: 'sub-01/eeg/sub-01_task-rest_eeg.edf', fileSizeBytes: 1 },
      ]);
      expect(made.sessions.map(({ startedAt }) => startedAt)).toEqual(['2024-02-02T15:02:49.000Z']);
    },
  );

  right(
    'NA, NaN and dashes state nothing',
    '13-bids-na',
    {
      'dataset_description.json': named('NA'),
      'participants.tsv':
        'participant_id\tsex\tage\tspecies\tstrain\tgroup\tweight\nsub-01\tF\t30\tMus musculus\tC57BL/6J\tctrl\t20\nsub-02\tNA\tNA\tNA\tNA\tNA\tNaN\nsub-03\tNaN\tNaN\tNA\tNA\tNA\tNA\nsub-04\t-\t-\t-\t-\t-\t-\n',
    },
    ({ tree, made, report }) => {
      expect(made.species.map(({ name }) => name).sort()).toEqual(['Mus musculus', 'Unspecified']);
      expect(made.strains.map(({ name }) => name)).toEqual(['C57BL/6J']);
      expect(tree.entries.filter(({ type }) => type === 'Cohort')).toEqual([]);
      expect([1, 2, 3].map((at) => fieldsOf(made, at))).toEqual([{}, {}, {}]);
      expect(finding(report, 'the cell NA is taken for n/a').count).toBeGreaterThan(5);
    },
  );

  right(
    'a quoted cell may hold a tab',
    '14-bids-quoted-tab',
    {
      'dataset_description.json': named('Quoted'),
      'participants.tsv': 'participant_id\tsex\tage\tnote\nsub-01\tF\t3.4e1\t"left\thanded"\n',
    },
    ({ made }) => expect(made.subjects).toMatchObject([{ age: 'P34Y', extraFields: { note: 'left\thanded' } }]),
  );

  right(
    'tabs at the ends of lines are no columns',
    '15-bids-trailing-tab',
    {
      'dataset_description.json': named('Tabs'),
      'participants.tsv': 'participant_id\tsex\tage\t\nsub-01\tF\t30\t\nsub-02\tM\t31\t\n',
    },
    ({ made, report }) => {
      expect(made.subjects.map(({ sex, age }) => [sex, age])).toEqual([
        ['FEMALE', 'P30Y'],
        ['MALE', 'P31Y'],
      ]);
      expect(finding(report, 'tabs at the ends').count).toBe(1);
    },
  );

  right(
    'a row may end early',
    '16-bids-short-row',
    {
      'dataset_description.json': named('Short'),
      'participants.tsv': 'participant_id\nsub-01\n',
      'sub-01/meg/sub-01_task-rest_meg.fif': 'x',
      'sub-01/anat/sub-01_T1w.nii.gz': 'x',
      'sub-01/sub-01_scans.tsv':
        'filename\tacq_time\toperator\trandstr\nmeg/sub-01_task-rest_meg.fif\t2024-02-02T15:02:49.685215Z\nanat/sub-01_T1w.nii.gz\t2024-02-02T17:09:14.110000\tjo\t0337ded6\n',
    },
    ({ made, report }) => {
      expect(made.dataAcquisitions).toHaveLength(2);
      expect(made.sessions[0]?.extraFields).toMatchObject({ scans_operator: 'jo', scans_randstr: '0337ded6' });
      expect(finding(report, 'a row ends before').count).toBe(1);
    },
  );

  it('an unclosed quote is a letter like others', async () => {
    const files = { 'dataset_description.json': named('Q'), 'participants.tsv': 'participant_id\tnote\nsub-01\t"so\n' };
    expect(fieldsOf(madeOf((await readBids(folderOf(files))).tree), 0)).toEqual({ note: '"so' });
  });

  it.each(['a@163.com', 'mailto:jo@lab.example', 'jo.müller@uni-köln.de', "o'neil@lab.example"])('%s goes', (text) =>
    expect(withoutAddresses(`x ${text} y`, () => {})).toBe('x [e-mail address removed] y'),
  );

  it.each(['fmriprep@20.2.1', 'red@0.5', 'red@0.5.Hz', 'git@github.com:a/b', '@jo', 'a@b', 'Gt(ROSA)26@x'])(
    '%s stays',
    (text) => expect(withoutAddresses(text, () => {})).toBe(text),
  );
});

describe('what cannot be read is told, and nothing stated in its place', () => {
  const annexed = (path: string): string => {
    const folder = folderOf({
      'dataset_description.json': named('Annexed'),
      'sub-01/eeg/sub-01_task-a_eeg.edf': 'x',
    });
    symlinkSync('.git/annex/objects/aa/MD5E-s12--00.tsv', join(folder, path));
    return folder;
  };

  it.each(['participants.tsv', '.bidsignore'])('a link to nothing refuses the set: %s', async (path) => {
    const { message } = await refusal(annexed(path), readBids);
    expect(message).toMatch(/content of this file is not here.*Get it first/);
  });

  it.each(['participants.json', 'sub-01/sub-01_scans.tsv'])('a link to nothing is left out: %s', async (path) => {
    const { report } = await readBids(annexed(path));
    expect(report.findings[0]).toMatchObject({
      kind: 'LEFT_OUT',
      message: expect.stringMatching(/content of this file is not here.*Get it first/) as string,
      example: { file: path },
    });
    expect(report.left).toContainEqual(expect.objectContaining({ files: path, column: null }));
  });

  it('a pointer of Git LFS', async () => {
    const pointer = 'version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 120\n';
    const folder = folderOf({ 'dataset_description.json': named('LFS'), 'participants.tsv': pointer });
    expect((await refusal(folder, readBids)).message).toMatch(
      /participants\.tsv: The content of this file is not here/,
    );
  });
});
