import type { EntryTree } from '../entry-tree';
import { type Json, readableText, textOf } from '../json';
import { fit } from '../lengths';
import type { ReportWriter } from '../report';
import { ofType } from '../module-type';
import { typeOf } from './acquisition-type';
import type { ChannelCounts } from './channels';
import { detailsOf } from './details';
import { disagrees, withinSession } from './names';
import type { Recording } from './recordings';
import type { SessionDraft } from './sessions';
import type { Sidecars } from './sidecars';

/** What else is known about a recording. */
export interface AcquisitionContext {
  draft: SessionDraft;
  sidecars: Sidecars;
  channels: ChannelCounts | 'UNREAD' | null;
  procedures: string[];
  dataStorage: string | null;
  order: number;
  tree: EntryTree;
}

/** Adds one recording. What its sidecar, its row in scans.tsv and its channels say beyond its fields goes to the session. */
export function putAcquisition(recording: Recording, context: AcquisitionContext): void {
  const { name, file, size, place } = recording;
  const { draft, sidecars, channels, tree } = context;
  const { report } = tree;
  const { fields, file: sidecar } = sidecars.of(recording);
  const { type, doubt } = typeOf(name.suffix);
  if (doubt) report.add(...doubt, place, name.path);
  if (disagrees(name)) {
    report.add(
      'DECIDED',
      'folders and file name disagree about subject or session: the folders count',
      place,
      name.path,
    );
  }
  const sidecarPlace = { file: sidecar ?? place.file };
  const listed = channels === 'UNREAD' ? null : channels;
  const count = channels === 'UNREAD' ? channels : (channels?.count ?? null);
  const { details, mapped } = detailsOf(type, name.extension, { fields, channels: count }, sidecarPlace, report);
  const about = withinSession(name);
  for (const [field, value] of Object.entries(fields)) {
    if (mapped.includes(field) || field === 'TaskName') continue;
    draft.facts.add(`${name.suffix}_${field}`, factOf(value), sidecarPlace, about);
  }
  if (listed) {
    draft.facts.add(`${name.suffix}_channelKinds`, listed.kinds, place, about);
    draft.facts.add(`${name.suffix}_badChannels`, listed.bad, place, about);
    for (const [column, value] of listed.agreed)
      draft.facts.add(`${name.suffix}_channels_${column}`, value, place, about);
  }
  addScan(recording, draft);
  const aside = { report, place, extraFields: 'the key' };
  const ofItsType = ofType('DATA_ACQUISITION', type);
  const stated = {
    session: draft.key,
    ...(doubt === null ? ofItsType : {}),
    details,
    procedures: context.procedures,
    fileName: file === null ? null : fit(file, 'fileName', aside),
    fileSizeBytes: size,
    dataStorage: context.dataStorage,
    notes: notesOf(recording, textOf(fields.TaskName), report),
    order: context.order,
  };
  tree.put('DataAcquisition', `file:${name.stem}`, stated, place, ofItsType);
}

function addScan({ scan, name }: Recording, draft: SessionDraft): void {
  if (scan === null) return;
  if (scan.time) draft.recordingTimes.push(scan.time);
  for (const [column, value] of scan.row.cells) {
    if (column === 'filename') continue;
    const about = `${withinSession(name)} ${name.suffix}`;
    draft.facts.add(`scans_${column}`, scan.columns.kept(column, value), scan.row.place, about);
  }
  draft.facts.add('scans_columns', scan.columns.lines.join('\n'), scan.row.place);
}

/** A number as it is, anything else as a text; null for what says nothing. */
function factOf(value: Json): string | number | null {
  if (typeof value === 'number') return value;
  const text = readableText(value);
  return text?.toLowerCase() === 'n/a' ? null : text;
}

function notesOf({ name, scan, place }: Recording, task: string | null, report: ReportWriter): string | null {
  const said = [task ?? name.entities.get('task') ?? null, scan?.time?.text ?? null];
  const sentences = [said[0] === null ? '' : `Task: ${said[0]}.`, said[1] === null ? '' : `Acquired: ${said[1]}.`];
  const notes = sentences.filter((sentence) => sentence !== '').join(' ');
  return notes === '' ? null : fit(notes, 'notes', { report, place, extraFields: 'the sidecar’s TaskName' });
}
