import { readdir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { parseJson, readWhole } from '../json-file';
import { decodeText, explainReadFailure } from '../text';
import { cleaned } from '../cleaning';
import { ImportError } from '../import-error';
import { isEmpty, isRecord, type Json, type JsonRecord } from '../json';
import type { ReportWriter } from '../report';
import { unwrapped } from './extended-json';
import { Facts } from './facts';
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

/** A record as it is read, before it is known whether it can be mapped. */
export interface RecordFile {
  /** What the record is called where it states no name. */
  name: string;
  /** The documents in it, by the names of their files. */
  documents: Document[];
  /** Why it cannot be read at all. */
  fault: ImportError | null;
}

interface Document {
  name: string;
  path: string;
  text: string;
  value: Json;
}

/** Reads what is at a path, in the order of the files' names. Throws an ImportError where there is nothing to read. */
export async function readRecordFiles(path: string): Promise<{ records: RecordFile[]; beside: string[] }> {
  const found = await stat(path).catch((error: unknown) => explainReadFailure(path, error));
  if (!found.isDirectory()) return { records: [await readRecordFile(path)], beside: [] };
  const names = (await readdir(path)).sort();
  const documents = names.filter((name) => name.endsWith('.json'));
  const parts = documents.filter((name) => (partNames as string[]).includes(name.slice(0, -5)));
  if (documents.length === 0) throw new ImportError({ file: path, what: 'There is no .json file here.', remedy });
  const read = parts.length > 0 ? parts : documents;
  const beside = names.filter((name) => !read.includes(name) && !name.startsWith('.'));
  if (parts.length > 0) {
    const all = await Promise.all(parts.map((name) => readDocument(join(path, name))));
    return { records: [{ name: basename(path), documents: all, fault: null }], beside };
  }
  const records: RecordFile[] = [];
  for (const name of documents) records.push(await readRecordFile(join(path, name)));
  return { records, beside };
}

async function readRecordFile(path: string): Promise<RecordFile> {
  const name = basename(path, '.json');
  return readDocument(path).then(
    (document) => ({ name, documents: [document], fault: null }),
    (error: unknown) => {
      if (!(error instanceof ImportError)) throw error;
      return { name, documents: [], fault: error };
    },
  );
}

/** The record in its files, for one mapping of it. Throws an ImportError for what is no AIND metadata. */
export function openRecord({ name, documents }: RecordFile, report: ReportWriter): SourceRecord {
  const [first, ...others] = documents.map((document): Opened => {
    const value = recordIn(document, report);
    return { document, value, facts: new Facts(value, { ...document, kind: kindOfFile(document), report }) };
  });
  if (others.length === 0 && !isPart(first!.document)) return recordOf(name, first!);
  const parts = Object.fromEntries(
    [first!, ...others].map(({ document, facts }) => [document.name.slice(0, -5), facts]),
  ) as SourceRecord['parts'];
  return { name, parts, envelope: null };
}

interface Opened {
  document: Document;
  value: JsonRecord;
  facts: Facts;
}

/** What the report calls files of a kind: `subject.json`, `*.json` for records of any name. */
function kindOfFile(document: Pick<Document, 'name'>): string {
  return isPart(document) ? document.name : '*.json';
}

function isPart({ name }: Pick<Document, 'name'>): boolean {
  return (partNames as string[]).includes(name.slice(0, -5));
}

function recordOf(name: string, { document, value, facts: envelope }: Opened): SourceRecord {
  const parts: SourceRecord['parts'] = {};
  for (const part of partNames.filter((part) => Object.hasOwn(value, part))) {
    const facts = isEmpty(value[part]) ? null : envelope.child(part);
    if (facts) parts[part] = facts;
  }
  if (Object.keys(parts).length > 0) return { name, parts, envelope };
  const kind = kindOf(value);
  if (kind !== null) return { name, parts: { [kind]: envelope }, envelope: null };
  const what = 'This is no AIND metadata: no field tells what it describes.';
  throw new ImportError({ file: document.path, line: 1, what, remedy });
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

async function readDocument(path: string): Promise<Document> {
  const text = decodeText(await readWhole(path), path);
  return { name: basename(path), path, text, value: parseJson(text, path) };
}

/** The object in a document as it may be kept; what it states is written down in the account of the import. */
function recordIn({ name, path, text, value: stated }: Document, report: ReportWriter): JsonRecord {
  const value = cleaned(unwrapped(stated), report, { file: name }, path);
  if (isRecord(value)) {
    report.ledger.noteAll(kindOfFile({ name }), value);
    return value;
  }
  const found = Array.isArray(value) ? 'a list' : 'no object';
  throw new ImportError({
    file: path,
    line: lineOf(text, []) ?? 1,
    what: `The file holds ${found}, where one object was meant.`,
    remedy,
  });
}

const knownVersion = /^[012]\.\d+\.\d+$/;

/** Takes the schema's version of a document; a version that nobody has looked at is reported and read by its fields. */
export function checkVersion(part: PartName, facts: Facts): void {
  const version = facts.text('schema_version');
  if (version !== null && knownVersion.test(version)) return;
  facts.report.add('DECIDED', `${part}: an unknown version of the schema is read by its fields`, facts.place, version);
}
