import { ImportError } from '../import-error';
import type { Place, ReportWriter } from '../report';
import { Columns } from './columns';
import type { SetFiles } from './files';
import type { SetFile } from './folder';
import { isLabel, nameOf } from './names';
import { animalPrefix } from './species';
import type { Row, Table } from './tables';

/** A subject of a set: its label without `sub-`, and its row in participants.tsv; null where it has only a folder. */
export interface Participant {
  label: string;
  row: Row | null;
  place: Place;
  /** Where it has a row for each session: what those do not agree about. */
  sessions: readonly { label: string; row: Row }[];
  /** Where it has several rows that contradict each other: what each says, by column. */
  contradicted: ReadonlyMap<string, string>;
}

/** Who took part, and what the set says about the columns of its table. */
export interface Participants {
  all: Participant[];
  table: Table | null;
  columns: Columns;
  /** Labels of those of whom the table says something that cannot be read. */
  unread: ReadonlySet<string>;
}

/** BIDS' name for recordings without anybody in the scanner. */
const emptyRoom = 'emptyroom';

/**
 * Reads `participants.tsv` and its JSON, and adds the subjects that have only a folder. Throws an ImportError for a table that
 * cannot be read at all: every subject would be stored as if nothing were known of it. Rows that name nobody are left out.
 */
export async function readParticipants(files: SetFiles, report: ReportWriter): Promise<Participants> {
  const tsv = files.find('participants.tsv');
  const json = files.find('participants.json');
  const table = tsv === null ? null : await files.table(tsv, 'participant_id');
  const columns = json === null ? new Columns({}) : await files.columnsIn(json);
  const unread = new Set((table?.faults ?? []).flatMap(({ first }) => first?.replace(/^sub-/, '') ?? []));
  if (table === null) report.add('DECIDED', 'the set has no participants.tsv', { file: 'dataset_description.json' });
  const folders = new Map<string, Place>();
  for (const { path } of files.all) {
    const { folder, subject } = nameOf(path);
    if (subject !== null && folder.startsWith('sub-') && !folders.has(subject)) folders.set(subject, { file: path });
  }
  const listed = table === null ? [] : asFolders(listedIn(table, files, report), [...folders.keys()], report);
  const known = new Set(listed.map(({ label }) => label));
  const unlisted = [...folders].filter(([label]) => !known.has(label));
  for (const [label, place] of table === null ? [] : unlisted) {
    report.add('DECIDED', 'a folder of a subject that participants.tsv does not list is a subject', place, label);
  }
  const all = [...listed, ...unlisted.map(([label, place]) => onlyNamed(label, place))];
  const nobody = all.find(({ label }) => label === emptyRoom);
  if (nobody) {
    report.add('DECIDED', `sub-${emptyRoom}, recordings without anybody, is a subject like others`, nobody.place);
  }
  return { all, table, columns, unread };
}

/** A subject of which no row of the table tells. */
export function onlyNamed(label: string, place: Place): Participant {
  return { label, row: null, place, sessions: [], contradicted: new Map() };
}

/**
 * Spreadsheets drop the zeros of labels, and people their capitals: `1` is the folder `sub-01` where there is no other, and no other
 * row, that may be meant.
 */
function asFolders(listed: Participant[], folders: readonly string[], report: ReportWriter): Participant[] {
  const plain = (label: string): string => label.replace(/^0+(?=\d+$)/, '').toLowerCase();
  const grouped = (labels: readonly string[]): Map<string, string[]> => {
    const groups = new Map<string, string[]>();
    for (const label of labels) groups.set(plain(label), [...(groups.get(plain(label)) ?? []), label]);
    return groups;
  };
  const [rows, alike, known] = [grouped(listed.map(({ label }) => label)), grouped(folders), new Set(folders)];
  return listed.map((participant) => {
    const { label, place } = participant;
    const [folder, ...others] = alike.get(plain(label)) ?? [];
    const isOne = folder !== undefined && others.length === 0 && rows.get(plain(label))?.length === 1;
    if (known.has(label) || !isOne) return participant;
    const message = 'a participant is the one whose folder is called so but for zeros or capitals';
    report.add('DECIDED', message, place, `${label}: ${folder}`);
    return { ...participant, label: folder };
  });
}

function listedIn(table: Table, files: SetFiles, report: ReportWriter): Participant[] {
  const rows = new Map<string, Row[]>();
  for (const row of files.rowsStating(table, 'participant_id')) {
    const label = labelIn(row.cells.get('participant_id')!, row, table.file, files);
    if (label !== null) rows.set(label, [...(rows.get(label) ?? []), row]);
  }
  const sessionColumn = table.columns.find((column) => sessionColumns.includes(column.toLowerCase())) ?? null;
  return [...rows].map(([label, [first, ...others]]) =>
    others.length === 0
      ? { ...onlyNamed(label, first!.place), row: first! }
      : joined(label, [first!, ...others], sessionColumn, report),
  );
}

const sessionColumns = ['session', 'session_id', 'ses', 'visit', 'timepoint'];

/**
 * What all rows of a participant agree about is its own. The rest is that of its sessions, where each row is of another one;
 * else nobody can tell which row is right, and the report says so.
 */
function joined(
  label: string,
  rows: readonly [Row, ...Row[]],
  sessionColumn: string | null,
  report: ReportWriter,
): Participant {
  const [{ place, cells: first }] = rows;
  const sessions = rows.map(({ cells }) => (sessionColumn === null ? undefined : cells.get(sessionColumn)));
  const isBySession = sessions.every((one, at) => one !== undefined && isLabel(one) && sessions.indexOf(one) === at);
  const agreed = [...first].filter(([column, value]) => rows.every(({ cells }) => cells.get(column) === value));
  const own = new Set([...agreed.map(([column]) => column), ...(isBySession ? [sessionColumn!] : [])]);
  const rest = ({ cells }: Row): [string, string][] => [...cells].filter(([column]) => !own.has(column));
  const participant = { ...onlyNamed(label, place), row: { place, cells: new Map(agreed) } };
  if (isBySession) {
    const message =
      'a participant has a row for each session: what they agree about is the subject’s, the rest the sessions’';
    report.add('DECIDED', message, place, label);
    const ofSession = (row: Row, at: number): Participant['sessions'][number] => ({
      label: sessions[at]!.replace(/^ses-/, ''),
      row: { place: row.place, cells: new Map(rest(row)) },
    });
    return { ...participant, sessions: rows.map(ofSession) };
  }
  const columns = new Set(rows.flatMap((row) => rest(row).map(([column]) => column)));
  const contradicted = new Map(
    [...columns].map((column) => [column, rows.map(({ cells }) => cells.get(column) ?? 'n/a').join('\n')]),
  );
  if (columns.size === 0)
    report.add('DECIDED', 'a participant who is there twice, with the same, is one', place, label);
  else {
    const message =
      'a participant has several rows that say different things: these are kept in extraFields, a line each';
    report.add('NOT_UNDERSTOOD', message, place, `${label}: ${[...columns].join(', ')}`);
  }
  return { ...participant, contradicted };
}

/** The label that a participant_id states; null for what is none: that row is left out. */
function labelIn(id: string, row: Row, file: SetFile, files: SetFiles): string | null {
  const label = id.replace(/^sub-/i, '');
  if (!isLabel(label)) {
    const what = `participant_id is ${JSON.stringify(id.slice(0, 60))}, which is no label.`;
    const remedy = 'Write it as sub-01: letters and digits only.';
    files.leaveOut(file, new ImportError({ file: file.absolute, line: row.place.line, what, remedy }), 'part');
    return null;
  }
  if (!id.startsWith('sub-'))
    files.report.add('DECIDED', 'a participant_id without sub- is the label itself', row.place, id);
  return label;
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
