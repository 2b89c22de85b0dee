import { ImportError } from '../import-error';
import type { Place, ReportWriter } from '../report';
import { Columns } from './columns';
import type { SetFiles } from './files';
import { nameOf } from './names';
import { animalPrefix } from './species';
import { requireColumn, requiredCell, type Row, type Table } from './tables';

/** A subject of a set: its label without `sub-`, and its row in participants.tsv; null where it has only a folder. */
export interface Participant {
  label: string;
  row: Row | null;
  place: Place;
  /** Where it has a row for each session: what those do not agree about. */
  sessions: readonly { label: string; row: Row }[];
}

/** Who took part, and what the set says about the columns of its table. */
export interface Participants {
  all: Participant[];
  table: Table | null;
  columns: Columns;
}

/** BIDS' name for recordings without anybody in the scanner. */
const emptyRoom = 'emptyroom';

/**
 * Reads `participants.tsv` and its JSON, and adds the subjects that have only a folder. Throws an ImportError for a
 * table without `participant_id`, and for a participant who is there twice, unless each row is of another session.
 */
export async function readParticipants(files: SetFiles, report: ReportWriter): Promise<Participants> {
  const tsv = files.find('participants.tsv');
  const json = files.find('participants.json');
  const table = tsv === null ? null : await files.table(tsv);
  const columns = new Columns(json === null ? {} : await files.json(json));
  const listed = table === null ? [] : listedIn(table, report);
  if (table === null) report.add('DECIDED', 'the set has no participants.tsv', { file: 'dataset_description.json' });
  const folders = new Map<string, Place>();
  for (const { path } of files.all) {
    const { folder, subject } = nameOf(path);
    if (subject !== null && folder.startsWith('sub-') && !folders.has(subject)) folders.set(subject, { file: path });
  }
  const known = new Set(listed.map(({ label }) => label));
  const unlisted = [...folders].filter(([label]) => !known.has(label));
  for (const [label, place] of table === null ? [] : unlisted) {
    report.add('DECIDED', 'a folder of a subject that participants.tsv does not list is a subject', place, label);
  }
  const all = [...listed, ...unlisted.map(([label, place]) => ({ label, row: null, place, sessions: [] }))];
  const nobody = all.find(({ label }) => label === emptyRoom);
  if (nobody) {
    report.add('DECIDED', `sub-${emptyRoom}, recordings without anybody, is a subject like others`, nobody.place);
  }
  return { all, table, columns };
}

function listedIn(table: Table, report: ReportWriter): Participant[] {
  requireColumn(table, 'participant_id');
  const bySession = table.columns.find((column) => sessionColumns.includes(column.toLowerCase()));
  const rows = new Map<string, Row[]>();
  for (const row of table.rows) {
    const label = labelIn(requiredCell(row, 'participant_id', table), row, table, report);
    const others = rows.get(label) ?? [];
    const session = bySession === undefined ? undefined : row.cells.get(bySession);
    const isOther = session !== undefined && others.every(({ cells }) => cells.get(bySession!) !== session);
    if (others.length > 0 && !isOther) {
      const what = `The participant ${label} is there for the second time (first in line ${others[0]!.place.line}).`;
      const remedy = 'Every participant has one row; what differs between sessions belongs into sessions.tsv.';
      throw new ImportError({ file: table.file.absolute, line: row.place.line, what, remedy });
    }
    rows.set(label, [...others, row]);
  }
  return [...rows].map(([label, [first, ...others]]) =>
    others.length === 0
      ? { label, row: first!, place: first!.place, sessions: [] }
      : joined(label, [first!, ...others], bySession!, report),
  );
}

const sessionColumns = ['session', 'session_id'];

/** What all rows of a participant agree about is its own, the rest is that of its sessions. */
function joined(label: string, rows: readonly [Row, ...Row[]], bySession: string, report: ReportWriter): Participant {
  const [first] = rows;
  report.add(
    'DECIDED',
    'a participant has a row for each session: what they agree about is the subject’s, the rest the sessions’',
    first.place,
    label,
  );
  const agreed = [...first.cells].filter(
    ([column, value]) => column !== bySession && rows.every(({ cells }) => cells.get(column) === value),
  );
  const own = new Set([bySession, ...agreed.map(([column]) => column)]);
  const sessions = rows.map(({ place, cells }) => ({
    label: cells.get(bySession)!.replace(/^ses-/, ''),
    row: { place, cells: new Map([...cells].filter(([column]) => !own.has(column))) },
  }));
  return { label, row: { place: first.place, cells: new Map(agreed) }, place: first.place, sessions };
}

function labelIn(id: string, row: Row, table: Table, report: ReportWriter): string {
  if (!id.startsWith('sub-')) report.add('DECIDED', 'a participant_id without sub- is the label itself', row.place, id);
  const label = id.replace(/^sub-/, '');
  if (/^[^\s/\\_]+$/.test(label)) return label;
  const what = `participant_id is ${JSON.stringify(id.slice(0, 60))}, which is no label.`;
  const remedy = 'Write it as sub-01: letters and digits only.';
  throw new ImportError({ file: table.file.absolute, line: row.place.line, what, remedy });
}

/** The cell of the first of these columns that a row has, in any case of letters, also as `rat_age`; else null. */
export function cellOf(row: Row | null, ...names: string[]): { column: string; value: string } | null {
  if (row === null) return null;
  for (const name of names) {
    const found = [...row.cells].find(([column]) => column.toLowerCase().replace(animalPrefix, '') === name);
    if (found) return { column: found[0], value: found[1] };
  }
  return null;
}
