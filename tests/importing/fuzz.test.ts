import * as fc from 'fast-check';
import type { Entry } from '../../src/tree/entry';
import { upTo } from '../../src/importing/import-route';
import { long, seed } from '../world/effort';
import { setUpStage, type Stage } from './stage';
import { asLines, wholeTree } from './whole-tree';

jest.setTimeout(long ? 3_600_000 : 300_000);

let stage: Stage;
let token: string;
beforeAll(async () => {
  stage = await setUpStage();
  token = (await stage.token(await stage.lab.person('Ann'))).secret;
  await stage.import(token, wholeTree());
});
afterAll(() => stage.close());

const fields = [...new Set(wholeTree().flatMap((entry) => Object.keys(entry)))];
const keys = wholeTree().map(({ key }) => key);

/** Anything that may stand in a field, right or wrong. */
const value = fc.oneof(
  fc.constantFrom(...keys, '', ' ', 'P3M/P6M', '2024-02-31', '2024-03-01T20:00:00Z', 'MALE', 'x'.repeat(600)),
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc.constantFrom(null, true, false, -1, 0, 1.5, 2 ** 60, 1e308),
  fc.array(fc.constantFrom<unknown>(...keys, 7, null), { maxLength: 3 }),
  fc.jsonValue({ maxDepth: 3 }),
);

/** What is done to one entry of a tree: a field gets another value, goes, or comes; or the entry goes or comes twice. */
const harm = fc.nat(wholeTree().length - 1).chain((at) =>
  fc.record({
    at: fc.constant(at),
    // Mostly one that the entry has: another is refused before anything else is looked at.
    field: fc.oneof(
      { weight: 8, arbitrary: fc.constantFrom(...Object.keys(wholeTree()[at]!)) },
      { weight: 1, arbitrary: fc.constantFrom(...fields, 'isPublic', 'id', 'version', 'projects', '__proto__') },
      { weight: 1, arbitrary: fc.string() },
    ),
    value,
    how: fc.constantFrom('set', 'set', 'set', 'set', 'leave out', 'drop', 'repeat'),
  }),
);

function harmed(harms: readonly { at: number; field: string; value: unknown; how: string }[]): Entry[] {
  return wholeTree().flatMap((entry, index) => {
    const mine = harms.filter(({ at }) => at === index);
    if (mine.some(({ how }) => how === 'drop')) return [];
    const changed = mine.reduce<Record<string, unknown>>((rest, { field, value: to, how }) => {
      const { [field]: _taken, ...others } = rest;
      return how === 'leave out' ? others : how === 'set' ? { ...rest, [field]: to } : rest;
    }, entry);
    const copy = changed as Entry;
    return mine.some(({ how }) => how === 'repeat') ? [copy, copy] : [copy];
  });
}

/** Imports the tree with this harm, and tells what is wrong with how that went. */
async function faultOf(harms: Parameters<typeof harmed>[0]): Promise<string | undefined> {
  const before = stored ?? (await stage.everything());
  const { status, outcome } = await stage.post(token, asLines(harmed(harms)));
  const after = status === 422 ? await stage.everything() : undefined;
  stored = after;
  outcomes.add(status);
  if (![200, 422].includes(status)) return `status ${status}`;
  if (outcome.faults.length > 0 !== (status === 422)) return `status ${status} with ${outcome.faults.length} faults`;
  return after !== undefined && after !== before ? 'refused, and something changed' : undefined;
}
/** What was stored after the last import, where that was looked at. */
let stored: string | undefined;
const outcomes = new Set<number>();

/** Every field of every type once: where it stands first. */
const places = wholeTree()
  .flatMap((entry, at) => Object.keys(entry).map((field) => ({ at, field, of: `${entry.type}.${field}` })))
  .filter(({ of }, index, all) => all.findIndex((other) => other.of === of) === index);

test('every field of every type holds something else, and the tree is imported whole or refused with nothing changed', async () => {
  const wrong: unknown[] = [];
  for (const [index, { at, field, of }] of places.entries()) {
    const tried = ['something else', ...(long ? fc.sample(value, { numRuns: 20, seed: seed + index }) : [])];
    for (const to of tried) {
      const fault = await faultOf([{ at, field, value: to, how: 'set' }]);
      if (fault) wrong.push([of, to, fault]);
    }
  }
  expect(wrong).toEqual([]);
  expect([...outcomes].sort()).toEqual([200, 422]);
});

test('several harms at once are refused alike', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(harm, { minLength: 2, maxLength: 4 }), async (harms) => {
      expect(await faultOf(harms)).toBeUndefined();
    }),
    { numRuns: long ? 1000 : 30, seed },
  );
});

test('a tree that is larger than it may be is refused while it arrives', async () => {
  const chunks = [Buffer.alloc(6), Buffer.alloc(6)];
  async function* body(): AsyncGenerator<Buffer> {
    yield* chunks;
  }
  const taken: number[] = [];
  const taking = async (most: number): Promise<void> => {
    for await (const { length } of upTo(most)(body())) taken.push(length);
  };
  await taking(12);
  await expect(taking(11)).rejects.toMatchObject({ status: 413 });
  expect(taken).toEqual([6, 6, 6]);
});
