import { isDeepStrictEqual } from 'node:util';
import type { ReportWriter } from '../report';
import type { Columns } from './columns';
import type { SetFiles } from './files';
import type { SetFile } from './folder';
import { isLabel, nameOf } from './names';
import type { Participant, Participants } from './participants';
import type { SessionDraft, SessionDrafts } from './sessions';
import type { Row } from './tables';
import { acquisitionTime, type Clock } from './times';
import { ImportError } from '../import-error';

/** Adds a session for each `ses-` folder. */
export function addSessionFolders(files: SetFiles, sessions: SessionDrafts): void {
  for (const { path } of files.all) {
    const { folder, subject, session } = nameOf(path);
    if (subject !== null && session !== null && /(?:^|\/)ses-/.test(folder))
      sessions.of(subject, session, { file: path });
  }
}

/** Adds what `sub-01_sessions.tsv` of each subject and a `sessions.tsv` of the whole set say. */
export async function readSessionTables(files: SetFiles, sessions: SessionDrafts, report: ReportWriter): Promise<void> {
  for (const file of files.endingIn('sessions.tsv').filter(({ path }) => /(?:^|[/_])sessions\.tsv$/.test(path))) {
    const ofWhom = nameOf(file.path).subject === null ? ['session_id', 'participant_id'] : ['session_id'];
    const table = await files.orLeaveOut(file, () => files.table(file, ...ofWhom));
    if (table === null) continue;
    const columns = await files.columnsOf(file);
    for (const line of columns.lines) sessions.columnLines.add(line);
    addRows(files.rowsStating(table, ...ofWhom), file, { columns, sessions, files, report });
  }
}

interface Described {
  columns: Columns;
  sessions: SessionDrafts;
  files: SetFiles;
  report: ReportWriter;
}

function addRows(rows: readonly Row[], file: SetFile, { columns, sessions, files, report }: Described): void {
  const ofFile = nameOf(file.path).subject;
  const seen = new Map<string, Row>();
  for (const row of rows) {
    const subject = ofFile ?? row.cells.get('participant_id')!.replace(/^sub-/, '');
    const label = row.cells.get('session_id')!.replace(/^ses-/, '');
    const first = seen.get(`${subject}/${label}`);
    const what = `session_id is ${JSON.stringify(label)}, ${first ? 'for the second time' : 'which is no label'}.`;
    const remedy = 'Write each session once, as ses-01.';
    const fault = new ImportError({ file: file.absolute, line: row.place.line, what, remedy });
    if (first && isDeepStrictEqual(first.cells, row.cells))
      report.add('DECIDED', 'a session that is there twice, with the same, is one', row.place, label);
    else if (first || !isLabel(label) || !isLabel(subject)) files.leaveOut(file, fault, 'part');
    else addRow(row, sessions.of(subject, label, row.place), columns, { report, timeZone: files.timeZone });
    seen.set(`${subject}/${label}`, first ?? row);
  }
}

function addRow(row: Row, draft: SessionDraft, columns: Columns, clock: Clock): void {
  draft.ownTime = acquisitionTime(row, clock);
  for (const [column, value] of row.cells) {
    if (column === 'session_id' || column === 'participant_id') continue;
    const isWhole = column === 'acq_time' && draft.ownTime?.instant === value;
    if (!isWhole) draft.facts.add(column, columns.kept(column, value), row.place);
  }
}

/** Adds the sessions of participants who have a row for each. */
export function addSessionRows({ all, columns }: Participants, sessions: SessionDrafts): void {
  for (const { label, sessions: rows } of all) {
    for (const { label: session, row } of rows) {
      const draft = sessions.of(label, session, row.place);
      for (const [column, value] of row.cells) {
        if (column !== 'participant_id') draft.facts.add(column, columns.kept(column, value), row.place);
      }
    }
  }
}

const listColumns = ['session', 'session_id'];

/**
 * Adds the sessions that participants.tsv lists in a column `session` (`1A,1B,2A`), and gives the columns that are
 * understood so: those in which every value is a list of labels.
 */
export function addListedSessions(
  { all, table }: Participants,
  sessions: SessionDrafts,
  report: ReportWriter,
): ReadonlySet<string> {
  const understood = (table?.columns ?? []).filter(
    (column) => listColumns.includes(column.toLowerCase()) && all.every((participant) => labelsIn(participant, column)),
  );
  for (const column of understood) {
    for (const participant of all) {
      for (const listed of labelsIn(participant, column) ?? []) addListed(listed, participant, sessions, report);
    }
    const place = { file: 'participants.tsv', line: 1 };
    report.add('DECIDED', `the column ${column} lists the sessions of a subject`, place, column);
  }
  return new Set(understood);
}

function labelsIn({ row }: Participant, column: string): string[] | null {
  const labels = (row?.cells.get(column) ?? '').split(/[,;]/).map((label) => label.trim().replace(/^ses-/, ''));
  if (labels.length === 1 && labels[0] === '') return [];
  return labels.every((label) => /^[A-Za-z0-9]+$/.test(label)) ? labels : null;
}

/** A listed label may be the end of the folder's: `1A` for `ses-SITUATION1A`. */
function addListed(
  listed: string,
  { label: subject, place }: Participant,
  sessions: SessionDrafts,
  report: ReportWriter,
): void {
  const known = sessions.labelsOf(subject);
  const longer = known.filter((label) => label.endsWith(listed));
  if (known.includes(listed) || longer.length !== 1) sessions.of(subject, listed, place);
  else report.add('DECIDED', 'a listed session is the one whose label ends so', place, `${listed}: ${longer[0]}`);
}
