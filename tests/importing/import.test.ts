import type { Entry } from '../../src/importing/entry';
import { setUpStage, type Stage } from './stage';
import { asLines, wholeTree } from './whole-tree';

let stage: Stage;
let token: string;
let userId: string;
beforeAll(async () => {
  stage = await setUpStage();
  userId = await stage.lab.person('Lena');
  token = (await stage.token(userId)).secret;
});
afterAll(() => stage.close());

const changed = (key: string, fields: object): Entry[] =>
  wholeTree().map((entry) => (entry.key === key ? { ...entry, ...fields } : entry));
const without = (...keys: string[]): Entry[] => wholeTree().filter(({ key }) => !keys.includes(key));
const added = (...entries: object[]): unknown[] => [...wholeTree(), ...entries];

describe('a whole tree', () => {
  test('in a dry run says what it would do, and does nothing', async () => {
    const before = await stage.everything();
    const outcome = await stage.import(token, wholeTree(), '?dryRun=true');
    expect(outcome).toMatchObject({ created: wholeTree().length, updated: 0, unchanged: 0, projectId: null });
    expect(await stage.everything()).toBe(before);
  });

  test('is stored once, and a second time changes nothing', async () => {
    const first = await stage.import(token, wholeTree());
    expect(first).toMatchObject({ created: wholeTree().length, updated: 0, rejected: 0, isPublic: false });
    const before = await stage.everything();
    const again = await stage.import(token, wholeTree());
    expect(again).toMatchObject({ created: 0, updated: 0, unchanged: wholeTree().length, projectId: first.projectId });
    expect(await stage.everything()).toBe(before);
  });

  test('reads back through the graph as it was written, the lists in their order', async () => {
    const { projectId } = await stage.import(token, wholeTree());
    const { data } = await stage.ask(
      token,
      `{ project(id: "${projectId}") { viewerRole publications { title journal { name } } contributors { name }
        subjects { nodes { name species { name } strain { name } procedures { brainRegion { acronym } equipment { name } logs { entries { nodes { details } } } consumableStock { consumable { name } } } } }
        sessions { nodes { name dataStorages { name protocols { path } } epochs { name behaviors { setup { name } behavioralParadigm { category { name } } } }
          dataAcquisitions { nodes { type schemaVersion fileSizeBytes fileUrl procedures { type } equipment { hardwareDevice { name } } } } } }
        collections { nodes { sessions { nodes { name } } } } cohorts { nodes { subjects { nodes { name } } } } } }`,
    );
    expect(data).toMatchInlineSnapshot(`
     {
       "project": {
         "cohorts": {
           "nodes": [
             {
               "subjects": {
                 "nodes": [
                   {
                     "name": "Max",
                   },
                   {
                     "name": "Mia",
                   },
                 ],
               },
             },
           ],
         },
         "collections": {
           "nodes": [
             {
               "sessions": {
                 "nodes": [
                   {
                     "name": "Night 2",
                   },
                   {
                     "name": "Night 1",
                   },
                 ],
               },
             },
           ],
         },
         "contributors": [
           {
             "name": "Ann Lee",
           },
         ],
         "publications": [
           {
             "journal": {
               "name": "Journal of Mazes",
             },
             "title": "A maze",
           },
         ],
         "sessions": {
           "nodes": [
             {
               "dataAcquisitions": {
                 "nodes": [
                   {
                     "equipment": [
                       {
                         "hardwareDevice": {
                           "name": "RHD2000",
                         },
                       },
                     ],
                     "fileSizeBytes": 938143891298,
                     "fileUrl": "https://example.org/a.nwb",
                     "procedures": [
                       {
                         "type": "GenericImplant",
                       },
                     ],
                     "schemaVersion": "1.1.0",
                     "type": "ExtracellularEphys",
                   },
                 ],
               },
               "dataStorages": [
                 {
                   "name": "NAS",
                   "protocols": [
                     {
                       "path": "//nas/data",
                     },
                   ],
                 },
                 {
                   "name": "Cloud",
                   "protocols": [],
                 },
               ],
               "epochs": [
                 {
                   "behaviors": [
                     {
                       "behavioralParadigm": {
                         "category": {
                           "name": "Spatial navigation",
                         },
                       },
                       "setup": {
                         "name": "Rig 1",
                       },
                     },
                   ],
                   "name": "Task",
                 },
               ],
               "name": "Night 1",
             },
             {
               "dataAcquisitions": {
                 "nodes": [],
               },
               "dataStorages": [
                 {
                   "name": "Cloud",
                   "protocols": [],
                 },
               ],
               "epochs": [],
               "name": "Night 2",
             },
           ],
         },
         "subjects": {
           "nodes": [
             {
               "name": "Mia",
               "procedures": [
                 {
                   "brainRegion": {
                     "acronym": "CA1",
                   },
                   "consumableStock": {
                     "consumable": {
                       "name": "AAV5",
                     },
                   },
                   "equipment": [
                     {
                       "name": "Amplifier",
                     },
                   ],
                   "logs": [
                     {
                       "entries": {
                         "nodes": [
                           {
                             "details": {
                               "impedances": [
                                 1.5,
                                 2,
                               ],
                             },
                           },
                         ],
                       },
                     },
                   ],
                 },
               ],
               "species": {
                 "name": "Mus musculus",
               },
               "strain": {
                 "name": "C57BL/6J",
               },
             },
             {
               "name": "Max",
               "procedures": [],
               "species": {
                 "name": "Mus musculus",
               },
               "strain": null,
             },
           ],
         },
         "viewerRole": "OWNER",
       },
     }
    `);
  });

  test('with changes brings up to date what has changed, and nothing else', async () => {
    const tree = changed('m1', { genotype: 'wt/wt', extraFields: null }).map((entry) =>
      entry.key === 'nights' ? { ...entry, sessions: ['s1', 's2'] } : entry,
    );
    expect(await stage.import(token, tree)).toMatchObject({ created: 0, updated: 2 });
    const rows = await stage.database.dataSource.query<unknown[]>(
      `SELECT "genotype", "extra_fields" AS "extraFields", "version" FROM "subject" WHERE "name" = 'Mia'`,
    );
    expect(rows).toEqual([{ genotype: 'wt/wt', extraFields: {}, version: 2 }]);
    expect(await stage.import(token, wholeTree())).toMatchObject({ created: 0, updated: 2 });
  });

  test('may be a part of it, which refers to what was imported before', async () => {
    const part = [
      { type: 'Project', key: 'lab:maze' },
      { type: 'Session', key: 's3', name: 'Night 3', subjects: ['m2'] },
    ];
    expect(await stage.import(token, part)).toMatchObject({ created: 1, updated: 0, unchanged: 1 });
  });

  test('finds shared words by their names, and proposes only what is missing', async () => {
    const words = await stage.database.dataSource.query<unknown[]>(
      `SELECT "is_approved" AS "isApproved", "proposed_by_id" AS "by" FROM "species" WHERE "name" = 'Mus musculus'`,
    );
    expect(words).toEqual([{ isApproved: false, by: userId }]);
    const other = [
      { type: 'Project', key: 'another', name: 'Another' },
      { type: 'Species', key: 'x', name: 'MUS MUSCULUS' },
      { type: 'Species', key: 'y', name: 'Rattus rattus' },
      { type: 'Species', key: 'z', name: 'rattus rattus' },
    ];
    expect(await stage.import(token, other)).toMatchObject({ created: 2, unchanged: 2 });
  });
});

const named = 'Session';
const refusals: [what: string, body: () => string | Buffer, fault: object][] = [
  ['a line that was cut off', () => asLines(wholeTree()).slice(0, -20), { entry: 36, code: 'BAD_JSON' }],
  [
    'a line in another encoding',
    () => Buffer.from('{"type":"Species","key":"k","name":"M\u00fcller"}\n', 'latin1'),
    { entry: 1, code: 'BAD_ENCODING' },
  ],
  [
    'a text that cannot be stored',
    () => '{"type":"Species","key":"k","name":"a\\u0000b"}\n',
    { entry: 1, code: 'BAD_ENCODING' },
  ],
  [
    'a line that is too long',
    () => `${asLines(wholeTree())}"${'x'.repeat(1_100_000)}"\n`,
    { entry: 37, code: 'LINE_TOO_LONG' },
  ],
  ['something that is no entry', () => `${asLines(wholeTree())}[1]\n`, { entry: 37, code: 'WRONG_TYPE' }],
  [
    'an unknown type',
    () => asLines(added({ type: 'Planet', key: 'p' })),
    { entry: 37, key: 'p', code: 'UNKNOWN_TYPE' },
  ],
  [
    'an unknown field',
    () => asLines(changed('s1', { colour: 'red' })),
    { entry: 1, key: 's1', path: ['colour'], code: 'UNKNOWN_FIELD' },
  ],
  [
    'a flag that only publishing changes',
    () => asLines(changed('lab:maze', { isPublic: true })),
    { key: 'lab:maze', path: ['isPublic'], code: 'NOT_WRITABLE' },
  ],
  [
    'an entry without a key',
    () => asLines(added({ type: 'Species', name: 'x' })),
    { entry: 37, key: null, path: ['key'], code: 'REQUIRED' },
  ],
  [
    'a key that is there twice',
    () => asLines(added({ type: 'Species', key: 's1', name: 'x' })),
    { entry: 37, key: 's1', path: ['key'], code: 'DUPLICATE' },
  ],
  [
    'a key that leads nowhere',
    () => asLines(changed('s1/b', { setup: 'no-rig' })),
    { key: 's1/b', path: ['setup'], code: 'NOT_FOUND' },
  ],
  [
    'a key of another type',
    () => asLines(changed('s1/b', { subjects: ['m1', 's2'] })),
    { key: 's1/b', path: ['subjects', 1], code: 'WRONG_TYPE' },
  ],
  [
    'references in a circle',
    () => asLines(changed('s1/task', { session: 's1/b' })),
    { key: 's1/task', path: ['session'], code: 'WRONG_TYPE' },
  ],
  [
    'an entry that refers to itself',
    () => asLines(changed('s1/task', { session: 's1/task' })),
    { path: ['session'], code: 'WRONG_TYPE' },
  ],
  [
    'a key twice in a list',
    () => asLines(changed('s1', { subjects: ['m1', 'm1'] })),
    { path: ['subjects', 1], code: 'DUPLICATE' },
  ],
  ['no project', () => asLines(without('lab:maze')), { entry: null, code: 'NO_PROJECT' }],
  ['two projects', () => asLines(added({ type: 'Project', key: 'p2', name: 'x' })), { entry: 37, code: 'NO_PROJECT' }],
  [
    'something that has to be given',
    () => asLines(added({ type: 'Subject', key: 'n', name: 'x', sex: 'MALE' })),
    { key: 'n', path: ['species'], code: 'REQUIRED' },
  ],
  [
    'a module without its type',
    () => asLines(added({ type: 'DataAcquisition', key: 'n', session: 's1' })),
    { key: 'n', path: ['moduleType'], code: 'REQUIRED' },
  ],
  [
    'a module type that there is not',
    () => asLines(changed('s1/ephys', { moduleType: 'Magic' })),
    { path: ['moduleType'], code: 'NOT_ALLOWED' },
  ],
  [
    'a version that there is not',
    () => asLines(changed('s1/ephys', { schemaVersion: '99.0.0' })),
    { path: ['schemaVersion'], code: 'NOT_ALLOWED' },
  ],
  [
    'details that break their schema',
    () => asLines(changed('m1/weight/1', { details: { weight: 'heavy' } })),
    { path: ['details', 'weight'], code: 'INVALID_DETAILS' },
  ],
  [
    'coordinates without a system',
    () =>
      asLines(
        added({ type: 'Equipment', key: 'n', setup: 'rig', name: 'x', moduleType: 'Amplifier', coordinates: { x: 1 } }),
      ),
    { path: ['coordinateSystem'], code: 'REQUIRED' },
  ],
  [
    'a text that is too long',
    () => asLines(changed('s1', { name: 'x'.repeat(201) })),
    { path: ['name'], code: 'TOO_LONG' },
  ],
  [
    'a duration where a date was meant',
    () => asLines(changed('m1', { birthDate: 'P3M/P6M' })),
    { key: 'm1', path: ['birthDate'], code: 'WRONG_FORMAT' },
  ],
  [
    'a moment without a zone',
    () => asLines(changed('s1', { startedAt: '2024-03-01T20:00:00' })),
    { path: ['startedAt'], code: 'WRONG_FORMAT' },
  ],
  [
    'death before birth',
    () => asLines(changed('m1', { deathDate: '2022-01-01' })),
    { path: ['deathDate'], code: 'DISAGREES' },
  ],
  ['an end before its start', () => asLines(changed('s1/task', { end: -1 })), { path: ['end'], code: 'DISAGREES' }],
  [
    'a strain of another species',
    () =>
      asLines([
        ...changed('m2', { species: 'rat', strain: 'black6' }),
        { type: 'Species', key: 'rat', name: 'Rattus norvegicus' },
      ]),
    { key: 'm2', path: ['strain'], code: 'DISAGREES' },
  ],
  [
    'an epoch of another session',
    () => asLines(added({ type: 'Behavior', key: 'n', session: 's2', epoch: 's1/task', subjects: [] })),
    { key: 'n', path: ['epoch'], code: 'DISAGREES' },
  ],
  [
    'another parent than before',
    () => asLines(changed('s1/opto', { session: 's2' })),
    { key: 's1/opto', path: ['session'], code: 'NOT_WRITABLE' },
  ],
  [
    'a name that another collection has',
    () => asLines(added({ type: 'Collection', key: 'n', name: 'All nights' })),
    { path: ['name'], code: 'DUPLICATE' },
  ],
];

describe('is refused whole, with the line, the key and the field', () => {
  beforeAll(() => stage.import(token, wholeTree()));

  test.each(refusals)('%s', async (_what, body, fault) => {
    const before = await stage.everything();
    const { status, outcome } = await stage.post(token, body());
    expect(status).toBe(422);
    expect(outcome.faults).toContainEqual(expect.objectContaining(fault));
    expect(outcome).toMatchObject({ created: 0, updated: 0 });
    expect(outcome.rejected).toBeGreaterThan(0);
    expect(await stage.everything()).toBe(before);
  });

  test('everything that is wrong at once, and no more than a thousand', async () => {
    const tree = wholeTree().map((entry) => (entry.type === named ? { ...entry, name: 5, colour: 1 } : entry));
    expect((await stage.post(token, asLines(tree))).outcome).toMatchObject({ rejected: 2, faults: { length: 4 } });
    const many = Array.from({ length: 2000 }, (_, index) => ({ type: 'Planet', key: `p${index}` }));
    expect((await stage.post(token, asLines(many))).outcome.faults).toHaveLength(1000);
  });
});

describe('who may', () => {
  const lines = (): string => asLines(wholeTree('who-may'));
  let project: string;
  beforeAll(async () => {
    project = (await stage.import(token, wholeTree('who-may'))).projectId!;
  });

  test('anonymous may not, nor a token that only reads, nor through other eyes', async () => {
    const before = await stage.everything();
    const reader = await stage.token(userId, ['READ']);
    const answers = [
      await stage.post(undefined, lines()),
      await stage.post(reader.secret, lines()),
      await stage.post(token, lines(), '', { 'stemgraph-view-as': 'public' }),
    ];
    expect(answers.map(({ status, errors }) => [status, errors![0]!.extensions.code])).toEqual([
      [401, 'UNAUTHENTICATED'],
      [403, 'FORBIDDEN'],
      [403, 'FORBIDDEN'],
    ]);
    expect(await stage.everything()).toBe(before);
  });

  test('what is no NDJSON is not read', async () => {
    const { status } = await stage.post(token, '{}', '', { 'content-type': 'application/json' });
    expect(status).toBe(415);
    expect((await stage.post(token, '', '?dryRun=perhaps')).status).toBe(400);
  });

  test('a contributor adds to a project, with attributes of their own, but does not change the project itself', async () => {
    for (const { name } of await stage.database.dataSource.query<{ name: string }[]>(
      `SELECT table_name AS "name" FROM information_schema.columns WHERE column_name = 'is_approved' AND table_schema = 'public'`,
    ))
      await stage.database.dataSource.query(`UPDATE "${name}" SET "is_approved" = TRUE`);
    const carl = await stage.lab.person('Carl', 'CONTRIBUTOR', [project]);
    const { secret } = await stage.token(carl);
    const own = await stage.import(secret, wholeTree('who-may'));
    expect(own.projectId).toBe(project);
    // The setup, paradigm, storages and inventory with what is in them.
    expect(own.created).toBe(8);
    expect(await stage.import(secret, wholeTree('who-may'))).toMatchObject({ created: 0, updated: 0 });
    const before = await stage.everything();
    const renamed = wholeTree('who-may').map((one) => (one.type === 'Project' ? { ...one, name: 'Mine' } : one));
    const { outcome } = await stage.post(secret, asLines(renamed));
    expect(outcome.faults).toEqual([expect.objectContaining({ code: 'FORBIDDEN', path: ['name'] })]);
    expect(await stage.everything()).toBe(before);
    // What the owner sees of the lists stays: both storages of each are linked.
    expect(await stage.import(token, wholeTree('who-may'))).toMatchObject({ created: 0 });
  });

  test('a stranger with the same keys makes a project of their own', async () => {
    const { secret } = await stage.token(await stage.lab.person('Stan'));
    const { projectId } = await stage.import(secret, wholeTree('who-may'));
    expect(projectId).not.toBe(project);
  });

  test('through the graph as well, where the answer says that a public project is', async () => {
    const publish = `mutation { publishProject(id: "${project}", confirm: true) { isPublic } }`;
    expect((await stage.ask(token, publish)).errors).toBeUndefined();
    const ask = (entries: object[]): string =>
      `mutation { importProject(input: {entries: [${entries.map(literal).join()}]}) { project { name } created updated unchanged rejected isPublic faults { entry key path code } } }`;
    const { data } = await stage.ask(
      token,
      ask([
        { type: 'Project', key: 'who-may' },
        { type: 'Session', key: 'new', name: 'Open' },
      ]),
    );
    expect(data!['importProject']).toEqual({
      project: { name: 'Maze' },
      created: 1,
      updated: 0,
      unchanged: 1,
      rejected: 0,
      isPublic: true,
      faults: [],
    });
    const wrong = await stage.ask(
      token,
      ask([
        { type: 'Project', key: 'who-may' },
        { type: 'Session', key: 'new2', name: 5 },
      ]),
    );
    expect(wrong.data!['importProject']).toMatchObject({
      created: 0,
      rejected: 1,
      faults: [{ entry: 1, key: 'new2', path: ['name'], code: 'WRONG_TYPE' }],
    });
    const { errors } = (await stage.send(undefined, ask([]))).json<{ errors: { extensions: { code: string } }[] }>();
    expect(errors[0]!.extensions.code).toBe('UNAUTHENTICATED');
  });
});

const literal = (value: object): string => JSON.stringify(value).replace(/"(\w+)":/g, '$1:');
