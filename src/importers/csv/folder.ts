import { readdir, realpath, stat } from 'node:fs/promises';
import { extname, join, sep } from 'node:path';
import type { NodeName } from '../../model/ids';
import { writableTypes } from '../../tree/writable';
import { ImportError } from '../import-error';
import { contentNotHere, sizeInPointer } from '../pointers';
import type { ReportWriter } from '../report';
import { plainSpelling } from '../spelled-values';
import { explainReadFailure } from '../text';

/** A file of a set that holds the objects of one type. */
export interface TableFile {
  type: NodeName;
  name: string;
  path: string;
}

const endings = ['.csv', '.tsv'];

/** How the table of a type is called, without its ending: `data_acquisitions`. */
export function tableName(type: NodeName): string {
  const plural = type === 'Project' ? 'project' : writableTypes().get(type)!.plural;
  return plural.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/** The type that a table is called after, in one or several, in any case and with any signs between words. */
function typeOf(name: string): NodeName | null {
  const spelled = plainSpelling(name);
  const found = [...writableTypes().values()].find(({ type, plural }) =>
    [type, plural].some((called) => plainSpelling(called) === spelled),
  );
  return found?.type ?? null;
}

/**
 * The tables of a folder, by name. Throws an ImportError for a folder without any, for two of one type, and for a table
 * whose content is not here. Other files are told in the report; hidden ones, and those that begin with `_`, are notes.
 */
export async function listTables(folder: string, report: ReportWriter): Promise<TableFile[]> {
  const remedy = `Give the folder of the tables: subjects.csv, sessions.csv, …; \`--template ${folder}\` writes empty ones.`;
  const found = await stat(folder).catch((error: unknown) => explainReadFailure(folder, error));
  if (!found.isDirectory()) throw new ImportError({ file: folder, what: 'This is not a folder.', remedy });
  const tables: TableFile[] = [];
  for (const name of (await readdir(folder)).sort()) {
    if (/^[._]/.test(name)) continue;
    const type = endings.includes(extname(name).toLowerCase()) ? typeOf(name.slice(0, -4)) : null;
    if (type === null) {
      report.add('NOT_IMPORTED', whyNot(name), { file: name }, name);
      report.leave(name, null, name);
    } else tables.push({ type, name, path: await readable(folder, name) });
  }
  if (tables.length === 0) throw new ImportError({ file: folder, what: 'There is no table here.', remedy });
  for (const { type, path } of tables) {
    const first = tables.find((one) => one.type === type)!;
    if (first.path === path) continue;
    const what = `There are two tables of one type: ${first.name} as well.`;
    throw new ImportError({ file: path, what, remedy: 'Put their rows into one.' });
  }
  return tables;
}

function whyNot(name: string): string {
  const ending = extname(name).toLowerCase();
  if (endings.includes(ending)) return 'a table that is called after no type: not read';
  if (['.xlsx', '.xls', '.ods', '.numbers'].includes(ending)) return 'a spreadsheet: save each of its sheets as CSV';
  return 'a file or folder that is no table: not read';
}

/** The path of a table that can be read: it is here, and a link to it does not lead out of the set. */
async function readable(folder: string, name: string): Promise<string> {
  const path = join(folder, name);
  const target = await realpath(path).catch(() => null);
  if (target === null) throw contentNotHere(path);
  if (!target.startsWith((await realpath(folder)) + sep)) {
    const what = 'This is a link that leads out of the folder.';
    throw new ImportError({ file: path, what, remedy: 'Put the table itself there.' });
  }
  const { size, isFile } = await stat(target).then((one) => ({ size: one.size, isFile: one.isFile() }));
  if (!isFile || (await sizeInPointer(target, size)) !== undefined) throw contentNotHere(path);
  return path;
}
