import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { ImportError } from '../import-error';
import { isRecord, type Json, type JsonRecord, numberOf } from '../json';
import { parseJson, readWhole } from '../json-file';
import { decodeText, explainReadFailure } from '../text';

const download =
  'Download every page of `/dandisets/<id>/versions/<version>/assets/?metadata=true`, each into a file `assets-<page>.json`.';

/** The pages of the archive's list of assets that are in a folder, in the order of their numbers. */
export async function assetPagesIn(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch((error: unknown) => explainReadFailure(folder, error));
  const order = new Intl.Collator('en', { numeric: true });
  return names
    .filter((name) => /^assets.*\.json$/.test(name))
    .sort((one, other) => order.compare(one, other))
    .map((name) => join(folder, name));
}

/** One asset of a page, or what is wrong with it, or with the page, and the file that it stands in. */
export interface PagedAsset {
  file: string;
  asset: (JsonRecord & { path: string }) | ImportError;
  isWhole?: boolean;
}

/**
 * Reads the pages as the archive's API gives them: `{"count": …, "results": [asset, …]}`. One that is none is handed over as its
 * fault, and so is that some are missing: where the pages together hold fewer assets than they count.
 */
export async function* readAssetPages(files: readonly string[]): AsyncGenerator<PagedAsset> {
  let read = 0;
  let counted = 0;
  for (const file of files) {
    const page = await pageOrFault(file);
    if (page instanceof ImportError) {
      yield { file, asset: page, isWhole: true };
      continue;
    }
    for (const [index, asset] of page.results.entries()) yield { file, asset: assetOf(asset, file, index) };
    read += page.results.length;
    counted = Math.max(counted, numberOf(page.count) ?? 0);
  }
  const file = files.at(-1);
  if (file === undefined || read >= counted) return;
  const what = `The pages hold ${read} assets, and count ${counted}.`;
  yield { file, asset: new ImportError({ file, what, remedy: `Some are missing. ${download}` }) };
}

async function pageOrFault(file: string): Promise<{ count: Json | undefined; results: Json[] } | ImportError> {
  try {
    return await readPage(file);
  } catch (error) {
    if (error instanceof ImportError) return error;
    throw error;
  }
}

async function readPage(file: string): Promise<{ count: Json | undefined; results: Json[] }> {
  const bytes = await readWhole(file);
  const page = parseJson(decodeText(bytes, file), file);
  if (isRecord(page) && Array.isArray(page.results)) return { count: page.count, results: page.results };
  throw new ImportError({ file, what: 'This is no page of assets: it has no list `results`.', remedy: download });
}

function assetOf(asset: Json, file: string, index: number): PagedAsset['asset'] {
  const path = isRecord(asset) ? asset.path : undefined;
  if (isRecord(asset) && typeof path === 'string' && path.trim() !== '')
    return { ...asset, path: path.trim().replace(/^\/+/, '') };
  return new ImportError({
    file,
    what: `The asset at place ${index + 1} of \`results\` has no path.`,
    remedy: download,
  });
}
