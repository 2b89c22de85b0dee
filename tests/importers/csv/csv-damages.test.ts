import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { readCsv } from '../../../src/importers/csv/read-csv';
import { damagedSets, isClearFault, wrongIn } from '../damaged-sets';
import { fixture, removeFolders } from '../reading';

afterAll(removeFolders);

const files = readdirSync(fixture('burrow')).filter((name) => name.endsWith('.csv'));
const read = (folder: string): ReturnType<typeof readCsv> => readCsv(folder, () => {}, 'Europe/Zurich');

/** The cells of a table, each changed, and the table written with semicolons. */
function rewritten(path: string, change: (cells: string[], row: number) => string[]): void {
  const text = readFileSync(path, 'utf8').replace(/^\ufeff/, '');
  const delimiter = text.split('\n')[0]!.includes(';') ? ';' : ',';
  const rows = parse(text, { delimiter, relax_quotes: true, relax_column_count: true });
  const quoted = (cell: string): string => `"${cell.replaceAll('"', '""')}"`;
  writeFileSync(path, rows.map((cells, row) => `${change(cells, row).map(quoted).join(';')}\n`).join(''));
}

const ofTables = {
  'with ten times the columns': (path: string): void =>
    rewritten(path, (cells, row) => [
      ...cells,
      ...Array.from({ length: cells.length * 9 }, (_, at) => (row === 0 ? `further ${at}` : `value ${at}`)),
    ]),
  'with every cell n/a': (path: string): void =>
    rewritten(path, (cells, row) => (row === 0 ? cells : cells.map(() => 'n/a'))),
  'with its columns there twice': (path: string): void => rewritten(path, (cells) => [...cells, ...cells]),
  'with its columns in another order': (path: string): void => rewritten(path, (cells) => [...cells].reverse()),
};

test('a set that is whole gives the same tree each time', async () => {
  const [one, other] = [await read(fixture('burrow')), await read(fixture('burrow'))];
  expect(one).toEqual(other);
  expect(wrongIn(one, other.tree)).toEqual([]);
});

let whole: Awaited<ReturnType<typeof readCsv>>;
beforeAll(async () => {
  whole = await read(fixture('burrow'));
});

test.each(damagedSets('burrow', files, ofTables))('a table that is %s: %s', async (what, _, make) => {
  const outcome: unknown = await read(make()).catch((error: unknown) => error);
  if (outcome instanceof Error) {
    expect(isClearFault(outcome) ? '' : String(outcome.stack)).toBe('');
    return;
  }
  const made = outcome as Awaited<ReturnType<typeof readCsv>>;
  expect(wrongIn(made, whole.tree)).toEqual([]);
  // What was read otherwise is told: the reports differ, unless nothing has changed.
  if (JSON.stringify(made.tree.entries) !== JSON.stringify(whole.tree.entries) && !what.includes('order'))
    expect(made.report.findings).not.toEqual(whole.report.findings);
});
