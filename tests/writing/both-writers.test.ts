import fc from 'fast-check';
import type { ImportedType } from '../../src/importing/storing/types';
import { long, seed } from '../world/effort';
import { Workshop, type Things } from './bench';
import { BothWriters, type Sent } from './both-writers';
import { faultyObjects, typesOf, wrongOf } from './faulty-fields';
import { suited } from './inputs';

/** The same object, by a mutation and by an import: the same codes at the same paths, in the same words. */
let workshop: Workshop;
let things: Things;
let other: Things;
let hidden: Things;
let both: BothWriters;
beforeAll(async () => {
  workshop = await Workshop.open();
  things = await workshop.things();
  other = await workshop.things();
  hidden = await workshop.hiddenThings();
  both = new BothWriters(workshop, things);
});
afterAll(() => workshop.close());

jest.setTimeout(long ? 3_600_000 : 120_000);

/** A tree says what is stored: deleting an attribute, a subject or a term may have emptied these. */
const mayBeEmptied: Record<string, string[]> = {
  Behavior: ['subjects', 'setup', 'behavioralParadigm'],
  Publication: ['authors'],
};

/** What both have to say. */
const common = ({ type }: Sent, faults: readonly string[]): string =>
  faults.filter((one) => !(mayBeEmptied[type] ?? []).some((name) => one.startsWith(`${name} REQUIRED:`))).join('\n');

/** Those of which one writer says other than the other, with what each says. */
async function differences(sent: readonly Sent[]): Promise<unknown[]> {
  const imported = await inTurns(sent);
  const different: unknown[] = [];
  for (const [index, one] of sent.entries()) {
    const mutated = await both.byMutation(one);
    if (common(one, mutated) !== common(one, imported[index]!))
      different.push({ ...one, mutated, imported: imported[index] });
    faults += mutated.length;
  }
  return different;
}
let faults = 0;

/** What is new in imports of many; one by one what can be in a tree but once: what is there, and names. */
async function inTurns(sent: readonly Sent[]): Promise<string[][]> {
  const told: string[][] = [];
  const isAlone = ({ action, type }: Sent): boolean =>
    action === 'update' || ['Project', 'Collection', 'Cohort'].includes(type);
  for (let start = 0; start < sent.length;) {
    const next = sent.findIndex((one, index) => index > start && (isAlone(one) || index === start + 40));
    const end = isAlone(sent[start]!) ? start + 1 : next < 0 ? sent.length : next;
    told.push(...(await both.byImport(sent.slice(start, end))));
    start = end;
  }
  return told;
}

test.each(['create', 'update'] as const)('what is wrong with one field, to %s', async (action) => {
  faults = 0;
  expect(await differences(faultyObjects(both, hidden, action, long))).toEqual([]);
  expect(faults).toBeGreaterThan(100);
});

test.each(['create', 'update'] as const)('what is wrong with several fields, to %s', async (action) => {
  const several = fc.constantFrom(...typesOf(action)).chain((type) => {
    const wrong = wrongOf(type, things, hidden).filter(({ isMisfit }) => !isMisfit);
    return fc.subarray(wrong, { minLength: Math.min(2, wrong.length), maxLength: 4 }).map((some): Sent => {
      const start = action === 'create' ? both.required(type) : {};
      return {
        type,
        action,
        fields: { ...start, ...Object.fromEntries(some.map(({ name, value }) => [name, value])) },
      };
    });
  });
  expect(await differences(fc.sample(several, { numRuns: long ? 2000 : 60, seed }))).toEqual([]);
});

/** What does not agree, within one object or with others. */
const disagreeing = (): [type: ImportedType, fields: Record<string, unknown>][] =>
  [
    ['Subject', { birthDate: '2024-05-02', deathDate: '2024-05-01' }],
    ['Subject', { birthDate: '2024-05-02', deathDate: '1750-01-01', age: 'three', genotype: 'x'.repeat(201) }],
    ['Subject', { species: things['Species'], strain: other['Strain'] }],
    ['Subject', { species: other['Species'], strain: things['Strain'], age: '3 months' }],
    ['Subject', { species: hidden['Species'], strain: other['Strain'] }],
    ['Subject', { species: things['Species'], strain: things['Species'] }],
    ['Epoch', { start: 10, end: 9.5 }],
    ['ConsumableStock', { acquiredOn: '2024-02-01', expiresOn: '2024-01-01' }],
    ['SubjectLogEntry', { startedAt: '2024-01-02T00:00:00Z', endedAt: '2001-01-01T00:00:00Z' }],
    ['ProcedureLogEntry', { endedAt: '2001-01-01T00:00:00Z', startedAt: '2024-01-02T00:00:00Z', notes: 'a \u0007' }],
    ['SubjectLogEntry', { details: { weight: { value: 'heavy' }, nonsense: 1 } }],
    ['ProcedureLogEntry', { details: { nonsense: 1 } }],
    ...(['Behavior', 'DataAcquisition', 'Manipulation'] as const).map((type): [ImportedType, object] => [
      type,
      { epoch: other['Epoch'] },
    ]),
    ['Behavior', { epoch: other['Epoch'], setup: hidden['Setup'] }],
    ['Behavior', { epoch: other['Epoch'], notes: 'x'.repeat(501) }],
    ['Collection', { sessions: [things['Session'], other['Session']] }],
    ['Cohort', { subjects: [other['Subject'], things['Subject']] }],
    ['Cohort', { subjects: [other['Subject'], hidden['Subject']] }],
    ...modules.flatMap((type): [ImportedType, object][] => [
      [type, { type: 'Nonsense' }],
      [type, { type: 'Nonsense', schemaVersion: null }],
      [type, { ...suited(type), schemaVersion: '0.0.9' }],
      ...(type.endsWith('Log')
        ? []
        : [[type, { ...suited(type), details: wrongDetails(type) }] as [ImportedType, object]]),
    ]),
    ...(['Procedure', 'Equipment'] as const).flatMap((type): [ImportedType, object][] => [
      [type, { coordinates: { x: 1 } }],
      [type, { coordinateSystem: 'Nowhere' }],
      [type, { coordinateSystem: 'External_XYZ_Absolute', coordinates: { x: { value: 'far' } } }],
    ]),
  ] as [ImportedType, Record<string, unknown>][];

const modules = [
  'DataAcquisition',
  'Manipulation',
  'Procedure',
  'Equipment',
  'ConsumableStock',
  'SubjectLog',
  'ProcedureLog',
] as const satisfies ImportedType[];

const wrongDetails = (type: ImportedType): unknown =>
  type === 'Manipulation' ? [{}, { nonsense: 1 }] : { nonsense: 1, 'a/b~c': 2 };

test.each(['create', 'update'] as const)('what does not agree, to %s', async (action) => {
  faults = 0;
  const sent = disagreeing().map(([type, fields]): Sent => {
    const start = action === 'create' ? both.required(type) : {};
    return { type, action, fields: { ...start, ...fields } };
  });
  expect(await differences(sent)).toEqual([]);
  expect(faults).toBeGreaterThanOrEqual(sent.length);
});

test('names that another has, and types that do not suit what is there', async () => {
  for (const type of ['Collection', 'Cohort'] as const) {
    expect(
      await both.byMutation({ type, action: 'create', fields: { ...both.required(type), name: 'Taken' } }),
    ).toEqual([]);
    for (const action of ['create', 'update'] as const) {
      const fields = { ...(action === 'create' && both.required(type)), name: ' Taken ' };
      const told = await both.byMutation({ type, action, fields });
      expect(told).toEqual([expect.stringMatching(/^name DUPLICATE: /)]);
      expect(await both.byImport([{ type, action, fields }])).toEqual([told]);
    }
  }
  const [approved] = await workshop.rows<{ atlas: string; name: string }>(
    `SELECT "atlas", "name" FROM "brain_region" WHERE "id" = $1 AND "is_approved"`,
    [things['BrainRegion']],
  );
  // Its acronym tells a region from others, its name is unique all the same.
  const region: Sent = { type: 'BrainRegion', action: 'create', fields: { ...approved, acronym: 'another' } };
  const told = await both.byMutation(region);
  expect(told).toEqual([expect.stringMatching(/^name DUPLICATE: /)]);
  expect(await both.byImport([region])).toEqual([told]);
  const alike = ['one', 'two'].map((acronym) => ({ ...region, fields: { ...region.fields, name: 'Alike', acronym } }));
  expect(await both.byImport(alike)).toEqual([[], []]);
  for (const one of alike) expect(await both.byMutation(one)).toEqual([]);
  for (const type of ['SubjectLog', 'ProcedureLog'] as const) {
    const [suiting, entry] =
      type === 'SubjectLog' ? ['Weighing', { weight: { value: 25, unit: 'g' } }] : ['Impedances', { impedances: [1] }];
    await workshop.rows(
      `UPDATE "${type === 'SubjectLog' ? 'subject_log' : 'procedure_log'}_entry" SET "details" = $1 WHERE "log_id" = $2`,
      [JSON.stringify(entry), things[type]],
    );
    await workshop.rows(
      `UPDATE "${type === 'SubjectLog' ? 'subject_log' : 'procedure_log'}" SET "type" = $1, "schema_version" = '1.1.0' WHERE "id" = $2`,
      [suiting, things[type]],
    );
    const sent: Sent = { type, action: 'update', fields: { type: suited(type).type } };
    const told = await both.byMutation(sent);
    expect([type, told]).toEqual([type, [expect.stringMatching(/^type DISAGREES: /)]]);
    expect(await both.byImport([sent])).toEqual([told]);
  }
});

test('what agrees is taken by both, over what is stored', async () => {
  const agreeing: Sent[] = [
    { type: 'SubjectLogEntry', action: 'update', fields: { endedAt: '2099-01-01T00:00:00Z' } },
    { type: 'ProcedureLogEntry', action: 'update', fields: { endedAt: '2099-01-01T00:00:00Z' } },
    { type: 'Project', action: 'update', fields: { publications: null } },
    { type: 'Cohort', action: 'update', fields: { subjects: null, name: 'Another' } },
    ...modules.map((type): Sent => ({ type, action: 'update', fields: { schemaVersion: null } })),
    ...modules.map((type): Sent => {
      const fields = { ...both.required(type), schemaVersion: null };
      return { type, action: 'create', fields };
    }),
  ];
  expect(await inTurns(agreeing)).toEqual(agreeing.map(() => []));
  for (const one of agreeing) expect([one, await both.byMutation(one)]).toEqual([one, []]);
});
