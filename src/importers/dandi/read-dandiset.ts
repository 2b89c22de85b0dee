import { basename, join } from 'node:path';
import { EntryTree } from '../entry-tree';
import { cleaned } from '../cleaning';
import { ImportError } from '../import-error';
import { isRecord, type JsonRecord, numberOf, recordsOf, textOf } from '../json';
import { type Place, type Report, ReportWriter } from '../report';
import type { SourceTree } from '../source-tree';
import type { Asset } from './acquisitions';
import { mapAssets } from './assets';
import { readAssetLines, sizeOfAssetList } from './asset-lines';
import { assetPagesIn, readAssetPages } from './asset-pages';
import { checkDandiset, readDandisetFile } from './dandiset-file';
import { labelsOf } from './labels';
import { mapProject, putDataStorage, storageKey } from './project';
import { assetLines, assetPages, reworded } from './reworded';

/** How far the reading of a set has come. */
export interface ReadProgress {
  assets: number;
  bytesRead: number;
  bytesTotal: number;
}

const linesBetweenProgress = 200;

/**
 * Reads a published DANDI set from a folder (`dandiset.json` or `dandiset.yaml`, and its assets, in `assets.jsonl` or in pages of
 * the archive's API, `assets-1.json` and so on) and maps it to a project with everything inside. A set without a list is a
 * project alone. Nothing is written,
 * nothing is fetched, and the same folder gives the same tree each time.
 *
 * Throws an ImportError, and gives nothing, for a folder that does not hold a whole and readable set. What is readable
 * but has no place in the tree, or needed a decision, is in the report.
 */
export async function readDandiset(
  folder: string,
  onProgress: (progress: ReadProgress) => void = () => {},
): Promise<{ tree: SourceTree; report: Report }> {
  const report = new ReportWriter(reworded);
  const file = await readDandisetFile(folder);
  const place = { file: file.name };
  for (const name of file.passedOver)
    report.add('DECIDED', `${file.name} is read, the other file is not`, { file: name });
  const dandiset = checkDandiset(cleaned(file.stated, report, place, file.path), file.path);
  report.ledger.noteAll(file.name, dandiset);
  const tree = new EntryTree(report);
  const source = mapProject(dandiset, place, tree);
  const { assets, hasList } = await readAssets(folder, report, onProgress);
  if (hasList) compareWithSummary(dandiset, assets, place, report);
  else report.add('DECIDED', 'the set comes without a list of its assets: a project alone', place);
  mapAssets(assets, storageKey(source), tree);
  if (tree.count('Session') > 0) putDataStorage(source, place, tree);
  report.countRead('files of the set', assets.length);
  return { tree: { source, isWhole: hasList, ...tree.finish() }, report: report.finish() };
}

/** Reads and sorts the files by path, so that "the first" means the same however the list is ordered. */
async function readAssets(
  folder: string,
  report: ReportWriter,
  onProgress: (progress: ReadProgress) => void,
): Promise<{ assets: Asset[]; hasList: boolean }> {
  const list = join(folder, 'assets.jsonl');
  const bytesTotal = await sizeOfAssetList(list);
  const pages = await assetPagesIn(folder);
  if (bytesTotal === null && pages.length === 0) return { assets: [], hasList: false };
  if (bytesTotal !== null)
    for (const page of pages)
      report.add('DECIDED', 'assets.jsonl is read, the pages are not', { file: basename(page) });
  const assets = new Map<string, Asset>();
  for await (const { asset: raw, file, line, bytesRead } of bytesTotal === null ? inPages(pages) : inLines(list)) {
    const place = { file: basename(file), ...(line !== undefined && { line }) };
    const known = assets.get(raw.path);
    if (known) {
      const first = known.place.line === undefined ? known.place.file : `line ${known.place.line}`;
      const what = `The path ${raw.path} is here for the second time (first in ${first}).`;
      const remedy = 'Paths in a set are unique; download the list again.';
      throw new ImportError({ file, line: line ?? null, what, remedy });
    }
    const kept = cleaned(raw, report, place, file);
    const asset = isRecord(kept) ? kept : {};
    report.ledger.noteAll(bytesTotal === null ? assetPages : assetLines, asset);
    assets.set(raw.path, { path: raw.path, labels: labelsOf(raw.path), place, ...described(asset, place, report) });
    if (assets.size % linesBetweenProgress === 0)
      onProgress({ assets: assets.size, bytesRead, bytesTotal: bytesTotal ?? 0 });
  }
  onProgress({ assets: assets.size, bytesRead: bytesTotal ?? 0, bytesTotal: bytesTotal ?? 0 });
  const sorted = [...assets.values()].sort((one, other) => (one.path < other.path ? -1 : 1));
  return { assets: sorted, hasList: true };
}

/** What the archive says of a file and what the file says of itself, also where the archive serves both as one. */
function described(asset: JsonRecord, place: Place, report: ReportWriter): Pick<Asset, 'asset' | 'metadata'> {
  if (isRecord(asset.metadata)) return { asset, metadata: asset.metadata };
  const ofFiles = ['schemaKey', 'contentUrl', 'encodingFormat', 'wasAttributedTo', 'contentSize'];
  if (ofFiles.some((key) => Object.hasOwn(asset, key))) return { asset: { path: asset.path ?? null }, metadata: asset };
  report.add('NOT_UNDERSTOOD', 'a file comes without metadata', place, textOf(asset.path));
  return { asset, metadata: {} };
}

/** An asset with where it stands, whatever the list is kept in. */
interface Listed {
  asset: JsonRecord & { path: string };
  file: string;
  line?: number;
  bytesRead: number;
}

async function* inLines(file: string): AsyncGenerator<Listed> {
  for await (const listed of readAssetLines(file)) yield { ...listed, file };
}

async function* inPages(files: readonly string[]): AsyncGenerator<Listed> {
  for await (const listed of readAssetPages(files)) yield { ...listed, bytesRead: 0 };
}

/** A list that was cut off between two lines reads well; only the summary's count gives it away. */
function compareWithSummary(dandiset: JsonRecord, assets: Asset[], place: Place, report: ReportWriter): void {
  const summary = recordsOf(dandiset.assetsSummary)[0] ?? {};
  const subjects = new Set(assets.map((asset) => asset.labels.subject).filter((label) => label !== null));
  const counted: [string, string, number][] = [
    ['numberOfFiles', 'files', assets.length],
    ['numberOfSubjects', 'subjects', subjects.size],
  ];
  for (const [key, what, count] of counted) {
    const stated = numberOf(summary[key]);
    if (stated === null || stated === count) continue;
    const message = `the set’s summary counts other ${what} than its list; the list counts (is it complete?)`;
    report.add('DECIDED', message, place, `${stated} stated, ${count} listed`);
  }
}
