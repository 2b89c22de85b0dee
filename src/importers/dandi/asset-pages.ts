import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { ImportError } from '../import-error';
import { isRecord, type Json, type JsonRecord } from '../json';
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

/** One asset of a page, and the file that it stands in. */
export interface PagedAsset {
  file: string;
  asset: JsonRecord & { path: string };
}

/**
 * Reads the pages as the archive's API gives them: `{"count": …, "results": [asset, …]}`. Throws an ImportError for one
 * that is none, and where the pages together hold fewer or more assets than they count.
 */
export async function* readAssetPages(files: readonly string[]): AsyncGenerator<PagedAsset> {
  let read = 0;
  for (const file of files) {
    const { count, results } = await readPage(file);
    for (const [index, asset] of results.entries()) yield { file, asset: assetOf(asset, file, index) };
    read += results.length;
    const isLast = file === files.at(-1);
    if (typeof count === 'number' && (isLast ? read !== count : read > count)) {
      const what = `The pages hold ${read} assets, and count ${count}.`;
      throw new ImportError({ file, what, remedy: `Some are missing or here twice. ${download}` });
    }
  }
}

async function readPage(file: string): Promise<{ count: Json | undefined; results: Json[] }> {
  const bytes = await readWhole(file);
  const page = parseJson(decodeText(bytes, file), file);
  if (isRecord(page) && Array.isArray(page.results)) return { count: page.count, results: page.results };
  throw new ImportError({ file, what: 'This is no page of assets: it has no list `results`.', remedy: download });
}

function assetOf(asset: Json, file: string, index: number): JsonRecord & { path: string } {
  const path = isRecord(asset) ? asset.path : undefined;
  if (isRecord(asset) && typeof path === 'string' && path.trim() !== '')
    return { ...asset, path: path.trim().replace(/^\/+/, '') };
  throw new ImportError({
    file,
    what: `The asset at place ${index + 1} of \`results\` has no path.`,
    remedy: download,
  });
}
