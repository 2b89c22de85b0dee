import { lstat, readFile, stat } from 'node:fs/promises';
import { ImportError } from './import-error';

/** In bytes: what stands for a file is not larger. */
const largestPointer = 512;

/**
 * The size of the file that a small file only stands for, as git-annex and Git LFS leave it where content was not fetched;
 * null where the pointer does not tell it, undefined where the file is none.
 */
export async function sizeInPointer(path: string, size: number): Promise<number | null | undefined> {
  if (size === 0 || size > largestPointer) return undefined;
  const text = await readFile(path, 'latin1').catch(() => '');
  if (/^(?:\.\.\/)*(?:\.git)?\/annex\/objects\/[A-Z0-9]+-/.test(text)) return sizeInKey(text);
  const lfs = /^version https:\/\/git-lfs\.github\.com\/spec\/v1\n[^]*\bsize (\d+)/.exec(text);
  return lfs ? Number(lfs[1]) : undefined;
}

/** The size in a key of git-annex (`…/MD5E-s7654321--…`); null where it states none. */
export function sizeInKey(target: string): number | null {
  const size = /\/[A-Z0-9]+-s(\d+)(?:-|$)/.exec(target)?.[1];
  return size === undefined ? null : Number(size);
}

/** Absent states nothing; what is there and cannot be read would be stated as if it were absent. */
export function contentNotHere(file: string): ImportError {
  const what = 'The content of this file is not here: it is a link or a pointer to it, or a folder.';
  const remedy = 'Get it first (git annex get, datalad get, git lfs pull), or remove the file.';
  return new ImportError({ file, what, remedy });
}

/** Throws an ImportError for a link to nothing, and for a file that only stands for another. Nothing at all is for others to tell. */
export async function refusePointer(path: string): Promise<void> {
  const found = await stat(path).catch(() => null);
  const isLinkToNothing = found === null && (await lstat(path).catch(() => null)) !== null;
  if (isLinkToNothing || (found?.isFile() && (await sizeInPointer(path, found.size)) !== undefined))
    throw contentNotHere(path);
}
