/**
 * What a path in a DANDI set says about its file. Paths are composed of labels (`sub-A_ses-B_…`), as `dandi organize`
 * and BIDS write them.
 */
export interface PathLabels {
  /** The `sub-` label; null for a file that belongs to no subject. */
  subject: string | null;
  /** The `ses-` label; null where the path has none that counts. */
  session: string | null;
  /** The kinds of data that the file name ends in (`behavior+ecephys` gives two); empty where it has no such ending. */
  modalities: string[];
  /** The end of the file name from the last dot, in lower case: `.nwb`; `.gz` counts with what precedes it. */
  extension: string;
}

/**
 * Reads the labels of a path. The subject's label is the first in the path. The session's label is that of the file
 * name, else that of a folder called `ses-…`.
 *
 * A folder that is named after a whole file (`sub-A_ses-B_image/…_external_file_0.avi`) gives its files a subject but
 * no session: this is how the counts of published sets are made. Where such a file belongs is said by `companionOf`.
 */
export function labelsOf(path: string): PathLabels {
  const folders = path.split('/');
  const file = folders.pop() ?? '';
  const stem = file.split('.')[0] ?? '';
  const ending = stem.split('_').at(-1) ?? '';
  return {
    subject: path.match(/(?:^|[/_])sub-([^/_.]+)/)?.[1] ?? null,
    session: labelIn(file, 'ses') ?? firstFound(folders, (folder) => folder.match(/^ses-([^/_.]+)$/)?.[1]),
    modalities: /^[A-Za-z0-9]+(\+[A-Za-z0-9]+)*$/.test(ending) ? ending.split('+') : [],
    extension: file.match(/\.[A-Za-z0-9]+(?:\.gz)?$/)?.[0].toLowerCase() ?? '',
  };
}

/** Whether the folders and the name of a path disagree about the subject. */
export function hasTwoSubjects(path: string): boolean {
  const labels = [...path.matchAll(/(?:^|[/_])sub-([^/_.]+)/g)].map((found) => found[1]);
  return new Set(labels).size > 1;
}

/**
 * The path of the NWB file whose external file this would be: `dandi organize` puts the videos that `A.nwb` refers to
 * into the folder `A`. Null for a path without a folder.
 */
export function companionOf(path: string): string | null {
  const folder = path.slice(0, path.lastIndexOf('/'));
  return path.includes('/') ? `${folder}.nwb` : null;
}

function labelIn(file: string, entity: string): string | null {
  return file.match(new RegExp(`(?:^|_)${entity}-([^/_.]+)`))?.[1] ?? null;
}

function firstFound<T, R>(values: T[], find: (value: T) => R | undefined): R | null {
  for (const value of values) {
    const found = find(value);
    if (found !== undefined) return found;
  }
  return null;
}
