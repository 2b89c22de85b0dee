import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { readBrainstem } from '../../../src/importers/brainstem/read-brainstem';
import { damagedSets, isClearFault, wrongIn } from '../damaged-sets';
import { fixture, removeFolders } from '../reading';

afterAll(removeFolders);

const files = readdirSync(fixture('warren'), { recursive: true, encoding: 'utf8' }).filter((name) =>
  name.endsWith('.json'),
);

type Changed = (value: unknown) => unknown;

const rewritten =
  (change: Changed) =>
  (path: string): void =>
    writeFileSync(path, JSON.stringify(change(JSON.parse(readFileSync(path, 'utf8')))));

/** Every object with more keys, of which nobody knows anything. */
const withFurtherKeys: Changed = (value) => {
  if (Array.isArray(value)) return value.map(withFurtherKeys);
  if (typeof value !== 'object' || value === null) return value;
  const inner = Object.entries(value).map(([key, one]) => [key, withFurtherKeys(one)]);
  const further = 'id' in value ? Array.from({ length: 100 }, (_, at) => [`further_${at}`, `value ${at}`]) : [];
  return Object.fromEntries([...inner, ...further]);
};

/** Every value that is no id as `n/a`. */
const withoutValues: Changed = (value) => {
  if (Array.isArray(value)) return value.map(withoutValues);
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, withoutValues(one)]));
  return typeof value === 'string' && /^[0-9a-f-]{36}$/.test(value) ? value : 'n/a';
};

const ofAnswers = {
  'with ten times the keys': rewritten(withFurtherKeys),
  'with every value n/a': rewritten(withoutValues),
  'an error of the API': (path: string): void => writeFileSync(path, '{"detail": "Authentication failed."}'),
  'a list of something else': (path: string): void => writeFileSync(path, '{"sessions": ["one", 2]}'),
};

let whole: Awaited<ReturnType<typeof readBrainstem>>;
beforeAll(async () => {
  whole = await readBrainstem(fixture('warren'));
});

test.each(damagedSets('warren', files, ofAnswers))('an answer that is %s: %s', async (_, _file, make) => {
  const outcome: unknown = await readBrainstem(make()).catch((error: unknown) => error);
  if (outcome instanceof Error) {
    expect(isClearFault(outcome) ? '' : String(outcome.stack)).toBe('');
    return;
  }
  const made = outcome as Awaited<ReturnType<typeof readBrainstem>>;
  expect(wrongIn(made, whole.tree)).toEqual([]);
  if (JSON.stringify(made.tree.entries) !== JSON.stringify(whole.tree.entries))
    expect(made.report).not.toEqual(whole.report);
});
