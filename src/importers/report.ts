import { snakeCase } from '../model/names';

/** Where something was read. */
export interface Place {
  file: string;
  /** Counted from 1. */
  line?: number;
}

/**
 * What became of something that did not simply map:
 * `CHANGED` what was stored already is changed, since the source says otherwise; `TAKEN_BACK` the source no longer states what
 * is stored, which stays;
 * `NOT_UNDERSTOOD` a value outside every rule; `SHORTENED` cut to the length that the field holds; `KEPT_ASIDE` kept in
 * extraFields because no field is meant for it; `NOT_IMPORTED` left out; `DECIDED` a choice was made between readings.
 */
export type FindingKind =
  'CHANGED' | 'TAKEN_BACK' | 'NOT_UNDERSTOOD' | 'SHORTENED' | 'KEPT_ASIDE' | 'NOT_IMPORTED' | 'DECIDED';

/** One kind of thing worth knowing, however often it occurred. */
export interface Finding {
  kind: FindingKind;
  message: string;
  count: number;
  /** One occurrence: where, and what the source says there. */
  example: { file: string; line: number | null; value: string | null };
}

/** What an import read and made, and everything about it that the reader of the result should know. */
export interface Report {
  /** What was read, by the name of its file or kind, and what it became, by type; in the order to show. */
  read: Record<string, number>;
  mapped: Record<string, number>;
  findings: Finding[];
}

const headings: Record<FindingKind, string> = {
  CHANGED: 'Changed, since the source says otherwise',
  TAKEN_BACK: 'No longer stated by the source: stays as it is',
  NOT_UNDERSTOOD: 'Not understood',
  SHORTENED: 'Shortened',
  NOT_IMPORTED: 'Not imported',
  DECIDED: 'Decided',
  KEPT_ASIDE: 'Kept in extraFields',
};

const longestExample = 120;
const mostFindings = 500;
const furtherFindings = 'and further findings of other kinds';

/**
 * Collects findings while a source is mapped, grouped by kind and message. The message must not hold values that
 * differ from entry to entry; those are the example. Beyond 500 kinds of finding the rest is counted together, so that
 * a strange source cannot fill the memory.
 */
export class ReportWriter {
  private readonly read: Record<string, number> = {};
  private readonly mapped: Record<string, number> = {};
  private readonly findings = new Map<string, Finding>();

  /** Records how many of something were read. */
  countRead(what: string, count: number): void {
    this.read[what] = count;
  }

  /** Records how many of something were made. */
  countMapped(what: string, count: number): void {
    this.mapped[what] = count;
  }

  /** Records one occurrence of a finding; the first of each message becomes the example. */
  add(kind: FindingKind, message: string, place: Place, value: string | null = null): void {
    const shown = this.findings.size < mostFindings ? oneLine(message) : furtherFindings;
    const known = this.findings.get(`${kind} ${oneLine(message)}`) ?? this.findings.get(`${kind} ${shown}`);
    if (known) {
      known.count += 1;
      return;
    }
    const example = { file: place.file, line: place.line ?? null, value: value === null ? null : excerpt(value) };
    this.findings.set(`${kind} ${shown}`, { kind, message: shown, count: 1, example });
  }

  /** The finished report, the most frequent finding of each kind first. */
  finish(): Report {
    const kinds = Object.keys(headings);
    const findings = [...this.findings.values()].sort(
      (one, other) => kinds.indexOf(one.kind) - kinds.indexOf(other.kind) || other.count - one.count,
    );
    return { read: { ...this.read }, mapped: { ...this.mapped }, findings };
  }
}

/** Without line breaks and control characters: what a source says is shown on terminals. */
function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\s]+/gu, ' ').trim();
}

function excerpt(value: string): string {
  const line = oneLine(value.slice(0, 10 * longestExample));
  const letters = [...line];
  return letters.length <= longestExample ? line : `${letters.slice(0, longestExample - 1).join('')}…`;
}

/** The report as lines for a terminal: what was read, what it maps to (stored or not), then the findings under a heading a kind. */
export function formatReport(report: Report): string[] {
  const lines = [`Read: ${formatCounts(report.read)}.`, `Mapped to: ${formatMapped(report.mapped)}.`];
  for (const [kind, heading] of Object.entries(headings)) {
    const findings = report.findings.filter((finding) => finding.kind === kind);
    if (findings.length > 0) lines.push('', `${heading}:`, ...findings.map(formatFinding));
  }
  return lines;
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
