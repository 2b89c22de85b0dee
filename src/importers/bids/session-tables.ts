import type { ReportWriter } from '../report';
import type { Columns } from './columns';
import type { SetFiles } from './files';
import { nameOf } from './names';
import type { Participant, Participants } from './participants';
import type { SessionDrafts } from './sessions';
import { requireColumn, requiredCell, type Table } from './tables';
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
    const columns = await files.columnsOf(file);
    const table = await files.table(file);
    for (const line of columns.lines) sessions.columnLines.add(line);
    requireColumn(table, 'session_id');
    if (nameOf(file.path).subject === null) requireColumn(table, 'participant_id');
    addRows(table, columns, sessions, { report, timeZone: files.timeZone });
  }
}

function addRows(table: Table, columns: Columns, sessions: SessionDrafts, clock: Clock): void {
  const ofFile = nameOf(table.file.path).subject;
  const seen = new Set<string>();
  for (const row of table.rows) {
    const subject = ofFile ?? requiredCell(row, 'participant_id', table).replace(/^sub-/, '');
    const label = requiredCell(row, 'session_id', table).replace(/^ses-/, '');
    const draft = sessions.of(subject, label, row.place);
    if (seen.has(draft.key) || !/^[^\s/\\_]+$/.test(label)) {
      const what = `session_id is ${JSON.stringify(label)}, ${seen.has(draft.key) ? 'for the second time' : 'which is no label'}.`;
      const remedy = 'Write each session once, as ses-01.';
      throw new ImportError({ file: table.file.absolute, line: row.place.line, what, remedy });
    }
    seen.add(draft.key);
    draft.ownTime = acquisitionTime(row, table.file, clock);
    for (const [column, value] of row.cells) {
      if (column === 'session_id' || column === 'participant_id') continue;
      const isWhole = column === 'acq_time' && draft.ownTime?.instant === value;
      if (!isWhole) draft.facts.add(column, columns.kept(column, value), row.place);
    }
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
