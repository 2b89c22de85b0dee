import { type JsonRecord, namesOf, readableText, recordsOf, textOf } from '../json';
import type { ReportWriter } from '../report';
import type { EntryTree } from '../entry-tree';
import { type Asset, mapAcquisition } from './acquisitions';
import { hasTwoSubjects } from './labels';
import { addParticipant, ageOf, draftSubject, putSubject, type SubjectDraft } from './participants';
import { addGeneratingSession, draftSession, putSession, sessionKey, type SessionDraft } from './sessions';
import { SpeciesRegister } from '../species-register';

type OwnedAsset = Asset & { labels: { subject: string } };

/**
 * Maps the files of a set, sorted by path, to subjects, sessions and data acquisitions: one subject a `sub-` label, one
 * session a `ses-` label of a subject (and one for the files of a subject that have none), one acquisition a file.
 * Files that belong to no subject are left out and reported.
 */
export function mapAssets(assets: Asset[], storageKey: string, tree: EntryTree): void {
  const { report } = tree;
  const owned = assets.filter((asset): asset is OwnedAsset => {
    if (asset.labels.subject === null)
      report.add('NOT_IMPORTED', 'a file that belongs to no subject', asset.place, asset.path);
    return asset.labels.subject !== null;
  });
  const subjects = new Map<string, SubjectDraft>();
  const sessions = new Map<string, SessionDraft>();
  for (const asset of owned) collect(asset, subjects, sessions, report);
  const species = new SpeciesRegister(tree);
  for (const draft of subjects.values()) putSubject(draft, species, tree);
  for (const draft of sessions.values()) {
    const agesDiffer = (subjects.get(draft.subject)?.age.others.length ?? 0) > 0;
    const subjectKeys = [draft.subject, ...draft.others].map((label) => `subject:${label}`);
    putSession(draft, { subjectKeys, storageKey, agesDiffer }, tree);
  }
  mapFiles(owned, storageKey, tree);
}

function collect(
  asset: OwnedAsset,
  subjects: Map<string, SubjectDraft>,
  sessions: Map<string, SessionDraft>,
  report: ReportWriter,
): void {
  const { labels, place, metadata } = asset;
  if (hasTwoSubjects(asset.path)) {
    report.add('DECIDED', 'a path with several sub- labels belongs to the first', place, asset.path);
  }
  const subject = subjects.get(labels.subject) ?? draftSubject(labels.subject, place);
  subjects.set(labels.subject, subject);
  const key = sessionKey(labels.subject, labels.session);
  const session = sessions.get(key) ?? draftSession(labels.subject, labels.session, place);
  sessions.set(key, session);
  const { meant, others } = participantsOf(asset, report);
  if (meant) {
    addParticipant(subject, meant, place, report);
    session.age.add(ageOf(meant), place);
  }
  for (const { label, participant } of others) {
    const other = subjects.get(label) ?? draftSubject(label, place);
    subjects.set(label, other);
    addParticipant(other, participant, place, report);
    session.others.add(label);
  }
  addGeneratingSession(session, metadata, place, report);
  for (const field of ['approach', 'measurementTechnique', 'variableMeasured'] as const) {
    for (const name of namesOf(metadata[field])) session[field].add(name, place);
  }
}

/** The participant that the label means, else the first; the others are subjects of the same session, by their identifiers. */
function participantsOf(
  { labels, place, metadata }: OwnedAsset,
  report: ReportWriter,
): { meant: JsonRecord | null; others: { label: string; participant: JsonRecord }[] } {
  const own = recordsOf(metadata.wasAttributedTo);
  const participants = own.length > 0 ? own : recordsOf(metadata.wasDerivedFrom).flatMap(takenFrom);
  const meant = participants.find((participant) => isCalled(participant, labels.subject)) ?? participants[0] ?? null;
  if (meant && !isCalled(meant, labels.subject)) {
    report.add(
      'DECIDED',
      'a participant is called otherwise than its path: the path counts',
      place,
      textOf(meant.identifier),
    );
  }
  const others = participants
    .filter((participant) => participant !== meant)
    .flatMap((participant) => {
      const label = plain(textOf(participant.identifier) ?? '');
      const message = label === '' ? 'a further participant without an identifier' : 'a file of several participants';
      report.add(label === '' ? 'NOT_IMPORTED' : 'DECIDED', message, place, readableText(participant));
      return label === '' ? [] : { label, participant };
    });
  return { meant, others };
}

/** Whom a sample was taken from, perhaps by other samples: a file may tell that of its samples alone. */
function takenFrom(sample: JsonRecord): JsonRecord[] {
  const own = recordsOf(sample.wasAttributedTo);
  return own.length > 0 ? own : recordsOf(sample.wasDerivedFrom).flatMap(takenFrom);
}

/** Labels hold a dash for each character that a file name should not have. */
const plain = (text: string): string => text.replace(/[^\p{L}\p{N}]/gu, '-');

function isCalled(participant: JsonRecord, label: string): boolean {
  const identifier = textOf(participant.identifier);
  return identifier === null || plain(identifier) === plain(label);
}

function mapFiles(assets: OwnedAsset[], dataStorage: string, tree: EntryTree): void {
  const paths = new Set(assets.map((asset) => asset.path));
  const orders = new Map<string, number>();
  for (const asset of assets) {
    const session = sessionKey(asset.labels.subject, asset.labels.session);
    const order = orders.get(session) ?? 0;
    orders.set(session, order + 1);
    mapAcquisition(asset, { session, dataStorage, order }, paths, tree);
  }
}
