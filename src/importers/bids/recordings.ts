import { ImportError } from '../import-error';
import type { Place, ReportWriter } from '../report';
import { isRecordingSuffix } from './acquisition-type';
import type { Columns } from './columns';
import type { SetFiles } from './files';
import type { SetFile } from './folder';
import { type BidsName, nameOf } from './names';
import { requireColumn, requiredCell, type Row, type Table } from './tables';
import { type AcquisitionTime, acquisitionTime, type Clock } from './times';

/** One recording: the files that have one name and differ in their extensions. */
export interface Recording {
  name: BidsName & { subject: string };
  /** The path of the file that stands for it; null where the set names none (a sidecar alone). */
  file: string | null;
  size: number | null;
  /** Its row in scans.tsv. */
  scan: { row: Row; time: AcquisitionTime | null; columns: Columns } | null;
  place: Place;
}

/** What lies beside recordings under the same name, and tables, which are recordings only for some suffixes. */
const besides = ['.json', '.bvec', '.bval', '.vmrk', '.txt', '.jpg'];
const tabular = ['.tsv', '.tsv.gz'];
const tabularSuffixes = ['motion', 'beh', 'physio', 'stim', 'eyetrack'];
/** Where a recording has several files: the one that names the others. */
const headers = ['.vhdr', '.set', '.nii.gz', '.nii'];

/**
 * The recordings that a set names: in its scans.tsv files, by the files themselves. Sorted by path. Throws an
 * ImportError for a row of scans.tsv that names nothing within the set, and for one that is there twice.
 */
export async function findRecordings(files: SetFiles, report: ReportWriter): Promise<Recording[]> {
  const recordings = new Map<string, Recording>();
  for (const file of files.endingIn('scans.tsv').filter(({ path }) => /(?:^|[/_])scans\.tsv$/.test(path))) {
    const table = await files.table(file);
    requireColumn(table, 'filename');
    const columns = await files.columnsOf(file);
    for (const row of table.rows) addScan(row, table, columns, recordings, { report, timeZone: files.timeZone });
  }
  for (const file of files.all.filter(isRecordingFile)) addFile(file, recordings, report);
  const paths = new Set(files.all.map(({ path }) => path));
  for (const { file, scan, place } of recordings.values())
    if (scan !== null && file !== null && !paths.has(file))
      report.add('DECIDED', 'scans.tsv names a file that is not here: it is a recording all the same', place, file);
  return [...recordings.values()].sort((one, other) => (one.name.stem < other.name.stem ? -1 : 1));
}

function addScan(row: Row, table: Table, columns: Columns, recordings: Map<string, Recording>, clock: Clock): void {
  const { report } = clock;
  const stated = requiredCell(row, 'filename', table);
  const written = stated.replaceAll('\\', '/').replace(/^\.\//, '');
  if (stated.includes('\\')) report.add('DECIDED', 'a backslash in a file name is read as a slash', row.place, stated);
  const path = [nameOf(table.file.path).folder, written].filter((part) => part !== '').join('/');
  const name = nameOf(path);
  const { subject } = name;
  const known = recordings.get(name.stem);
  const fault = (what: string, remedy: string): ImportError =>
    new ImportError({ file: table.file.absolute, line: row.place.line, what, remedy });
  if (subject === null || path.split('/').includes('..') || stated.startsWith('/')) {
    const what = `filename is ${JSON.stringify(stated.slice(0, 100))}, which is no file of a subject in this set.`;
    throw fault(what, 'Write it relative to the folder of the table.');
  }
  if (known?.file === path) {
    const what = `The file ${stated} is there for the second time (first in ${known.place.file}, line ${known.place.line}).`;
    throw fault(what, 'Every file has one row.');
  }
  if (known) {
    report.add('DECIDED', 'a recording of several files is one: the first row counts', row.place, stated);
    return;
  }
  const time = acquisitionTime(row, table.file, clock);
  recordings.set(name.stem, {
    ...{ name: { ...name, subject }, file: path, size: null, scan: { row, time, columns }, place: row.place },
  });
}

function isRecordingFile({ path }: SetFile): boolean {
  const { subject, suffix, extension, folder } = nameOf(path);
  if (subject === null || !isRecordingSuffix(suffix) || besides.includes(extension)) return false;
  if (tabular.includes(extension) && !tabularSuffixes.includes(suffix)) return false;
  return folder.startsWith('sub-') && extension !== '';
}

function addFile({ path, size }: SetFile, recordings: Map<string, Recording>, report: ReportWriter): void {
  const name = nameOf(path);
  const { subject } = name;
  if (subject === null) return;
  const known = recordings.get(name.stem);
  if (known === undefined) {
    recordings.set(name.stem, { name: { ...name, subject }, file: path, size, scan: null, place: { file: path } });
    return;
  }
  if (known.file === path) known.size = size;
  else if (known.scan === null && headers.includes(name.extension)) Object.assign(known, { file: path, size, name });
  if (known.file !== path || known.place.file !== path) {
    if (known.scan === null) report.add('DECIDED', 'a recording of several files is one', { file: path }, path);
  }
}
