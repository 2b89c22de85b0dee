/** What the path of a file in a BIDS set says: `sub-01/ses-a/eeg/sub-01_ses-a_task-rest_eeg.vhdr`. */
export interface BidsName {
  path: string;
  /** The folder that the file lies in; empty for the set's own. */
  folder: string;
  /** The path without its extension: what the files of one recording have in common. */
  stem: string;
  /** The key-label pairs of the file's name: `task` → `rest`. */
  entities: ReadonlyMap<string, string>;
  /** The last part of the name: `eeg`. */
  suffix: string;
  /** From the first dot on, in lower case: `.nii.gz`. */
  extension: string;
  /** The labels; null where neither the name nor a folder has one. */
  subject: string | null;
  session: string | null;
}

/** Reads the name of a path. The folders' labels count, then those of the file itself. */
export function nameOf(path: string): BidsName {
  const at = path.lastIndexOf('/');
  const folder = at === -1 ? '' : path.slice(0, at);
  const file = path.slice(at + 1);
  const dot = file.indexOf('.');
  const [bare, extension] = dot === -1 ? [file, ''] : [file.slice(0, dot), file.slice(dot).toLowerCase()];
  const parts = bare.split('_');
  const pairs = parts
    .filter((part) => part.includes('-'))
    .map((part): [string, string] => [part.slice(0, part.indexOf('-')), part.slice(part.indexOf('-') + 1)]);
  const entities = new Map(pairs);
  const last = parts.at(-1) ?? '';
  return {
    ...{ path, folder, entities, extension },
    stem: folder === '' ? bare : `${folder}/${bare}`,
    suffix: last.includes('-') ? '' : last,
    subject: folder.match(/(?:^|\/)sub-([^/]+)/)?.[1] ?? entities.get('sub') ?? null,
    session: folder.match(/(?:^|\/)ses-([^/]+)/)?.[1] ?? entities.get('ses') ?? null,
  };
}

/** Whether the folders and the name of a file disagree about its subject or session; the folders count. */
export function disagrees({ entities, subject, session }: BidsName): boolean {
  return (entities.get('sub') ?? subject) !== subject || (entities.get('ses') ?? session) !== session;
}

/** What tells a recording apart from others of its session: `task-rest_run-1`; the suffix where nothing does. */
export function withinSession({ entities, suffix }: BidsName): string {
  const parts = [...entities]
    .filter(([key]) => key !== 'sub' && key !== 'ses')
    .map(([key, label]) => `${key}-${label}`);
  return parts.length === 0 ? suffix : parts.join('_');
}

/**
 * Whether a file of metadata applies to another file by BIDS' inheritance principle: it lies in the same folder or above,
 * and its name has no label that the other one lacks. (The suffix is for the caller to compare.)
 */
export function appliesTo(metadata: BidsName, file: BidsName): boolean {
  const isAbove = metadata.folder === '' || `${file.folder}/`.startsWith(`${metadata.folder}/`);
  return isAbove && [...metadata.entities].every(([key, label]) => labelOf(file, key) === label);
}

function labelOf(file: BidsName, key: string): string | null | undefined {
  if (key === 'sub') return file.subject;
  return key === 'ses' ? file.session : file.entities.get(key);
}

/** From the most general to the most particular: the deeper folder, then the longer name, says more. */
export function byParticularity(one: BidsName, other: BidsName): number {
  return (
    one.folder.length - other.folder.length ||
    one.entities.size - other.entities.size ||
    (one.path < other.path ? -1 : 1)
  );
}

/** What the report calls files of a kind: `participants.tsv`, `*_electrodes.tsv` for those of any subject. */
export function kindOf(path: string): string {
  const { folder, suffix, extension, entities } = nameOf(path);
  return entities.size === 0 && folder === '' ? path : `*_${suffix}${extension}`;
}

/** Whether a text may be the label of a subject or session: part of a path, and of a name between its signs. */
export function isLabel(text: string): boolean {
  return /^[^\s/\\_]+$/.test(text) && !/^\.+$/.test(text);
}
