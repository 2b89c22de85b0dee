import { SpeciesRegister } from '../species-register';
import type { Entry } from '../../tree/entry';
import type { SourceTree } from '../source-tree';
import { readableText } from '../json';
import { type Report, ReportWriter } from '../report';
import { isRecordingSuffix } from './acquisition-type';
import { mapAcquisition } from './acquisitions';
import { ChannelTables } from './channels';
import { mapCohorts } from './cohorts';
import { Electrodes } from './electrodes';
import { SetFiles } from './files';
import { listFiles } from './folder';
import { nameOf } from './names';
import { type Participants, readParticipants } from './participants';
import { mapProject, readDescription, type SetDescription } from './project';
import { findRecordings, type Recording } from './recordings';
import { addListedSessions, addSessionFolders, readSessionTables } from './session-tables';
import { finishSession, type SessionDraft, SessionDrafts } from './sessions';
import { Sidecars } from './sidecars';
import { mapSubjects } from './subjects';

/** How far the reading of a set has come; recordings themselves are never read. */
export interface ReadProgress {
  filesRead: number;
  /** How many files the set holds, recordings included. */
  filesInSet: number;
}

/**
 * Reads a BIDS set from a folder and maps it to a project with everything inside. Nothing is written, nothing is
 * fetched, links out of the folder are not followed, and the same folder gives the same tree each time.
 *
 * Throws an ImportError (file, line where known, what to do), and gives nothing, for a folder that does not hold a whole
 * and readable set. What is readable but has no place in the tree, or needed a decision, is in the report.
 */
export async function readBids(
  folder: string,
  onProgress: (progress: ReadProgress) => void = () => {},
): Promise<{ tree: SourceTree; report: Report }> {
  const report = new ReportWriter();
  const listed = await listFiles(folder, report);
  const onRead = (filesRead: number): void => onProgress({ filesRead, filesInSet: listed.length });
  const files = new SetFiles(listed, report, onRead);
  const set = await readDescription(files, folder, report);
  const project = await mapProject(set, files);
  const storage = project.find(({ type }) => type === 'DataStorage')?.key ?? null;
  const participants = await readParticipants(files, report);
  const inside = await mapInside(files, set, { participants, storage, report });
  reportWhatIsBeside(files, report);
  const entries = [...finishProject(project, set, participants), ...inside].map(withoutNothing);
  report.countRead('files of the set', listed.length);
  report.countRead('files read', files.filesRead);
  countMapped(entries, report);
  return { tree: { source: set.source, entries }, report: report.finish() };
}

interface Inside {
  participants: Participants;
  storage: string | null;
  report: ReportWriter;
}

async function mapInside(files: SetFiles, set: SetDescription, context: Inside): Promise<Entry[]> {
  const { participants, storage, report } = context;
  const sessions = new SessionDrafts();
  addSessionFolders(files, sessions);
  await readSessionTables(files, sessions, report);
  const recordings = await findRecordings(files, report);
  for (const { name, place } of recordings) sessions.of(name.subject, name.session, place);
  const consumed = addListedSessions(participants, sessions, report);
  const electrodes = await Electrodes.read(files, sessions, report);
  const acquisitions = await mapRecordings(recordings, { ...context, files, sessions, electrodes, set });
  addUnlistedSubjects(participants, sessions, report);
  const species = new SpeciesRegister(report);
  const subjects = mapSubjects(participants, consumed, species, report);
  const vocabulary = species.finish();
  return [
    ...vocabulary.species.map((entry): Entry => ({ type: 'Species', ...entry })),
    ...vocabulary.strains.map((entry): Entry => ({ type: 'Strain', ...entry })),
    ...subjects,
    ...mapCohorts(participants, report),
    ...sessions.all.map((draft) => finishSession(draft, storage, report)),
    ...electrodes.procedures,
    ...acquisitions,
  ];
}

interface Recorded extends Inside {
  files: SetFiles;
  sessions: SessionDrafts;
  electrodes: Electrodes;
  set: SetDescription;
}

async function mapRecordings(named: Recording[], context: Recorded): Promise<Entry[]> {
  const { files, sessions, electrodes, set, storage, report } = context;
  const sidecars = await Sidecars.read(files);
  const channels = await ChannelTables.read(files);
  for (const recording of named) sidecars.of(recording);
  const orders = new Map<string, number>();
  const recordings = [...named, ...sidecars.recordingsOnTheirOwn(report)];
  const acquisitions = recordings.map((recording) => {
    const draft: SessionDraft = sessions.of(recording.name.subject, recording.name.session, recording.place);
    const order = orders.get(draft.key) ?? 0;
    orders.set(draft.key, order + 1);
    return mapAcquisition(recording, {
      ...{ draft, sidecars, order, report, dataStorage: storage },
      channels: channels.of(recording),
      procedures: electrodes.of(recording),
    });
  });
  for (const { path, fields } of sidecars.unused) {
    const place = { file: path };
    report.add(
      'DECIDED',
      'a sidecar that applies to no recording here stays in the project’s extraFields',
      place,
      path,
    );
    set.extraFields.keep(`sidecar_${path.replace(/\.json$/, '')}`, readableText(fields), place);
  }
  return acquisitions;
}

/** A table of sessions or scans may name a subject that has neither a row nor a folder. */
function addUnlistedSubjects({ all }: Participants, sessions: SessionDrafts, report: ReportWriter): void {
  const known = new Set(all.map(({ label }) => label));
  for (const { subject, place } of sessions.all) {
    if (known.has(subject)) continue;
    known.add(subject);
    report.add('DECIDED', 'a subject that only a table of sessions or scans names is a subject', place, subject);
    all.push({ label: subject, row: null, place });
  }
}

/** The files that say something else about the set, each kind once with its count. */
function reportWhatIsBeside(files: SetFiles, report: ReportWriter): void {
  const read = ['participants', 'description', 'scans', 'sessions', 'channels', 'electrodes', 'coordsystem'];
  for (const { path } of files.all) {
    const { suffix, folder } = nameOf(path);
    if (read.includes(suffix) || isRecordingSuffix(suffix) || (folder === '' && /^(README|CHANGES)/.test(path)))
      continue;
    const kind = suffix === '' ? 'without a BIDS name' : folder === '' && !path.includes('_') ? path : `_${suffix}`;
    report.add('NOT_IMPORTED', `files ${kind}: not read`, { file: path }, path);
  }
}

function finishProject(project: Entry[], set: SetDescription, { table, columns }: Participants): Entry[] {
  const lines = (table?.columns ?? []).flatMap((column) => columns.line(column) ?? []);
  set.extraFields.keep('participantsColumns', lines.join('\n'), { file: 'participants.json' });
  return project.map((entry) =>
    entry.type === 'Project' ? { ...entry, extraFields: set.extraFields.finish() } : entry,
  );
}

/** What is not stated is left out, so that importing again does not clear what somebody has added since. */
function withoutNothing(entry: Entry): Entry {
  const { type, key, ...fields } = entry;
  return { type, key, ...Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null)) };
}

function countMapped(entries: Entry[], report: ReportWriter): void {
  const types: Entry['type'][] = [
    'Project',
    'Subject',
    'Session',
    'DataAcquisition',
    'Procedure',
    'Cohort',
    'DataStorage',
    'Contributor',
    'Publication',
    'Species',
  ];
  for (const type of types) {
    report.countMapped(type, entries.filter((entry) => entry.type === type).length);
  }
}
