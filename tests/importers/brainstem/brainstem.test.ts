import { readBrainstem } from '../../../src/importers/brainstem/read-brainstem';
import type { Report } from '../../../src/importers/report';
import type { SourceTree } from '../../../src/importers/source-tree';
import { brokenEntryRules } from '../entry-rules';
import { entry, finding, fixture, folderOf, refusal, removeFolders } from '../reading';
import { id } from './warren';

afterAll(removeFolders);

const one = (fields: object): ReturnType<typeof readBrainstem> => {
  const projects = [{ id: id(1), name: 'P', subjects: [id(11)], sessions: [] }];
  const subjects = [{ id: id(11), name: 'A', projects: [id(1)], ...fields }];
  return readBrainstem(folderOf({ 'export.json': JSON.stringify({ projects, subjects }) }));
};

describe('what people write where they know nothing, or too much', () => {
  it.each(['NA', ' - ', 'NaN', 'n/a'])('%s states nothing, and is told', async (none) => {
    const { tree, report } = await one({ genotype: none, genetic_line: none, supplier: none, strain: none });
    const subject = entry(tree.entries, id(11));
    for (const field of ['genotype', 'geneticLine', 'supplier', 'strain', 'extraFields'])
      expect([field, subject[field]]).toEqual([field, undefined]);
    expect(report.findings.some(({ message }) => /n\/a/.test(message))).toBe(true);
  });

  it('a name stands on one line, without signs that turn its direction', async () => {
    const { tree, report } = await one({ name: 'A\u202Egnp\nB', description: 'Tame.\nBold.' });
    expect(entry(tree.entries, id(11))).toMatchObject({ name: 'Agnp B', description: 'Tame.\nBold.' });
    expect(finding(report, 'characters that cannot be stored').example.value).toBe('name');
    expect(finding(report, 'name: line ends and tabs').kind).toBe('DECIDED');
  });
});

describe('the warren set, which holds everything odd', () => {
  let tree: SourceTree;
  let report: Report;
  beforeAll(async () => {
    ({ tree, report } = await readBrainstem(fixture('warren')));
  });
  const made = (number: number): SourceTree['entries'][number] => entry(tree.entries, id(number));

  it('breaks no rule of a tree, is whole, and keeps no address and no role of anybody', () => {
    expect(brokenEntryRules(tree)).toEqual([]);
    expect(tree.isWhole).toBe(true);
    expect(JSON.stringify({ tree, report })).not.toMatch(/@example\.org|is_owner/);
    expect(finding(report, 'nobody is given a role').count).toBe(1);
    expect(finding(report, 'nothing is published').count).toBe(2);
  });

  it('is one project under its UUID, with what is its own alone', () => {
    expect(made(1)).toMatchObject({
      ...{ type: 'Project', name: 'Warren light', tags: ['warren', 'light'], publications: [id(50)] },
      extraFields: { grant: 'B-12', burrows: 7 },
    });
    const keys = tree.entries.map(({ key }) => key);
    for (const elsewhere of [13, 23, 74]) expect(keys).not.toContain(id(elsewhere));
    expect(made(25)['subjects']).toEqual([id(11)]);
    expect(finding(report, 'Session: of another project').example.value).toBe(id(23));
  });

  it('has subjects, whose species is that of their strain', () => {
    expect(made(11)).toMatchObject({
      ...{ sex: 'FEMALE', birthDate: '2024-05-31', identifier: 'ear 7', nameUsedInStorage: 'W1_local' },
      ...{ status: 'ACTIVE', strain: id(40), species: id(41), supplier: id(42) },
      extraFields: { licenses: 'Animal permit 12', cage: 'A', weight: 21.5 },
    });
    expect(made(12)).toMatchObject({ sex: 'UNKNOWN', status: 'DECEASED' });
    expect(made(11)['description']).toBeUndefined();
  });

  it('has the breedings of the project, of whom there is of their animals; a father that is not there is told', () => {
    expect(made(60)).toMatchObject({
      ...{ type: 'Breeding', name: 'Litter 3', dam: id(11), startedOn: '2024-05-10', birthDate: '2024-06-01' },
      ...{ weanedOn: '2024-06-22', litterSize: 6, expectedGenotype: 'wt/wt', tags: ['first'], offspring: [id(12)] },
    });
    expect(made(60)['sire']).toBeUndefined();
    expect(tree.entries.map(({ key }) => key)).not.toContain(id(61));
    expect(finding(report, 'Breeding sire: what it names').example.value).toBe(id(98));
    expect(report.left).toContainEqual({
      ...{ files: 'taxonomies/all.json', column: 'breedings.father', count: 1, example: id(98) },
    });
  });

  it('has sessions of all pages, with what was recorded', () => {
    expect(made(21)).toMatchObject({
      ...{ startedAt: '2024-08-01T19:30:00.000Z', subjects: [id(11), id(12)], dataStorages: [id(33)], tags: ['dark'] },
      repositoryLinks: [{ repository: 'FIGSHARE' }, { repository: 'DANDI' }],
    });
    expect(made(22)['extraFields']).toEqual({ moon: 'new' });
    expect(made(72)).toMatchObject({ moduleType: 'Audio', details: { format: 'WAV' }, session: id(21), order: 2 });
    expect(made(72)['equipment']).toBeUndefined();
    expect(made(76)['details']).toEqual([{ frequency: { value: 4, unit: 'kHz' } }]);
    expect(made(21)['extraFields']).toMatchObject({
      dataAcquisition_details_colour: `${id(72)}: red`,
      manipulation_details_amplitude: `${id(76)}: 0.15`,
    });
    expect(finding(report, 'DataAcquisition equipment: what it names').example.value).toBe(id(99));
  });

  it('has procedures, with what their type needs besides assumed, and what it does not take kept', () => {
    expect(made(51)).toMatchObject({
      details: { anestheticAgent: 'Isoflurane', route: 'Other', duration: { value: 90, unit: 'min' } },
    });
    expect([...tree.assumed.get(id(51))!]).toEqual(['details.route']);
    expect(made(52)).toMatchObject({
      ...{ brainRegion: id(45), consumableStock: id(53), coordinateSystem: 'Stereotaxic_BregmaAbsolute' },
      coordinates: { apCoordinate: { value: -2.5, unit: 'mm' } },
    });
    expect(made(45)).toMatchObject({ type: 'BrainRegion', acronym: 'CA1', atlas: 'ALLEN_MOUSE' });
    expect(made(11)['extraFields']).toMatchObject({
      procedure_coordinates_mlCoordinate: `${id(52)}: 1.5`,
      procedure: expect.stringContaining('WarpDrive') as string,
    });
    expect(finding(report, 'Procedure: it lacks type').example.value).toBe(id(57));
  });

  it('has logs with an entry for each moment', () => {
    const at = '2024-07-15T08:00:00.000Z';
    expect(entry(tree.entries, `${id(55)}/${at}`)).toMatchObject({
      ...{ type: 'SubjectLogEntry', log: id(55), startedAt: at, notes: 'Fed.' },
      details: { weight: { value: 22, unit: 'g' } },
    });
    const housed = tree.entries.find(({ log }) => log === id(56));
    expect(housed).toMatchObject({ endedAt: '2024-07-31T00:00:00.000Z', details: { cageId: '7' } });
  });

  it('has attributes, of which nothing goes to the extra fields of the project', () => {
    expect(made(31)).toMatchObject({
      setupType: id(46),
      specifications: [{ name: 'Radius', value: '12', unit: 'cm' }],
    });
    expect(made(46)).toMatchObject({ category: 'FREELY_MOVING_AWAKE' });
    expect(made(32)).toMatchObject({ type: 'BehavioralParadigm', category: id(47) });
    expect(made(33)).toMatchObject({ organization: ['PROJECTS', 'SESSIONS'] });
    expect(entry(tree.entries, `${id(33)}/smb///warren/data`)).toMatchObject({
      protocol: 'smb',
      path: '//warren/data',
    });
    expect(Object.keys(made(1)['extraFields'] as object)).toEqual(['grant', 'burrows', 'consumable_type']);
    expect(finding(report, 'BehavioralParadigm behavioral_paradigm: no field').kind).toBe('NOT_IMPORTED');
    expect(finding(report, 'Equipment date_time: no field').kind).toBe('NOT_IMPORTED');
  });
});

describe('what cannot be read whole is refused, and the fault says how to get it', () => {
  const session = (at: number): object => ({ id: id(at), name: `S${at}`, projects: [id(1)] });
  const set = (files: Record<string, unknown>): string =>
    folderOf(Object.fromEntries(Object.entries(files).map(([name, value]) => [name, JSON.stringify(value)])));
  const nested = (levels: number): unknown => (levels === 0 ? 1 : [nested(levels - 1)]);
  const fault = async (files: Record<string, unknown>): Promise<string> =>
    (await refusal(set(files), readBrainstem)).message;

  it.each([
    [
      'a page that is missing',
      { count: 3, next: 'x', sessions: [session(21)] },
      'counts 3; 1 are here. Save its other',
    ],
    ['a page that follows', { next: 'x', sessions: [session(21)] }, 'Another page follows'],
    ['a page by its meta', { meta: { total_results: 2 }, sessions: [session(21)] }, 'counts 2; 1 are here'],
    ['an error of the API', { detail: 'Not found.' }, 'It says: "Not found.".'],
    ['an object without its id', { sessions: [{ name: 'One' }] }, 'has no UUID for its id'],
    ['no project', { session: { id: id(21), name: 'One' } }, 'names no project'],
    ['something else', { a: 1 }, 'no answer of BrainSTEM'],
    ['what is nested too deep', { sessions: [{ ...session(21), a: nested(200) }] }, 'nested too deeply'],
    ['no objects', { sessions: ['One'] }, 'no object in a list of objects'],
  ])('%s', async (_, answer, said) => expect(await fault({ 'sessions.json': answer })).toContain(said));

  it('shared terms that anybody can get', async () => {
    const subject = { id: id(11), name: 'A', projects: [id(1)], strain: id(40), supplier: id(42) };
    const said = await fault({ 'subjects.json': { subjects: [subject] } });
    expect(said).toMatch(
      /A Strain is named that the export does not hold: \S+40\. Save the list .*\/strain\/.*\(2 faults/,
    );
  });

  it('a folder of nothing, and one id for two kinds', async () => {
    expect((await refusal(folderOf({ 'a.txt': '' }), readBrainstem)).message).toContain('no .json file here');
    const both = { sessions: [session(21)], subjects: [{ ...session(21) }] };
    expect(await fault({ 'all.json': both })).toContain('is a Session and a Subject');
  });
});

describe('what is saved in other ways is read', () => {
  it('without the addresses that stand as keys', async () => {
    const project = { id: id(1), name: 'P', helpers: { 'jo@example.org': { since: 2020 } } };
    const { tree, report } = await readBrainstem(folderOf({ 'project.json': JSON.stringify({ project }) }));
    expect(JSON.stringify(tree)).toContain('since');
    expect(JSON.stringify({ tree, report })).not.toContain('jo@example.org');
    expect(finding(report, 'an e-mail address').count).toBe(1);
  });

  it('the first page of many shared terms, where it has all that are named', async () => {
    const project = { project: { id: id(1), name: 'P' } };
    const regions = { count: 2000, next: 'x', brain_regions: [{ id: id(45), name: 'A', acronym: 'A', atlas: 'AIA' }] };
    const files = { 'project.json': JSON.stringify(project), 'regions.json': JSON.stringify(regions) };
    expect((await readBrainstem(folderOf(files))).tree.entries.map(({ type }) => type)).toEqual([
      'Project',
      'BrainRegion',
    ]);
  });

  it('objects without their kind, by the names of files or folders', async () => {
    const session = JSON.stringify({ id: id(21).toUpperCase(), name: 'One', projects: [id(1)] });
    const { tree } = await readBrainstem(
      folderOf({ [`session/${id(21)}.json`]: session, 'subject-2.json': `[${session.replace('21"', '11"')}]` }),
    );
    const types = tree.entries.map(({ type, key }) => [type, key]);
    expect(types).toEqual(
      expect.arrayContaining([
        ['Project', id(1)],
        ['Session', id(21)],
        ['Subject', id(11)],
      ]),
    );
    expect(tree.isWhole).toBe(false);
  });
});
