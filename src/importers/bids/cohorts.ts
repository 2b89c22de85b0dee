import type { Entry } from '../../tree/entry';
import { shorten } from '../lengths';
import type { ReportWriter } from '../report';
import type { Columns } from './columns';
import { cellOf, type Participant, type Participants } from './participants';

const columnNames = ['group', 'diagnosis'];
const longestName = 100;

/**
 * The cohorts of a set: one a value of the column `group` or `diagnosis`, where it tells at least two groups apart and at
 * least one of them has several subjects (else it describes single subjects). Spellings that differ in case are one.
 */
export function mapCohorts({ all, table, columns }: Participants, report: ReportWriter): Entry[] {
  const found = columnNames.flatMap((name) => table?.columns.find((column) => column.toLowerCase() === name) ?? []);
  const cohorts = found.flatMap((column) => cohortsOf(column, all, columns, report));
  const names = cohorts.map(({ name }) => shorten(name, longestName));
  return cohorts.map(({ column, value, name, ...entry }, index) => {
    const isTwice = names.filter((other) => other === names[index]).length > 1;
    const chosen = isTwice ? `${column} ${value}` : name;
    if (chosen.length > longestName)
      report.add('SHORTENED', 'the name of a cohort', { file: 'participants.tsv' }, chosen);
    return { ...entry, name: shorten(chosen, longestName) };
  });
}

type Draft = Entry & { column: string; value: string; name: string };

function cohortsOf(column: string, all: Participant[], columns: Columns, report: ReportWriter): Draft[] {
  const members = new Map<string, { value: string; subjects: string[] }>();
  for (const { label, row, place } of all) {
    const value = cellOf(row, column.toLowerCase())?.value;
    if (value === undefined) continue;
    const group = members.get(value.toLowerCase()) ?? { value, subjects: [] };
    if (group.value !== value) report.add('DECIDED', 'groups that differ only in case are one', place, value);
    group.subjects.push(`subject:${label}`);
    members.set(value.toLowerCase(), group);
  }
  const groups = [...members];
  if (groups.length < 2 || groups.every(([, { subjects }]) => subjects.length === 1)) return [];
  report.add(
    'DECIDED',
    `the values of the column ${column} are cohorts`,
    { file: 'participants.tsv', line: 1 },
    column,
  );
  return groups.map(([folded, { value, subjects }]) => ({
    type: 'Cohort',
    key: `cohort:${column.toLowerCase()}/${folded}`,
    column,
    value,
    name: columns.meaning(column, value) ?? value,
    subjects,
  }));
}
