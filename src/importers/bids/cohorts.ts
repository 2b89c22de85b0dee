import type { EntryTree } from '../entry-tree';
import { fitTo, shorten } from '../lengths';
import type { ReportWriter } from '../report';
import type { Columns } from './columns';
import { cellOf, type Participant, type Participants } from './participants';

const columnNames = ['group', 'diagnosis'];
const longestName = 100;

/**
 * The cohorts of a set: one a value of the column `group` or `diagnosis`, where it tells at least two groups apart and at
 * least one of them has several subjects (else it describes single subjects). Spellings that differ in case are one.
 */
export function putCohorts({ all, table, columns }: Participants, tree: EntryTree): void {
  const { report } = tree;
  const found = columnNames.flatMap((name) => table?.columns.find((column) => column.toLowerCase() === name) ?? []);
  const cohorts = found.flatMap((column) => cohortsOf(column, all, columns, report));
  const names = cohorts.map(({ name }) => shorten(name, longestName));
  for (const [index, { key, column, value, name, subjects }] of cohorts.entries()) {
    const isTwice = names.filter((other) => other === names[index]).length > 1;
    const chosen = isTwice ? `${column} ${value}` : name;
    const shown = fitTo(chosen, longestName, 'cohort name', 'the key', { report, place });
    tree.put('Cohort', key, { name: shown, subjects }, place);
  }
}

const place = { file: 'participants.tsv' };

interface Draft {
  key: string;
  column: string;
  value: string;
  name: string;
  subjects: string[];
}

function cohortsOf(column: string, all: Participant[], columns: Columns, report: ReportWriter): Draft[] {
  const members = new Map<string, { value: string; subjects: string[] }>();
  for (const { label, row, place: where } of all) {
    const value = cellOf(row, column.toLowerCase())?.value;
    if (value === undefined) continue;
    const group = members.get(value.toLowerCase()) ?? { value, subjects: [] };
    if (group.value !== value) report.add('DECIDED', 'groups that differ only in case are one', where, value);
    group.subjects.push(`subject:${label}`);
    members.set(value.toLowerCase(), group);
  }
  const groups = [...members];
  if (groups.length < 2 || groups.every(([, { subjects }]) => subjects.length === 1)) return [];
  report.add('DECIDED', `the values of the column ${column} are cohorts`, { ...place, line: 1 }, column);
  return groups.map(([folded, { value, subjects }]) => ({
    key: `cohort:${column.toLowerCase()}/${folded}`,
    column,
    value,
    name: columns.meaning(column, value) ?? value,
    subjects,
  }));
}
