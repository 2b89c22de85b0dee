import type { Dirent } from 'node:fs';
import { lstat, readdir, readFile, readlink, realpath, stat } from 'node:fs/promises';
import { join, sep } from 'node:path';
import ignore from 'ignore';
import { contentNotHere, sizeInKey, sizeInPointer } from '../pointers';
import { codeOf, decodeText, explainReadFailure } from '../text';
import { ImportError } from '../import-error';
import type { ReportWriter } from '../report';

/** Something that a set holds: a file, or a folder that is one recording (`…_meg.ds`, `….ome.zarr`). */
export interface SetFile {
  /** Within the set, with `/`. */
  path: string;
  absolute: string;
  /** Null for a folder and for a file whose content is not here, unless what stands for it tells its size. */
  size: number | null;
  /** False for a folder, and for a link whose target is missing or lies outside of the set. */
  isReadable: boolean;
}

/** Files without an ending, in the set's own folder. */
const texts = ['README', 'CHANGES'];

/** Folders that BIDS keeps apart from the raw data. */
const notRawData = ['code', 'logs', 'sourcedata', 'stimuli'];

/**
 * Everything that a set holds, sorted by path. Hidden files and folders are passed over, as BIDS says. A link is followed
 * only to a file within the set (this is how git-annex keeps content); any other is a name without content.
 */
export async function listFiles(folder: string, report: ReportWriter): Promise<SetFile[]> {
  const isFolder = await stat(folder).catch((error: unknown) => explainReadFailure(folder, error));
  if (!isFolder.isDirectory()) {
    const remedy = 'Give the folder of a BIDS set: the one that holds its dataset_description.json.';
    throw new ImportError({ file: folder, what: 'This is not a folder.', remedy });
  }
  const walk = new Walk(folder, await realpath(folder), report);
  await walk.enter('');
  const ignored = await ignoredBy(join(folder, '.bidsignore'));
  const kept = walk.files.filter(({ path }) => {
    if (ignored(path)) report.leave('what .bidsignore names', null, path);
    return !ignored(path);
  });
  return kept.sort((one, other) => (one.path < other.path ? -1 : 1));
}

/** What `.bidsignore` names, in the manner of `.gitignore`. Throws an ImportError where it cannot be read: what it names would come in. */
async function ignoredBy(file: string): Promise<(path: string) => boolean> {
  const found = await lstat(file).catch((error: unknown) =>
    codeOf(error) === 'ENOENT' ? null : explainReadFailure(file, error),
  );
  if (found === null) return () => false;
  const content = await readFile(file).catch((error: unknown) =>
    codeOf(error) === 'ENOENT' ? null : explainReadFailure(file, error),
  );
  if (content === null || (await sizeInPointer(file, content.length)) !== undefined) throw contentNotHere(file);
  const rules = ignore().add(decodeText(content, file));
  return (path) => rules.ignores(path);
}

class Walk {
  readonly files: SetFile[] = [];

  constructor(
    private readonly root: string,
    private readonly realRoot: string,
    private readonly report: ReportWriter,
  ) {}

  async enter(within: string): Promise<void> {
    const here = join(this.root, within);
    const entries = await readdir(here, { withFileTypes: true }).catch((error: unknown) =>
      explainReadFailure(here, error),
    );
    for (const entry of entries.filter(({ name }) => !name.startsWith('.'))) await this.take(entry, within);
  }

  private async take(entry: Dirent, within: string): Promise<void> {
    const path = within === '' ? entry.name : `${within}/${entry.name}`;
    const absolute = join(this.root, path);
    if (entry.isSymbolicLink()) await this.takeLink(path, absolute);
    else if (entry.isFile()) await this.takeFile(path, absolute);
    else if (!entry.isDirectory()) this.leave('something that is neither a file nor a folder', path);
    else if (within === '' && notRawData.includes(entry.name)) this.report.leave(`${path}/`, null, path);
    else if (/^derivatives\/[^/]+$/.test(path)) await this.takeDerivatives(path);
    else if (entry.name.includes('.') || (within === '' && texts.includes(entry.name)))
      this.files.push({ path, absolute, size: null, isReadable: false });
    else await this.enter(path);
  }

  /** Of what was computed from the set only what says what it is; there may be more files than of the set itself. */
  private async takeDerivatives(path: string): Promise<void> {
    this.report.leave(`${path}/`, null, path);
    const entries = await readdir(join(this.root, path), { withFileTypes: true });
    const description = entries.find(({ name }) => name === 'dataset_description.json');
    if (description) await this.take(description, path);
  }

  /** A small file may stand for a large one whose content is elsewhere. */
  private async takeFile(path: string, absolute: string): Promise<void> {
    const size = await sizeOf(absolute);
    const pointed = await sizeInPointer(absolute, size);
    if (pointed !== undefined) this.leave('a pointer to content that is not here: its size is what it says', path);
    this.files.push({
      path,
      absolute,
      size: pointed === undefined ? size : pointed,
      isReadable: pointed === undefined,
    });
  }

  private async takeLink(path: string, absolute: string): Promise<void> {
    const target = await realpath(absolute).catch(() => null);
    const isInside = target !== null && target.startsWith(this.realRoot + sep);
    const found = isInside ? await stat(target) : null;
    if (target === null) this.leave('a link to a file that is not here: its name counts, its content is unknown', path);
    else if (!isInside) this.leave('a link that leads out of the set is not followed: only its name counts', path);
    else if (!found?.isFile()) return this.leave('a link to a folder is not followed', path);
    const size = found?.size ?? (target === null ? sizeInKey(await readlink(absolute)) : null);
    this.files.push({ path, absolute, size, isReadable: found !== null });
  }

  private leave(message: string, path: string): void {
    this.report.add('NOT_IMPORTED', message, { file: path }, path);
  }
}

async function sizeOf(absolute: string): Promise<number> {
  return (await stat(absolute).catch((error: unknown) => explainReadFailure(absolute, error))).size;
}
