import { type JsonRecord, namesOf, numberOf, textOf } from '../json';
import type { EntryTree } from '../entry-tree';
import { fit } from '../lengths';
import type { Place, ReportWriter } from '../report';
import { ofType } from '../module-type';
import { webAddress } from '../web-identifiers';
import { chooseType, type TypeChoice, unknownTerms } from './acquisition-type';
import { companionOf, type PathLabels } from './labels';

/** A file of the set, as its line describes it. */
export interface Asset {
  path: string;
  labels: PathLabels;
  place: Place;
  asset: JsonRecord;
  metadata: JsonRecord;
}

const formats = new Map([
  ['application/x-nwb', 'NWB'],
  ['application/x-zarr', 'Zarr'],
  ['video/mp4', 'MP4'],
  ['video/x-msvideo', 'AVI'],
]);

/** Maps one file. `paths` holds the paths of the whole set, to know what an external file belongs to. */
export function mapAcquisition(
  file: Asset,
  refersTo: { session: string; dataStorage: string; order: number },
  paths: ReadonlySet<string>,
  tree: EntryTree,
): void {
  const { path, labels, place, asset, metadata } = file;
  const { report } = tree;
  const fileUrl = chooseUrl(file, report);
  const { type, doubt } = typeOf(file, report);
  const ofItsType = ofType('DATA_ACQUISITION', type);
  const fields = {
    ...refersTo,
    ...(doubt === null ? ofItsType : {}),
    details: formatOf(labels, metadata, place, report),
    fileName: fit(path, 'fileName', { report, place, extraFields: 'the key' }),
    fileUrl,
    fileSizeBytes: sizeOf(asset, metadata, place, report),
    notes: notesOf(file, paths, report),
  };
  tree.put('DataAcquisition', `file:${path}`, fields, place, ofItsType);
}

function typeOf({ labels, metadata, place, path }: Asset, report: ReportWriter): TypeChoice {
  const evidence = {
    labels,
    encodingFormat: textOf(metadata.encodingFormat),
    approaches: namesOf(metadata.approach),
    techniques: namesOf(metadata.measurementTechnique),
  };
  for (const term of unknownTerms(evidence)) {
    report.add(
      'NOT_UNDERSTOOD',
      'an approach or technique is outside the vocabulary; it stays in the notes',
      place,
      term,
    );
  }
  const choice = chooseType(evidence);
  if (choice.doubt) report.add(choice.doubt.kind, choice.doubt.message, place, path);
  if (labels.modalities.length > 1) {
    report.add(
      'DECIDED',
      'a file of several kinds of data has one type; its name tells the others',
      place,
      labels.modalities.join('+'),
    );
  }
  return choice;
}

function formatOf(labels: PathLabels, metadata: JsonRecord, place: Place, report: ReportWriter): { format?: string } {
  const stated = textOf(metadata.encodingFormat);
  if (stated === null || stated === 'application/octet-stream') {
    const extension = labels.extension.slice(1).toUpperCase();
    report.add('DECIDED', 'a file’s format is not stated or says nothing: its extension counts', place, stated);
    return extension === '' ? {} : { format: extension };
  }
  return { format: formats.get(stated) ?? stated };
}

/**
 * The archive's own download address: it keeps the file's name, follows the archive's access rules, and stays when the
 * archive moves its storage. The archive cannot serve a Zarr (a folder) so; there it is the address in the bucket.
 */
function chooseUrl({ metadata, place, path }: Asset, report: ReportWriter): string | null {
  const urls = namesOf(metadata.contentUrl)
    .map(webAddress)
    .filter((url) => url !== null);
  const ofTheArchive = (url: string): boolean => /\/api\/assets\/[^/]+\/download\/?$/.test(url);
  const isZarr = textOf(metadata.encodingFormat) === 'application/x-zarr';
  const chosen = urls.find((url) => ofTheArchive(url) !== isZarr) ?? urls[0] ?? null;
  if (chosen === null) report.add('NOT_UNDERSTOOD', 'a file states no http, https or ftp address', place, path);
  return chosen;
}

function sizeOf(asset: JsonRecord, metadata: JsonRecord, place: Place, report: ReportWriter): number | null {
  const size = numberOf(asset.size) ?? numberOf(metadata.contentSize);
  if (size !== null && Number.isSafeInteger(size) && size >= 0) return size;
  report.add('NOT_UNDERSTOOD', 'a file’s size is not stated or is no number of bytes', place, textOf(asset.size));
  return null;
}

function notesOf(file: Asset, paths: ReadonlySet<string>, report: ReportWriter): string | null {
  const { path, metadata, place } = file;
  const companion = companionOf(path);
  const isExternal = companion !== null && paths.has(companion);
  if (isExternal && file.labels.session === null) {
    const message =
      'a file without a ses- label of its own, in the folder of another file: it is in the session of unlabelled files';
    report.add('DECIDED', message, place, path);
  }
  const sentences = [
    isExternal ? `External file of ${companion}.` : '',
    sentence('Approach', namesOf(metadata.approach)),
    sentence('Technique', namesOf(metadata.measurementTechnique)),
    sentence('Variables', namesOf(metadata.variableMeasured)),
  ];
  const notes = sentences.filter((text) => text !== '').join(' ');
  const extraFields = 'the session’s tags and extraFields';
  return notes === '' ? null : fit(notes, 'notes', { report, place, extraFields });
}

function sentence(label: string, names: string[]): string {
  return names.length === 0 ? '' : `${label}: ${names.join(', ')}.`;
}
