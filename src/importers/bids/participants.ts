import { ImportError } from '../import-error';
import type { Place, ReportWriter } from '../report';
import { Columns } from './columns';
import type { SetFiles } from './files';
import { nameOf } from './names';
import { requireColumn, requiredCell, type Row, type Table } from './tables';

/** A subject of a set: its label without `sub-`, and its row in participants.tsv; null where it has only a folder. */
export interface Participant {
  label: string;
  row: Row | null;
  place: Place;
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
 * table without `participant_id`, and for a participant who is there twice.
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
  const all = [...listed, ...unlisted.map(([label, place]) => ({ label, row: null, place }))];
  const nobody = all.find(({ label }) => label === emptyRoom);
  if (nobody) {
    report.add('DECIDED', `sub-${emptyRoom}, recordings without anybody, is a subject like others`, nobody.place);
  }
  return { all, table, columns };
}

function listedIn(table: Table, report: ReportWriter): Participant[] {
  requireColumn(table, 'participant_id');
  const lines = new Map<string, number>();
  return table.rows.map((row) => {
    const label = labelIn(requiredCell(row, 'participant_id', table), row, table, report);
    const before = lines.get(label);
    if (before !== undefined) {
      const what = `The participant ${label} is there for the second time (first in line ${before}).`;
      const remedy = 'Every participant has one row; what differs between sessions belongs into sessions.tsv.';
      throw new ImportError({ file: table.file.absolute, line: row.place.line, what, remedy });
    }
    lines.set(label, row.place.line);
    return { label, row, place: row.place };
  });
}

function labelIn(id: string, row: Row, table: Table, report: ReportWriter): string {
  if (!id.startsWith('sub-')) report.add('DECIDED', 'a participant_id without sub- is the label itself', row.place, id);
  const label = id.replace(/^sub-/, '');
  if (/^[^\s/\\_]+$/.test(label)) return label;
  const what = `participant_id is ${JSON.stringify(id.slice(0, 60))}, which is no label.`;
  const remedy = 'Write it as sub-01: letters and digits only.';
  throw new ImportError({ file: table.file.absolute, line: row.place.line, what, remedy });
}

/** The cell of the first of these columns that a row has, whatever the case of the column's letters; else null. */
export function cellOf(row: Row | null, ...names: string[]): { column: string; value: string } | null {
  if (row === null) return null;
  for (const name of names) {
    const found = [...row.cells].find(([column]) => column.toLowerCase() === name);
    if (found) return { column: found[0], value: found[1] };
  }
  return null;
}
