import { basename, resolve } from 'node:path';
import type { SourceTree } from '../source-tree';
import { maximumLength, shorten } from '../lengths';
import { digestOf } from '../folder-digest';
import { type Report, ReportWriter } from '../report';
import { Context } from './context';
import type { Facts } from './facts';
import { describeFiles, keepDescription } from './files-description';
import { keepLeft } from './leftovers';
import { mapProcedures } from './procedures';
import { ProjectDraft } from './projects';
import { mapSession } from './sessions';
import { mapSetup } from './setups';
import { checkVersion, type PartName, readRecords, type SourceRecord } from './source-files';
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
 * Throws an ImportError, and gives nothing, for what is no whole and readable metadata or contradicts itself. What is
 * readable but has no place in the tree, or needed a decision, is in the report.
 */
export async function readAind(
  path: string,
  onProgress: (progress: AindProgress) => void = () => {},
): Promise<{ tree: SourceTree; report: Report }> {
  const report = new ReportWriter();
  const records = await readRecords(path, report);
  const context = new Context(report);
  const project = new ProjectDraft(context);
  for (const [index, record] of records.entries()) {
    mapRecord(record, project, context);
    onProgress({ records: index + 1, recordsTotal: records.length });
  }
  const { key, fields, assumed } = project.finish(basename(resolve(path)).replace(/\.json$/, ''), await digestOf(path));
  context.finishExtraFields();
  const own = { ...fields, extraFields: context.projectFields.finish() };
  context.tree.put('Project', key, own, { file: basename(path) }, assumed);
  const identifier = key.replace(/^project:AIND:/, '');
  report.countRead('records', records.length);
  report.countRead('documents', records.flatMap(({ parts }) => Object.keys(parts)).length);
  const source = { kind: 'AIND' as const, identifier, version: null, url: null, openAccess: null };
  return { tree: { source, isWhole: false, ...context.tree.finish() }, report: report.finish() };
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
    createdAt: files?.createdAt ?? null,
    modalities: files?.modalities ?? [],
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
