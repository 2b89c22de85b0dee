import { snakeCase } from '../model/names';
import type { ColumnCount, Finding, FindingKind, Report } from './report';

const faults: [FindingKind, string][] = [
  ['LEFT_OUT', 'Left out, since it is faulty; everything else was read'],
  ['NOT_UNDERSTOOD', 'Not understood'],
  ['NOT_IMPORTED', 'Not imported'],
  ['SHORTENED', 'Shortened'],
];
const decisions: [FindingKind, string][] = [
  ['CHANGED', 'Changed, since the source says otherwise'],
  ['TAKEN_BACK', 'No longer stated by the source: stays as it is'],
  ['DECIDED', 'Decided'],
];

const urgent: FindingKind[] = ['LEFT_OUT', 'CHANGED', 'TAKEN_BACK'];

/** How many lines a report may have, so that with what follows it, and the progress before it, a terminal shows it whole. */
const mostLines = 28;

interface Section {
  heading: string;
  lines: string[];
  isUrgent: boolean;
}

/**
 * The report as lines for a terminal, however large the set: faults first, then decisions, then counts. Of each kind the most
 * frequent are shown; `--report` has all. `width` is that of the terminal.
 */
export function formatReport(report: Report, width = Infinity): string[] {
  const of = (kinds: [FindingKind, string][]): Section[] =>
    kinds.map(([kind, heading]) => sectionOf(report, kind, heading));
  const left = {
    heading: 'Not in the project, by column',
    lines: report.left.length === 0 ? [] : byFiles(report.left),
    isUrgent: false,
  };
  const sections = [...of(faults), left, ...of(decisions)].filter(({ lines }) => lines.length > 0);
  const counts = [
    `Read: ${formatCounts(report.read)}.`,
    `Mapped to: ${formatMapped(report.mapped)}.`,
    ...keptIn(report),
  ];
  const lines = [...shownOf(sections), ...counts];
  return lines.map((line) => (line.length <= width ? line : `${line.slice(0, width - 1)}…`));
}

function sectionOf({ findings }: Report, kind: FindingKind, heading: string): Section {
  const lines = findings.filter((finding) => finding.kind === kind).map(formatFinding);
  return { heading, lines, isUrgent: urgent.includes(kind) };
}

/** The sections, with as many lines of each as fit: the same for all, and what one does not need for the others. */
function shownOf(sections: readonly Section[]): string[] {
  const lengthAt = (most: number): number =>
    sections.reduce((sum, section) => sum + 1 + linesIn(section, most).length, 0);
  const longest = Math.max(1, ...sections.map(({ lines }) => lines.length));
  let most = 1;
  while (most < longest && lengthAt(most + 1) <= mostLines) most += 1;
  return sections.flatMap((section) => [...linesIn(section, most), '']);
}

/** What is left out and what is changed are told thrice as far as the rest: a person has to look at each. */
function linesIn({ heading, lines, isUrgent }: Section, atMost: number): string[] {
  const most = isUrgent ? 3 * atMost : atMost;
  const more = lines.length - most;
  const further = more > 0 ? [`  … and ${more.toLocaleString('en-US')} more, see --report`] : [];
  return [`${heading}:`, ...lines.slice(0, most), ...further];
}

/** `*_electrodes.tsv: x (1,460), y (1,460)` */
function byFiles(counts: readonly ColumnCount[]): string[] {
  const columns = new Map<string, string[]>();
  for (const { files, column, count } of counts) {
    const shown =
      column === null ? `${plural(count, 'file')}, not read` : `${column} (${count.toLocaleString('en-US')})`;
    columns.set(files, [...(columns.get(files) ?? []), shown]);
  }
  return [...columns].map(([files, shown]) => {
    const more = shown.length > mostColumns ? `, … and ${shown.length - mostColumns} more` : '';
    return `  ${files}: ${shown.slice(0, mostColumns).join(', ')}${more}`;
  });
}

const mostColumns = 12;

function keptIn({ findings }: Report): string[] {
  const kept = findings.filter(({ kind }) => kind === 'KEPT_ASIDE');
  if (kept.length === 0) return [];
  const names = kept.slice(0, mostColumns).map(({ message, count }) => `${message} (${count.toLocaleString('en-US')})`);
  const more = kept.length > mostColumns ? `, … and ${kept.length - mostColumns} more, see --report` : '';
  return [`Kept in extraFields: ${names.join(', ')}${more}.`];
}

function plural(count: number, noun: string): string {
  return `${count.toLocaleString('en-US')} ${noun}${count === 1 ? '' : 's'}`;
}

function formatCounts(counts: Record<string, number>): string {
  return Object.entries(counts)
    .map(([what, count]) => `${count.toLocaleString('en-US')} ${what}`)
    .join(', ');
}

const uncountable = ['species', 'equipment'];

/** `DataStorage: 1, Subject: 5, Cohort: 0` → `1 data storage, 5 subjects` */
function formatMapped(counts: Record<string, number>): string {
  const named = Object.entries(counts).map(([type, count]): [string, number] => {
    const noun = snakeCase(type).replaceAll('_', ' ');
    return [count === 1 || uncountable.includes(noun) ? noun : `${noun}s`.replace(/ys$/, 'ies'), count];
  });
  return formatCounts(Object.fromEntries(named.filter(([, count]) => count > 0)));
}

function formatFinding({ message, count, example }: Finding): string {
  const place = example.line === null ? example.file : `${example.file}:${example.line}`;
  const value = example.value === null ? '' : `: ${example.value}`;
  return `  ${count.toLocaleString('en-US')} × ${message} (${count === 1 ? 'in' : 'e.g. in'} ${place}${value})`;
}
