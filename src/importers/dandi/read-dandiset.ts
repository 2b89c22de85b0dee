import { basename, join } from 'node:path';
import { EntryTree } from '../entry-tree';
import { cleaned } from '../cleaning';
import { type JsonRecord, numberOf, recordsOf } from '../json';
import { type Place, type Report, ReportWriter } from '../report';
import type { SourceTree } from '../source-tree';
import { ImportError } from '../import-error';
import type { Asset } from './acquisitions';
import { AssetReader, type Listed } from './asset-reader';
import { mapAssets } from './assets';
import { readAssetLines, sizeOfAssetList } from './asset-lines';
import { assetPagesIn, readAssetPages } from './asset-pages';
import { checkDandiset, readDandisetFile } from './dandiset-file';
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
 * Throws an ImportError, and gives nothing, for a folder of which it cannot be read what set it holds, or not one file of its list;
 * an entry of that or a page that is faulty is left out alone, which the report says first. What is readable but has no place in
 * the tree, or needed a decision, is in the report, too.
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
  if (file.fault) report.leaveOut(file.fault, basename(file.fault.file), true);
  const { assets, list, areAll } = await readAssets(folder, report, onProgress);
  if (list !== null) compareWithSummary(dandiset, assets, { list, place, report });
  const hasList = assets.length > 0;
  if (!hasList) report.add('DECIDED', 'the set comes without a list of its assets: a project alone', place);
  mapAssets(assets, storageKey(source), tree);
  if (tree.count('Session') > 0) putDataStorage(source, place, tree);
  report.countRead('files of the set', assets.length);
  const made: SourceTree = { source, isWhole: hasList, ...tree.finish() };
  // What of a subject or session its files do not agree about is that of the first of them.
  if (file.fault || !areAll) made.mayMiss = ({ type }) => file.fault !== null || type !== 'Project';
  return { tree: made, report: report.finish() };
}

interface Assets {
  assets: Asset[];
  /** The file of the list, or the first of it; null where there is none. */
  list: string | null;
  /** False where some of the list are left out. */
  areAll: boolean;
}

/** Reads and sorts the files by path, so that "the first" means the same however the list is ordered. */
async function readAssets(
  folder: string,
  report: ReportWriter,
  onProgress: (progress: ReadProgress) => void,
): Promise<Assets> {
  const list = join(folder, 'assets.jsonl');
  const bytesTotal = await sizeOfAssetList(list);
  const pages = await assetPagesIn(folder);
  if (bytesTotal === null && pages.length === 0) return { assets: [], list: null, areAll: true };
  if (bytesTotal !== null)
    for (const page of pages)
      report.add('DECIDED', 'assets.jsonl is read, the pages are not', { file: basename(page) });
  const read = new AssetReader(report, bytesTotal === null ? assetPages : assetLines);
  for await (const listed of bytesTotal === null ? inPages(pages) : inLines(list)) {
    read.add(listed);
    if (read.count % linesBetweenProgress === 0)
      onProgress({ assets: read.count, bytesRead: listed.bytesRead, bytesTotal: bytesTotal ?? 0 });
  }
  onProgress({ assets: read.count, bytesRead: bytesTotal ?? 0, bytesTotal: bytesTotal ?? 0 });
  const { assets, areAll } = read.finish();
  return { assets, areAll, list: bytesTotal === null ? pages[0]! : list };
}

async function* inLines(file: string): AsyncGenerator<Listed> {
  for await (const listed of readAssetLines(file)) yield { ...listed, file };
}

async function* inPages(files: readonly string[]): AsyncGenerator<Listed> {
  for await (const listed of readAssetPages(files)) yield { ...listed, bytesRead: 0 };
}

/** A list that was cut off between two lines reads well; only the summary's count gives it away. */
function compareWithSummary(
  dandiset: JsonRecord,
  assets: Asset[],
  { list, place, report }: { list: string; place: Place; report: ReportWriter },
): void {
  const summary = recordsOf(dandiset.assetsSummary)[0] ?? {};
  const subjects = new Set(assets.map((asset) => asset.labels.subject).filter((label) => label !== null));
  const counted: [string, string, number][] = [
    ['numberOfFiles', 'files', assets.length],
    ['numberOfSubjects', 'subjects', subjects.size],
  ];
  if (assets.length === 0 && numberOf(summary[counted[0]![0]])) {
    const what = 'The list is empty, though the set has files by its summary.';
    throw new ImportError({ file: list, what, remedy: 'Download the list again.' });
  }
  for (const [key, what, count] of counted) {
    const stated = numberOf(summary[key]);
    if (stated === null || stated === count) continue;
    const message = `the set’s summary counts other ${what} than its list; the list counts (is it complete?)`;
    report.add('DECIDED', message, place, `${stated} stated, ${count} listed`);
  }
}
