import { isDeepStrictEqual } from 'node:util';
import { ImportError } from '../import-error';
import type { Place, ReportWriter } from '../report';
import { isRecordingSuffix } from './acquisition-type';
import type { Columns } from './columns';
import type { SetFiles } from './files';
import type { SetFile } from './folder';
import { type BidsName, nameOf } from './names';
import type { Row } from './tables';
import { type AcquisitionTime, acquisitionTime } from './times';

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

/** The recordings that a set names: in its scans.tsv files, by the files themselves. Sorted by path. */
export async function findRecordings(files: SetFiles, report: ReportWriter): Promise<Recording[]> {
  const recordings = new Map<string, Recording>();
  for (const file of files.endingIn('scans.tsv').filter(({ path }) => /(?:^|[/_])scans\.tsv$/.test(path))) {
    const table = await files.orLeaveOut(file, () => files.table(file, 'filename'));
    const columns = await files.columnsOf(file);
    for (const row of table ? files.rowsStating(table, 'filename') : [])
      addScan({ row, file, columns }, recordings, files);
  }
  for (const file of files.all.filter(isRecordingFile)) addFile(file, recordings, report);
  const paths = new Set(files.all.map(({ path }) => path));
  for (const { file, scan, place } of recordings.values())
    if (scan !== null && file !== null && !paths.has(file))
      report.add('DECIDED', 'scans.tsv names a file that is not here: it is a recording all the same', place, file);
  // A table that cannot be read may name another file of the recording, whose size is another.
  for (const recording of recordings.values())
    if (recording.scan === null && files.unread.mayTellFact(recording.name.subject, 'scans_')) recording.size = null;
  return [...recordings.values()].sort((one, other) => (one.name.stem < other.name.stem ? -1 : 1));
}

interface Scan {
  row: Row;
  file: SetFile;
  columns: Columns;
}

/** Adds a row of scans.tsv. One that names nothing within the set, or a file again, is left out. */
function addScan({ row, file, columns }: Scan, recordings: Map<string, Recording>, files: SetFiles): void {
  const { report, timeZone } = files;
  const stated = row.cells.get('filename')!;
  const written = stated.replaceAll('\\', '/').replace(/^\.\//, '');
  if (stated.includes('\\')) report.add('DECIDED', 'a backslash in a file name is read as a slash', row.place, stated);
  const path = [nameOf(file.path).folder, written].filter((part) => part !== '').join('/');
  const name = nameOf(path);
  const { subject } = name;
  const known = recordings.get(name.stem);
  const leave = (what: string, remedy: string): void =>
    files.leaveOut(file, new ImportError({ file: file.absolute, line: row.place.line, what, remedy }), 'part');
  if (subject === null || path.split('/').includes('..') || stated.startsWith('/')) {
    const what = `filename is ${JSON.stringify(stated.slice(0, 100))}, which is no file of a subject in this set.`;
    leave(what, 'Write it relative to the folder of the table.');
  } else if (known?.file === path && known.scan && isDeepStrictEqual(known.scan.row.cells, row.cells)) {
    report.add('DECIDED', 'a file that scans.tsv names twice, with the same, is one', row.place, stated);
  } else if (known?.file === path) {
    const what = `The file ${stated} is there for the second time (first in ${known.place.file}, line ${known.place.line}).`;
    leave(what, 'Every file has one row.');
  } else if (known) {
    report.add('DECIDED', 'a recording of several files is one: the first row counts', row.place, stated);
  } else {
    const scan = { row, time: acquisitionTime(row, { report, timeZone }), columns };
    recordings.set(name.stem, { name: { ...name, subject }, file: path, size: null, scan, place: row.place });
  }
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
