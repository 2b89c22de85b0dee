import type { Entry } from '../../src/tree/entry';
import { setUpStage, type Stage } from './stage';
import { asLines, wholeTree } from './whole-tree';

let stage: Stage;
let token: string;
beforeAll(async () => {
  stage = await setUpStage();
  token = (await stage.token(await stage.lab.person('Lena'))).secret;
});
afterAll(() => stage.close());

const changed = (key: string, fields: object): Entry[] =>
  wholeTree().map((entry) => (entry.key === key ? { ...entry, ...fields } : entry));
const without = (...keys: string[]): Entry[] => wholeTree().filter(({ key }) => !keys.includes(key));
const added = (...entries: object[]): unknown[] => [...wholeTree(), ...entries];

/** The line of the last entry of the whole tree. */
const last = wholeTree().length;

const named = 'Session';
const refusals: [what: string, body: () => string | Buffer, fault: object][] = [
  ['a line that was cut off', () => asLines(wholeTree()).slice(0, -20), { entry: last, code: 'BAD_JSON' }],
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
    { entry: last + 1, code: 'LINE_TOO_LONG' },
  ],
  ['something that is no entry', () => `${asLines(wholeTree())}[1]\n`, { entry: last + 1, code: 'WRONG_TYPE' }],
  [
    'an unknown type',
    () => asLines(added({ type: 'Planet', key: 'p' })),
    { entry: last + 1, key: 'p', code: 'UNKNOWN_TYPE' },
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
    { entry: last + 1, key: null, path: ['key'], code: 'REQUIRED' },
  ],
  [
    'a key that is there twice',
    () => asLines(added({ type: 'Species', key: 's1', name: 'x' })),
    { entry: last + 1, key: 's1', path: ['key'], code: 'DUPLICATE' },
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
  [
    'two projects',
    () => asLines(added({ type: 'Project', key: 'p2', name: 'x' })),
    { entry: last + 1, code: 'NO_PROJECT' },
  ],
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
  [
    'an age that is no duration',
    () => asLines(changed('m1', { age: '3 months' })),
    { path: ['age'], code: 'WRONG_FORMAT' },
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

  test.each(['details', 'extraFields', 'funding', 'tags'])(
    'values that stand in each other too deep, in %s',
    async (field) => {
      const before = await stage.everything();
      for (const depth of [200, 5000, 400_000]) {
        const deep = `[${'['.repeat(depth)}${']'.repeat(depth)}]`;
        const lines = `${asLines(wholeTree())}{"type":"Project","key":"p","${field}":${deep}}\n`;
        const { status, outcome } = await stage.post(token, lines);
        expect([status, outcome.faults]).toEqual([422, [expect.objectContaining({ code: 'TOO_DEEP' })]]);
      }
      expect(await stage.everything()).toBe(before);
    },
  );

  test('keys may be long in every alphabet, and not longer', async () => {
    const letters = (count: number): string =>
      Array.from({ length: count }, (_, index) => String.fromCharCode(0x4e00 + ((index * 7919 * index) % 20_000))).join(
        '',
      );
    const { status, outcome } = await stage.post(
      token,
      asLines([{ type: 'Project', key: letters(801), name: 'Long' }]),
    );
    expect([status, outcome.faults]).toEqual([422, [expect.objectContaining({ path: ['key'], code: 'REQUIRED' })]]);
    await stage.import(token, [{ type: 'Project', key: letters(800), name: 'Long' }]);
  });

  test('everything that is wrong at once, and no more than a thousand', async () => {
    const tree = wholeTree().map((entry) => (entry.type === named ? { ...entry, name: 5, colour: 1 } : entry));
    expect((await stage.post(token, asLines(tree))).outcome).toMatchObject({ rejected: 2, faults: { length: 4 } });
    const many = Array.from({ length: 2000 }, (_, index) => ({ type: 'Planet', key: `p${index}` }));
    expect((await stage.post(token, asLines(many))).outcome.faults).toHaveLength(1000);
  });

  test('of a great many wrong items of a list a few, each with its place', async () => {
    const tags = Array.from({ length: 400_000 }, (_, index) => index % 10);
    const { status, outcome } = await stage.post(token, asLines(changed('s1', { tags })));
    expect([status, outcome.faults.length]).toEqual([422, 20]);
    expect(outcome.faults[1]).toMatchObject({ key: 's1', path: ['tags', 1], code: 'WRONG_TYPE' });
  });
});
