import { readdir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { parseJson, readWhole } from '../json-file';
import { decodeText, explainReadFailure } from '../text';
import { ImportError } from '../import-error';
import { cleaned, isEmpty, isRecord, type Json, type JsonRecord } from '../json';
import type { ReportWriter } from '../report';
import { Facts, type SourceFile } from './facts';
import { lineOf } from './fields';

/** The kinds of documents that describe one recording. */
export const partNames = [
  ...(['subject', 'procedures', 'session', 'acquisition', 'rig', 'instrument', 'data_description'] as const),
];
export type PartName = (typeof partNames)[number];

/** Everything that one folder or one record file says about one recording. */
export interface SourceRecord {
  /** What the record is called where it states no name. */
  name: string;
  parts: Partial<Record<PartName, Facts>>;
  /** What a record file states beside its parts; null where the parts are files of their own. */
  envelope: Facts | null;
}

const remedy =
  'Give a record file, a folder with subject.json, session.json and the like, or a folder of record files.';

/** Reads what is at a path, in the order of the files' names. Throws an ImportError where that is no AIND metadata. */
export async function readRecords(path: string, report: ReportWriter): Promise<SourceRecord[]> {
  const found = await stat(path).catch((error: unknown) => explainReadFailure(path, error));
  if (!found.isDirectory()) return [await readRecordFile(path, report)];
  const names = (await readdir(path)).filter((name) => name.endsWith('.json')).sort();
  const parts = names.filter((name) => (partNames as string[]).includes(name.slice(0, -5)));
  if (parts.length > 0) return [await readParts(path, parts, names, report)];
  if (names.length === 0) throw new ImportError({ file: path, what: 'There is no .json file here.', remedy });
  const records: SourceRecord[] = [];
  for (const name of names) records.push(await readRecordFile(join(path, name), report));
  return records;
}

async function readParts(
  folder: string,
  parts: string[],
  names: string[],
  report: ReportWriter,
): Promise<SourceRecord> {
  for (const name of names.filter((name) => !parts.includes(name))) {
    report.add('NOT_IMPORTED', 'a file that is none of the parts of a record', { file: name });
  }
  const record: SourceRecord = { name: basename(folder), parts: {}, envelope: null };
  for (const name of parts) {
    const { value, file } = await readFile(join(folder, name), report);
    record.parts[name.slice(0, -5) as PartName] = new Facts(value, file);
  }
  return record;
}

async function readRecordFile(path: string, report: ReportWriter): Promise<SourceRecord> {
  const { value, file } = await readFile(path, report);
  const name = basename(path, '.json');
  const envelope = new Facts(value, file);
  const parts: SourceRecord['parts'] = {};
  for (const part of partNames.filter((part) => Object.hasOwn(value, part))) {
    const facts = isEmpty(value[part]) ? null : envelope.child(part);
    if (facts) parts[part] = facts;
  }
  if (Object.keys(parts).length > 0) return { name, parts, envelope };
  const kind = kindOf(value);
  if (kind !== null) return { name, parts: { [kind]: envelope }, envelope: null };
  throw new ImportError({
    file: path,
    line: 1,
    what: 'This is no AIND metadata: no field tells what it describes.',
    remedy,
  });
}

/** By the schema that the document names, else by a field that only documents of one kind have. */
function kindOf(value: JsonRecord): PartName | null {
  const schema = typeof value.describedBy === 'string' ? basename(value.describedBy, '.py') : '';
  const has = (...keys: string[]): boolean => keys.some((key) => Object.hasOwn(value, key));
  if (schema === 'acquisition' || schema === 'session') return schema;
  if ((partNames as string[]).includes(schema)) return schema as PartName;
  if (has('subject_procedures', 'specimen_procedures')) return 'procedures';
  if (has('acquisition_start_time', 'tiles')) return 'acquisition';
  if (has('session_start_time')) return 'session';
  if (has('funding_source', 'data_level')) return 'data_description';
  if (has('rig_id') && has('mouse_platform', 'modalities')) return 'rig';
  if (has('instrument_id') && has('components', 'light_sources', 'instrument_type')) return 'instrument';
  return has('subject_id') && has('date_of_birth', 'subject_details', 'genotype') ? 'subject' : null;
}

async function readFile(path: string, report: ReportWriter): Promise<{ value: JsonRecord; file: SourceFile }> {
  const text = decodeText(await readWhole(path), path);
  const value = clean(parseJson(text, path), path, report);
  const file = { name: basename(path), path, text, report };
  if (isRecord(value)) return { value, file };
  const found = Array.isArray(value) ? 'a list' : 'no object';
  throw new ImportError({
    file: path,
    line: lineOf(text, []) ?? 1,
    what: `The file holds ${found}, where one object was meant.`,
    remedy,
  });
}

function clean(value: Json, path: string, report: ReportWriter): Json {
  const place = { file: basename(path) };
  try {
    return cleaned(value, (change, key) => {
      if (change === 'EMAIL') report.add('NOT_IMPORTED', 'an e-mail address: never kept', place);
      else report.add('DECIDED', 'characters that cannot be stored are left out', place, key);
    });
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause;
    const what = 'Values are nested too deeply.';
    throw new ImportError({ file: path, what, remedy: 'Check where the file comes from.' }, { cause });
  }
}

const knownVersion = /^[012]\.\d+\.\d+$/;

/** Takes the schema's version of a document; a version that nobody has looked at is reported and read by its fields. */
export function checkVersion(part: PartName, facts: Facts): void {
  const version = facts.text('schema_version');
  if (version !== null && knownVersion.test(version)) return;
  facts.report.add('DECIDED', `${part}: an unknown version of the schema is read by its fields`, facts.place, version);
}
