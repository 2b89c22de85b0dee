import { readFile } from 'node:fs/promises';
import { basename, extname, resolve } from 'node:path';
import type { SourceTree } from '../source-tree';
import { maximumLength, shorten } from '../lengths';
import { digestOf } from '../folder-digest';
import { ImportError } from '../import-error';
import { type Place, type Report, ReportWriter } from '../report';
import { littersWith, putBreedings } from './breedings';
import { Context } from './context';
import type { Facts } from './facts';
import { describeFiles, keepDescription } from './files-description';
import { keepLeft } from './leftovers';
import { mapProcedures } from './procedures';
import { ProjectDraft } from './projects';
import { mapSession } from './sessions';
import { mapSetup } from './setups';
import { timeOfRecord } from './record-time';
import { reworded } from './reworded';
import {
  checkVersion,
  openRecord,
  type PartName,
  readRecordFiles,
  type RecordFile,
  type SourceRecord,
} from './source-files';
import { spelledNow } from './spelled-keys';
import { mapStorage } from './storages';
import { mapSubject } from './subjects';

/** How far the mapping of a source has come. */
export interface AindProgress {
  records: number;
  recordsTotal: number;
}

/**
 * Reads metadata in the schemas of the Allen Institute for Neural Dynamics (aind-data-schema) and maps it to a project with
 * everything inside. `path` is one record or document, a folder with the documents of one record (`subject.json`,
 * `session.json`, …), or a folder of records, which become one project. Nothing is written, nothing is fetched, and the
 * same path gives the same tree each time.
 *
 * Throws an ImportError, and gives nothing, for what is no whole and readable metadata or contradicts itself; of several
 * records one that is faulty by itself is left out alone, which the report says first. What is
 * readable but has no place in the tree, or needed a decision, is in the report.
 */
export async function readAind(
  path: string,
  onProgress: (progress: AindProgress) => void = () => {},
): Promise<{ tree: SourceTree; report: Report }> {
  const { records: files, beside } = await readRecordFiles(path);
  const { readable, faults } = withoutFaulty(files);
  const alsoOf = new Map<ImportError, string | null>();
  for (const fault of faults) alsoOf.set(fault, await projectNameIn(fault.file));
  const { report, context, project, records } = mapAll(readable, onProgress, [...alsoOf.values()]);
  for (const [fault, name] of alsoOf) {
    report.add('LEFT_OUT', `${basename(fault.file)}: ${fault.what} ${fault.remedy}`, placeOf(fault));
    report.leave(basename(fault.file), null, null);
    if (name !== null) project.names.add(name, placeOf(fault));
    else
      report.add(
        'DECIDED',
        'a record that is left out names no project that can be read: that of the others is taken',
        placeOf(fault),
      );
  }
  for (const name of beside) report.leave(name.includes('.') ? `*${extname(name)}` : name, null, name);
  const { key, fields, assumed } = project.finish(basename(resolve(path)).replace(/\.json$/, ''), await digestOf(path));
  context.finishExtraFields();
  putBreedings(context);
  const own = { ...fields, extraFields: context.projectFields.finish() };
  context.tree.put('Project', key, own, { file: basename(path) }, assumed);
  const identifier = key.replace(/^project:AIND:/, '');
  report.countRead('records', records.length);
  report.countRead('documents', records.flatMap(({ parts }) => Object.keys(parts)).length);
  const source = { kind: 'AIND' as const, identifier, version: null, url: null, openAccess: null };
  return {
    tree: { source, isWhole: false, times: context.times, follows: littersWith, spelledNow, ...context.tree.finish() },
    report: report.finish(),
  };
}

/**
 * The project that a record is of which cannot be mapped. Which one the set is does not depend on what could be read of it today;
 * its text tells that in most cases, whatever else is wrong with it.
 */
async function projectNameIn(file: string): Promise<string | null> {
  const text = await readFile(file, 'utf8').catch(() => '');
  return /"project_name"\s*:\s*"([^"\\\n]+)"/.exec(text)?.[1] ?? null;
}

const placeOf = ({ file, line }: ImportError): Place => ({ file: basename(file), ...(line !== null && { line }) });

interface Mapped {
  report: ReportWriter;
  context: Context;
  project: ProjectDraft;
  records: SourceRecord[];
}

/** Maps records into one project; throws an ImportError at the first that cannot be mapped. */
function mapAll(
  files: readonly RecordFile[],
  onProgress: (progress: AindProgress) => void,
  projectNames: readonly (string | null)[] = [],
): Mapped {
  const report = new ReportWriter(reworded);
  const context = new Context(report);
  const project = new ProjectDraft(context);
  const records = files.map((file) => openRecord(file, report));
  for (const record of records) lookAhead(record, context);
  for (const name of projectNames) if (name !== null) context.projectNames.add(name);
  for (const [index, record] of records.entries()) {
    context.beginRecord(timeOfRecord(record));
    mapRecord(record, project, context);
    context.endRecord();
    onProgress({ records: index + 1, recordsTotal: files.length });
  }
  return { report, context, project, records };
}

/** Notes what decides about other records than the one that says it, so that their order does not. */
function lookAhead({ parts }: SourceRecord, { projectNames }: Context): void {
  const project = parts.data_description?.word('project_name');
  if (project) projectNames.add(project);
}

/**
 * The records of which each can be mapped by itself, and why others cannot. One faulty record does not keep others out; where
 * none is left, or the one that there is is faulty, that is an ImportError, and so are records that contradict each other.
 */
function withoutFaulty(files: readonly RecordFile[]): { readable: RecordFile[]; faults: ImportError[] } {
  const faults = new Map<RecordFile, ImportError>();
  for (const file of files) {
    const fault = file.fault ?? (files.length === 1 ? null : faultOf(file));
    if (fault !== null) faults.set(file, fault);
  }
  const readable = files.filter((file) => !faults.has(file));
  const [first] = faults.values();
  if (first !== undefined && readable.length === 0) throw first;
  return { readable, faults: [...faults.values()] };
}

function faultOf(file: RecordFile): ImportError | null {
  try {
    mapAll([file], () => undefined);
    return null;
  } catch (error) {
    if (error instanceof ImportError) return error;
    throw error;
  }
}

function mapRecord(record: SourceRecord, project: ProjectDraft, context: Context): void {
  const { parts, envelope } = record;
  for (const [part, facts] of Object.entries(parts)) checkVersion(part as PartName, facts);
  const description = parts.data_description;
  if (description) project.add(description);
  const files = description ? describeFiles(description) : null;
  let subject = parts.subject ? mapSubject(parts.subject, context) : null;
  if (parts.procedures)
    subject = sameSubject(
      parts.procedures,
      subject,
      mapProcedures(parts.procedures, context, subject?.replace(/^subject:/, '') ?? null),
    );
  const setups = [parts.rig, parts.instrument].flatMap((facts) => (facts ? [mapSetup(facts, context)] : []));
  const stored = envelope ? mapStorage(envelope, context) : null;
  const scope = {
    context,
    subject,
    setup: setups[0] ?? null,
    name: files?.name ?? record.name,
    project: context.projectNames.size > 1 ? (description?.word('project_name') ?? '') : '',
    createdAt: files?.createdAt ?? null,
    modalities: files?.modalities ?? [],
    summary: files?.summary ?? null,
  };
  const sessions = [parts.session, parts.acquisition].flatMap((facts) => (facts ? [mapSession(facts, scope)] : []));
  const session = sessions[0] ?? null;
  if (stored && session !== null) {
    const fields = {
      dataStorages: [stored.storage],
      nameUsedInStorage: shorten(stored.name, maximumLength.nameUsedInStorage),
    };
    context.tree.put('Session', session, fields, envelope!.place);
  }
  if (description) keepDescription(description, session, context);
  if (envelope) keepEnvelope(envelope, session, context);
}

/** All documents of one record speak of one subject. */
function sameSubject(facts: Facts, subject: string | null, stated: string): string {
  if (subject === null || subject === stated) return stated;
  facts.refuse(
    'subject_id',
    JSON.stringify(stated.replace(/^subject:/, '')),
    `the subject of the record, ${subject.replace(/^subject:/, '')},`,
  );
}

/** What a record says beside its documents: of whom it keeps copies, and when it was changed. */
function keepEnvelope(envelope: Facts, session: string | null, context: Context): void {
  keepLeft(envelope, session === null ? context.projectFields : context.fieldsOf('session', session), 'record');
}
