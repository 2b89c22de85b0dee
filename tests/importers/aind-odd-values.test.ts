import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readAind } from '../../src/importers/aind/read-aind';
import { peopleIn } from '../../src/importers/aind/people-in-text';
import { pythonValue } from '../../src/importers/aind/python-value';
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

  it('a true time of a day that is none stays as it is', async () => {
    const { tree, report } = await read({ session: { session_start_time: '1900-01-01T09:30:00', ...untimed } });
    const { startedAt, extraFields } = first(tree.entries, 'Session');
    expect([startedAt, (extraFields as object as Record<string, unknown>)['sessionStartTime']]).toEqual([
      undefined,
      '1900-01-01T09:30:00',
    ]);
    expect(finding(report, 'session_start_time: no date or time').kind).toBe('NOT_UNDERSTOOD');
  });

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

describe('values of another kind than was meant', () => {
  it('of a list of one the one is read', async () => {
    const { tree, report } = await read({
      subject: { species: [{ name: 'Rattus norvegicus' }], genotype: ['wt/wt'] },
      rig: { rig_id: ['R9'] },
      data_description: { institution: [{ name: 'Harbour Institute' }] },
    });
    expect(first(tree.entries, 'Species')['name']).toBe('Rattus norvegicus');
    expect(first(tree.entries, 'Subject')).toMatchObject({ genotype: 'wt/wt' });
    expect(first(tree.entries, 'Setup')['name']).toBe('R9');
    expect(finding(report, 'genotype: a list of one').kind).toBe('DECIDED');
  });

  it('what cannot be read stays as it is, beside everything else', async () => {
    const { tree, report } = await read({
      subject: { genotype: { allele: 'Pier-Cre' }, housing: [{ cage_id: 'c1' }, { cage_id: 'c2' }] },
      session: { data_streams: ['cut off', ...(part('session') as { data_streams: object[] }).data_streams] },
    });
    const subject = first(tree.entries, 'Subject');
    expect(subject['genotype']).toBeUndefined();
    expect(Object.values(subject['extraFields'] as object).join()).toMatch(/Pier-Cre.*c1.*c2|c1.*c2.*Pier-Cre/);
    expect(tree.entries.filter(({ type }) => type === 'DataAcquisition').length).toBeGreaterThan(0);
    expect(Object.values(first(tree.entries, 'Session')['extraFields'] as object).join()).toContain('cut off');
    for (const told of [
      'genotype: an object where a text',
      'housing: a list where an object',
      'data_streams: a text where',
    ])
      expect(finding(report, told).kind).toBe('NOT_UNDERSTOOD');
  });
});

describe('what Python programs write as text is read as what it shows', () => {
  it.each<[string, unknown]>([
    [
      "[{'funder': 'Harbour Fund', 'grant': None, 'is_main': True, 'n': -1.5e3}]",
      [{ funder: 'Harbour Fund', grant: null, is_main: true, n: -1500 }],
    ],
    ["['Ada Keel', \"Bo O'Lind\"]", ['Ada Keel', "Bo O'Lind"]],
    ["('it\\'s', 'caf\\xe9', 'a\\nb')", ["it's", 'café', 'a\nb']],
    ["{'a', 'b'}", ['a', 'b']],
    ["[Person(name='Ada Keel', registry=<Registry.ORCID: 'ORCID'>)]", [{ name: 'Ada Keel', registry: 'ORCID' }]],
    ["name='Ada Keel' registry=None", { name: 'Ada Keel', registry: null }],
    ['None', null],
    ['datetime.date(2023, 5, 4)', '2023-05-04'],
    ['datetime.datetime(2023, 5, 4, 9, 30)', '2023-05-04T09:30:00'],
    [
      'datetime.datetime(2023, 5, 4, 9, 30, 1, 250000, tzinfo=datetime.timezone.utc)',
      '2023-05-04T09:30:01.250000+00:00',
    ],
    [
      'datetime.datetime(2023, 5, 4, 9, 30, tzinfo=datetime.timezone(datetime.timedelta(days=-1, seconds=61200)))',
      '2023-05-04T09:30:00-07:00',
    ],
    ['datetime.datetime(2023, 5, 4, 9, 30, tzinfo=TzInfo(-07:00))', '2023-05-04T09:30:00-07:00'],
  ])('%s', (text, value) => expect(pythonValue(text)).toEqual(value));

  it.each(['Ada Keel', '[left ear]', "['a' 'b']", "['a'", "{'a': 1, 'b'}", '[1] and more', '', '['.repeat(100_000)])(
    'any other text shows nothing: %.30s',
    (text) => expect(pythonValue(text)).toBeUndefined(),
  );

  it('funding, investigators and the institution come in', async () => {
    const { tree, report } = await read({
      data_description: {
        funding_source: "[{'funder': {'name': 'Harbour Fund'}, 'grant_number': 'HF-12', 'fundee': None}]",
        investigators: "['Ada Keel', 'Bo Lind']",
        institution: "{'name': 'Harbour Institute', 'abbreviation': 'HI'}",
      },
    });
    const project = first(tree.entries, 'Project');
    expect(project['funding']).toMatchObject([{ funder: 'Harbour Fund', awardNumber: 'HF-12' }]);
    expect(project['extraFields']).toMatchObject({ institution: 'Harbour Institute' });
    const people = tree.entries.filter(({ type }) => type === 'Contributor');
    expect(people).toMatchObject(['Ada Keel', 'Bo Lind'].map((name) => ({ name, roles: ['INVESTIGATOR'] })));
    for (const field of ['funding_source', 'investigators', 'institution'])
      expect(finding(report, `${field}: a text as Python programs write values`).kind).toBe('DECIDED');
  });

  it('None states nothing, and a yes where objects were meant stays as it is', async () => {
    const { tree, report } = await read({
      data_description: { funding_source: 'None', investigators: 'None', institution: 'None' },
      session: { stimulus_epochs: 'None', data_streams: 'True' },
    });
    const project = first(tree.entries, 'Project');
    expect(project['funding'] ?? []).toEqual([]);
    expect(Object.values(project['extraFields'] as object)).not.toContain('None');
    expect(tree.entries.filter(({ type }) => ['Contributor', 'Epoch', 'DataAcquisition'].includes(type))).toEqual([]);
    expect(finding(report, 'data_streams: a text where an object').kind).toBe('NOT_UNDERSTOOD');
    expect(first(tree.entries, 'Session')['extraFields']).toMatchObject({ dataStreams: 'True' });
  });

  it('its dates and times are dates and times', async () => {
    const zone = 'tzinfo=datetime.timezone(datetime.timedelta(days=-1, seconds=61200))';
    const { tree } = await read({
      subject: { date_of_birth: 'datetime.date(2024, 2, 29)' },
      session: {
        session_start_time: `datetime.datetime(2024, 6, 10, 9, 30, ${zone})`,
        data_streams: [],
        stimulus_epochs: [],
      },
    });
    expect(first(tree.entries, 'Subject')['birthDate']).toBe('2024-02-29');
    expect(first(tree.entries, 'Session')).toMatchObject({
      key: 'session:h7/2024-06-10T16:30:00.000Z',
      startedAt: '2024-06-10T16:30:00.000Z',
    });
  });
});

describe('investigators in one text', () => {
  it.each<[string, string[] | null]>([
    ['Ada Keel, Bo Lind; Cy Moss', ['Ada Keel', 'Bo Lind', 'Cy Moss']],
    ['Ada Keel, Bo Lind, and Cy Moss', ['Ada Keel', 'Bo Lind', 'Cy Moss']],
    ['Ada Keel and Bo van Lind', ['Ada Keel', 'Bo van Lind']],
    ['Keel, Ada', ['Keel, Ada']],
    ['Keel, Ada B.; van der Lind, Bo', ['Keel, Ada B.', 'van der Lind, Bo']],
    ['Ada Keel', ['Ada Keel']],
    ['Keel', ['Keel']],
    // A comma may stand for either.
    ['Keel, Ada, Lind, Bo', null],
    ['Garcia Keel, Ada', null],
    ['Ada Keel, Bo Lind; Moss, Cy', null],
    ['van der Keel, Ada Bo; Bo Lind', null],
    ['Ada and Bo Lind', null],
    ['Ada Keel, PhD', null],
    ['Ada Keel et al.', null],
    ['Room 12', null],
  ])('%s', (text, people) => expect(peopleIn(text)).toEqual(people));

  it('are credited; where it cannot be told whom a text names it stays, and is told', async () => {
    const told = await read({ data_description: { investigators: 'Ada Keel, Bo Lind; Cy Moss' } });
    const people = told.tree.entries.filter(({ type }) => type === 'Contributor');
    expect(people.map(({ name, roles }) => [name, roles])).toEqual(
      ['Ada Keel', 'Bo Lind', 'Cy Moss'].map((name) => [name, ['INVESTIGATOR']]),
    );
    const { tree, report } = await read({ data_description: { investigators: 'Keel, Ada, Lind, Bo' } });
    expect(tree.entries.filter(({ type }) => type === 'Contributor')).toEqual([]);
    expect(first(tree.entries, 'Project')['extraFields']).toMatchObject({ investigators: 'Keel, Ada, Lind, Bo' });
    expect(finding(report, 'investigators: one text').example.value).toBe('Keel, Ada, Lind, Bo');
  });
});
