import { termTypes } from '../../src/model/families';
import { setUpStage, type Stage } from './stage';
import { wholeTree } from './whole-tree';

let stage: Stage;
let administrator: string;
let administratorId: string;
beforeAll(async () => {
  stage = await setUpStage();
  administratorId = await stage.lab.person('Administrator');
  await rows(`UPDATE "user" SET "is_administrator" = TRUE WHERE "id" = $1`, [administratorId]);
  administrator = (await stage.token(administratorId)).secret;
});
afterAll(() => stage.close());

const rows = <T = Record<string, unknown>>(statement: string, values: unknown[] = []): Promise<T[]> =>
  stage.database.dataSource.query(statement, values);

const tableOf = (type: string): string => type.replace(/(?<!^)[A-Z]/g, '_$&').toLowerCase();

test('what an administrator imports is a proposal, too, and the reply says that nothing is public', async () => {
  const outcome = await stage.import(administrator, wholeTree('by an administrator'));
  expect(outcome.isPublic).toBe(false);
  for (const type of termTypes) {
    const terms = await rows(`SELECT "is_approved" AS "isApproved", "proposed_by_id" AS "by" FROM "${tableOf(type)}"`);
    expect(terms.length).toBeGreaterThan(0);
    expect(terms).toEqual(terms.map(() => ({ isApproved: false, by: administratorId })));
  }
});

test('an approved term is taken as it is, and one that has its key but another name is proposed', async () => {
  const id = await stage.lab.add('Species', { name: 'Tupaia belangeri', isApproved: true });
  const tree = (name: string): object[] => [
    { type: 'Project', key: 'shrews', name: 'Shrews' },
    { type: 'Subject', key: 'one', name: 'One', sex: 'MALE', species: id },
    { type: 'Species', key: id, name, description: 'Said by the tree.' },
  ];
  await stage.import(administrator, tree('tupaia BELANGERI'));
  await stage.import(administrator, tree('Tupaia minor'));
  expect(
    await rows(
      `SELECT "name", "description", "is_approved" AS "isApproved" FROM "species" WHERE "name" LIKE 'Tupaia%' ORDER BY 1`,
    ),
  ).toEqual([
    { name: 'Tupaia belangeri', description: null, isApproved: true },
    { name: 'Tupaia minor', description: 'Said by the tree.', isApproved: false },
  ]);
});

test('the reply says that something is public where it went into a setup that is', async () => {
  const tree = (...equipment: object[]): object[] => [
    { type: 'Project', key: 'rigs', name: 'Rigs' },
    { type: 'Setup', key: 'rig', name: 'Rig', setupType: 'box' },
    { type: 'SetupType', key: 'box', name: 'Box', category: 'UNKNOWN' },
    ...equipment,
  ];
  expect((await stage.import(administrator, tree())).isPublic).toBe(false);
  await rows(`UPDATE "setup" SET "is_public" = TRUE WHERE "name" = 'Rig'`);
  const camera = { type: 'Equipment', key: 'camera', setup: 'rig', name: 'Camera', moduleType: 'Amplifier' };
  expect((await stage.import(administrator, tree(camera))).isPublic).toBe(true);
  expect((await stage.import(administrator, tree(camera))).isPublic).toBe(false);
});

test('ids of an import are chance: none runs on from another, and what nothing else orders is read in its order', async () => {
  const count = 300;
  const tree = [
    { type: 'Project', key: 'many', name: 'Many' },
    { type: 'Session', key: 's', name: 'S' },
    ...Array.from({ length: count }, (_, n) => ({ type: 'Epoch', key: `e${n}`, session: 's', name: `Epoch ${n}` })),
    ...Array.from({ length: count }, (_, n) => ({ type: 'Journal', key: `j${n}`, name: `Journal number ${n}` })),
  ];
  await stage.import(administrator, tree);
  const epochs = await rows<{ id: string; name: string }>(
    `SELECT "id", "name" FROM "epoch" WHERE "name" LIKE 'Epoch %' ORDER BY "id"`,
  );
  expect(epochs.map(({ name }) => name)).toEqual(Array.from({ length: count }, (_, n) => `Epoch ${n}`));
  const journals = await rows<{ id: string; name: string }>(
    `SELECT "id" FROM "journal" WHERE "name" LIKE 'Journal number %' ORDER BY split_part("name", ' ', 3)::int`,
  );
  for (const ids of [epochs.map(({ id }) => id), journals.map(({ id }) => id)]) {
    const chances = ids.map(chanceOf);
    const gaps = chances.slice(1).map((one, index) => one - chances[index]!);
    expect(new Set(gaps).size).toBe(count - 1);
    // Each of the 66 bits is up now and then: six deviations off would be one case in a billion.
    for (let bit = 0n; bit < 66n; bit += 1n) {
      const up = chances.filter((one) => (one >> bit) & 1n).length;
      expect(Math.abs(up - count / 2)).toBeLessThan(6 * Math.sqrt(count / 4));
    }
  }
  // Of terms, neither which came first is told.
  const ascending = journals.slice(1).filter(({ id }, index) => id > journals[index]!.id).length;
  expect(Math.abs(ascending - count / 2)).toBeLessThan(6 * Math.sqrt(count / 12));
});

/** What of an id is neither its time, nor its type, nor the mark of its version. */
function chanceOf(id: string): bigint {
  const digits = id.replaceAll('-', '');
  const [first, second, rest] = [digits.slice(15, 16), digits.slice(16, 18), digits.slice(18)];
  return (BigInt(`0x${first}`) << 62n) | ((BigInt(`0x${second}`) & 0x3fn) << 56n) | BigInt(`0x${rest}`);
}
