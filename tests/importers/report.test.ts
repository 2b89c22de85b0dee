import { readDandiset } from '../../src/importers/dandi/read-dandiset';
import { type FindingKind, ReportWriter } from '../../src/importers/report';
import { formatReport } from '../../src/importers/report-text';
import { EntryTree } from '../../src/importers/entry-tree';
import { fixture } from './reading';

const place = { file: 'assets.jsonl' };
const kinds: FindingKind[] = [
  ...(['KEPT_ASIDE', 'DECIDED', 'TAKEN_BACK', 'CHANGED', 'SHORTENED', 'NOT_IMPORTED'] as const),
  ...(['NOT_UNDERSTOOD', 'LEFT_OUT'] as const),
];

/** A report on a set in which everything is odd. */
function strange(): ReportWriter {
  const report = new ReportWriter();
  for (const kind of kinds) for (let one = 0; one < 50; one += 1) report.add(kind, `${kind} ${one}`, place, 'value');
  for (let one = 0; one < 9000; one += 1) report.leave(`*_${one % 100}.tsv`, `column${one}`, 'value', 3);
  return report;
}

it('is short on a terminal however much there is to tell: faults, then decisions, then counts', () => {
  const lines = formatReport(strange().finish());
  expect(lines.length).toBeLessThanOrEqual(45);
  const headings = lines.filter((line) => /^[A-Z].*:$/.test(line));
  expect(headings.map((heading) => heading.split(/[ ,]/)[0])).toEqual([
    ...['Left', 'Not', 'Not', 'Shortened:', 'Not', 'Changed', 'No', 'Decided:'],
  ]);
  expect(lines).toContain('  … and 47 more, see --report');
  expect(lines).toContain('  … and 49 more, see --report');
  expect(lines.at(-3)).toMatch(/^Read: /);
  expect(Math.max(...formatReport(strange().finish(), 80).map((line) => line.length))).toBe(80);
});

it('reads as lines for a terminal', async () => {
  const { report } = await readDandiset(fixture('lantern'));
  const lines = formatReport(report);
  expect(lines[0]).toBe('Not understood:');
  expect(lines).toContain('Read: 16 files of the set.');
  expect(lines.at(-2)).toMatch(
    /^Mapped to: 1 project, 4 contributors, 2 publications, 4 species, 7 subjects, 1 strain, 12 sessions, 15 data acquisitions, /,
  );
  expect(lines.at(-1)).toMatch(/^Kept in extraFields: .*, … and \d+ more, see --report\.$/);
  expect(lines.length).toBeLessThan(40);
});

it('counts everything, also past the number of columns that it names', () => {
  const { left } = strange().finish();
  expect([left.length, left.reduce((sum, { count }) => sum + count, 0)]).toEqual([5001, 27_000]);
});

describe('the account of what was read', () => {
  const settled = (stated: Record<string, string | number>, fields: object): ReturnType<ReportWriter['finish']> => {
    const report = new ReportWriter([[/^a\.json$/, /^sex$/]]);
    report.ledger.noteAll('a.json', stated);
    const tree = new EntryTree(report);
    tree.put('Project', 'p', { ...fields }, place);
    tree.finish();
    return report.finish();
  };

  it('names by column what no entry holds, and nothing that one does', () => {
    const held = { whole: 'held', inside: 'of a text', number: 12, digits: '0.50', escaped: 'a "b"', short: 'abc' };
    const { left } = settled(
      { ...held, lost: 'nowhere', mouse: 'mouse', seven: 7 },
      { name: 'held', notes: 'Part of a text, 12 of {"x":"a \\"b\\""}', extraFields: { half: 0.5, house: 'dormouse' } },
    );
    expect(left.map(({ column, count, example }) => [column, count, example])).toEqual([
      ...[
        ['lost', 1, 'nowhere'],
        ['mouse', 1, 'mouse'],
        ['seven', 1, '7'],
      ],
    ]);
  });

  it('tells apart what the source says in other words', () => {
    const { left, reworded } = settled({ sex: 'Male', other: 'Male' }, { sex: 'MALE' });
    expect([left.map(({ column }) => column), reworded.map(({ column }) => column)]).toEqual([['other'], ['sex']]);
  });
});
