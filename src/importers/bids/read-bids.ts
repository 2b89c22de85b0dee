import { EntryTree } from '../entry-tree';
import type { SourceTree } from '../source-tree';
import { readableText } from '../json';
import { type Report, ReportWriter } from '../report';
import { isRecordingSuffix } from './acquisition-type';
import { putAcquisition } from './acquisitions';
import { ChannelTables } from './channels';
import { putCohorts } from './cohorts';
import { Electrodes } from './electrodes';
import { SetFiles } from './files';
import { listFiles } from './folder';
import { kindOf, nameOf } from './names';
import { onlyNamed, type Participants, readParticipants } from './participants';
import { Probes } from './probes';
import { keepDerivatives } from './derivatives';
import { type Measure, readPhenotypes } from './phenotypes';
import { putProject, readDescription, readmeOf, readmes, type SetDescription } from './project';
import { findRecordings, type Recording } from './recordings';
import { addListedSessions, addSessionFolders, addSessionRows, readSessionTables } from './session-tables';
import { samplesIn } from './samples';
import { reworded } from './reworded';
import { putSession, type SessionDraft, SessionDrafts } from './sessions';
import { Sidecars } from './sidecars';
import { assumedSpecies } from './species';
import { putSubjects } from './subjects';

/** How far the reading of a set has come; recordings themselves are never read. */
export interface ReadProgress {
  filesRead: number;
  /** How many files the set holds, recordings included. */
  filesInSet: number;
}

/**
 * Reads a BIDS set from a folder and maps it to a project with everything inside. Nothing is written, nothing is
 * fetched, `timeZone` is where its clocks showed local times, links out of the folder are not followed, and the same folder gives the same tree each time.
 *
 * Throws an ImportError (file, line where known, what to do), and gives nothing, for a folder that holds no set, or one of which
 * it cannot be read what it is and who took part. Anything else that cannot be read is left out alone, which the report says
 * first. What is readable but has no place in the tree, or needed a decision, is in the report, too.
 */
export async function readBids(
  folder: string,
  onProgress: (progress: ReadProgress) => void = () => {},
  timeZone: string | null = null,
): Promise<{ tree: SourceTree; report: Report }> {
  const report = new ReportWriter(reworded);
  const tree = new EntryTree(report);
  const listed = await listFiles(folder, report);
  const onRead = (filesRead: number): void => onProgress({ filesRead, filesInSet: listed.length });
  const files = new SetFiles(listed, report, onRead, timeZone);
  const set = await readDescription(files, folder, tree);
  const readme = await readmeOf(files, report);
  const storage = await putProject(set, readme, files);
  const participants = await readParticipants(files, report);
  const isReadmeHere = readmes.some((name) => files.unread.has(name));
  const assumed = assumedSpecies(participants, set, isReadmeHere ? null : (readme ?? ''));
  const sessions = await putInside(files, set, { participants, assumed, storage, tree });
  await keepDerivatives(files, set);
  await keepWhatIsBeside(files, set);
  finishProject(set, participants, sessions);
  report.countRead('files of the set', listed.length);
  report.countRead('files read', files.filesRead);
  const { mayMiss } = files.unread;
  const made = { source: set.source, isWhole: true, ...tree.finish(), ...(mayMiss && { mayMiss }) };
  return { tree: made, report: report.finish() };
}

interface Inside {
  participants: Participants;
  assumed: { name: string; by: string } | null;
  storage: string | null;
  tree: EntryTree;
}

async function putInside(files: SetFiles, set: SetDescription, context: Inside): Promise<SessionDrafts> {
  const { participants, assumed, storage, tree } = context;
  const { report } = tree;
  const sessions = new SessionDrafts();
  addSessionFolders(files, sessions);
  await readSessionTables(files, sessions, report);
  const recordings = await findRecordings(files, report);
  for (const { name, place } of recordings) sessions.of(name.subject, name.session, place);
  addSessionRows(participants, sessions);
  const consumed = addListedSessions(participants, sessions, report);
  const phenotypes = await readPhenotypes(files, sessions, set);
  const electrodes = await Electrodes.read(files, sessions, tree);
  const probes = await Probes.read(files, tree);
  await putRecordings(recordings, { ...context, files, sessions, electrodes, probes, set });
  const samples = await samplesIn(files, set);
  set.extraFields.keep('probesColumns', [...probes.columnLines].join('\n'), { file: 'probes.json' });
  addUnlistedSubjects(participants, sessions, { phenotypes, samples }, report);
  putSubjects(participants, { consumed, assumed, samples, phenotypes }, tree);
  putCohorts(participants, tree);
  for (const draft of sessions.all) putSession(draft, storage, files.unread, tree);
  return sessions;
}

interface Recorded extends Inside {
  files: SetFiles;
  sessions: SessionDrafts;
  electrodes: Electrodes;
  probes: Probes;
  set: SetDescription;
}

async function putRecordings(named: Recording[], context: Recorded): Promise<void> {
  const { files, sessions, electrodes, probes, set, storage, tree } = context;
  const { report } = tree;
  const sidecars = await Sidecars.read(files);
  const channels = await ChannelTables.read(files, report);
  for (const recording of named) sidecars.of(recording);
  const orders = new Map<string, number>();
  const recordings = [...named, ...sidecars.recordingsOnTheirOwn(report)];
  for (const recording of recordings) {
    const draft: SessionDraft = sessions.of(recording.name.subject, recording.name.session, recording.place);
    const order = orders.get(draft.key) ?? 0;
    orders.set(draft.key, order + 1);
    putAcquisition(recording, {
      ...{ draft, sidecars, order, tree, dataStorage: storage },
      channels: channels.of(recording),
      procedures: [...electrodes.of(recording), ...probes.of(recording)],
    });
  }
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
}

/** A table of sessions, scans, samples or phenotypes may name a subject that has neither a row nor a folder. */
function addUnlistedSubjects(
  { all }: Participants,
  sessions: SessionDrafts,
  {
    phenotypes,
    samples,
  }: { phenotypes: ReadonlyMap<string, readonly Measure[]>; samples: ReadonlyMap<string, string> },
  report: ReportWriter,
): void {
  const known = new Set(all.map(({ label }) => label));
  const measured = [...phenotypes].map(([subject, measures]) => ({
    subject,
    place: measures[0]?.place ?? { file: 'phenotype' },
  }));
  const sampled = [...samples.keys()].map((subject) => ({ subject, place: { file: 'samples.tsv' } }));
  for (const { subject, place } of [...sessions.all, ...measured, ...sampled]) {
    if (known.has(subject)) continue;
    known.add(subject);
    const message = 'a subject that only a table of sessions, scans, samples or phenotypes names is a subject';
    report.add('DECIDED', message, place, subject);
    all.push(onlyNamed(subject, place));
  }
}

const tables = ['participants', 'scans', 'sessions', 'channels', 'electrodes', 'coordsystem', 'probes', 'samples'];

/** Counts the files that say something else about the set; what JSON files of the whole set say is kept with the project. */
async function keepWhatIsBeside(files: SetFiles, { extraFields, report }: SetDescription): Promise<void> {
  for (const file of files.all) {
    const { path } = file;
    const { suffix, folder, extension } = nameOf(path);
    if ([...tables, 'description'].includes(suffix) || isRecordingSuffix(suffix)) continue;
    if (/^phenotype\/[^/]+\.(?:tsv|json)$/.test(path)) continue;
    if (folder === '' && /^(?:README|CHANGES)/.test(path)) continue;
    if (folder === '' && extension === '.json') {
      const text = (await files.columnsIn(file)).lines.join('\n');
      extraFields.keep(path.replace(/\.json$/, ''), text, { file: path });
    } else report.leave(kindOf(path), null, path);
  }
}

/** The extra fields of the project are complete when everything else has been looked at. */
function finishProject(
  { extraFields, key, place, tree }: SetDescription,
  { columns }: Participants,
  { columnLines }: SessionDrafts,
): void {
  extraFields.keep('participantsColumns', columns.lines.join('\n'), { file: 'participants.json' });
  extraFields.keep('sessionsColumns', [...columnLines].join('\n'), place);
  extraFields.keep('originalNames', tree.fieldKeys.originals.join('\n'), place);
  tree.put('Project', key, { extraFields: extraFields.finish() }, place);
}
