import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Entry } from '../../src/tree/entry';
import { readDandiset } from '../../src/importers/dandi/read-dandiset';
import { ImportError } from '../../src/importers/import-error';
import type { Finding, Report } from '../../src/importers/report';
import type { SourceTree } from '../../src/importers/source-tree';

/** The folder of a set made up for these tests. */
export const fixture = (name: string): string => join(__dirname, 'fixtures', name);

const made: string[] = [];

/** A new folder with the files given; `removeFolders` deletes it. */
export function folderOf(files: Record<string, string | Uint8Array>): string {
  const folder = mkdtempSync(join(tmpdir(), 'stemgraph-import-'));
  made.push(folder);
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
  return folder;
}

export function removeFolders(): void {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true });
}

/** A set's description that has what every set must have, and what is given. */
export function dandisetWith(fields: object = {}): string {
  return JSON.stringify({ identifier: 'DANDI:999903', name: 'Small set', ...fields });
}

/** The error that reading a folder ends in; fails where reading succeeds or fails otherwise. */
export async function refusal(
  folder: string,
  read: (folder: string) => Promise<unknown> = readDandiset,
): Promise<ImportError> {
  const outcome: unknown = await read(folder).catch((error: unknown) => error);
  if (!(outcome instanceof ImportError)) throw new Error('expected an ImportError', { cause: outcome });
  return outcome;
}

/** The one finding whose message contains the text. */
export function finding(report: Report, text: string): Finding {
  const found = report.findings.filter(({ message }) => message.includes(text));
  expect(found.map(({ message }) => message)).toHaveLength(1);
  return found[0]!;
}

/** The entry of a key; fails where there is none or more than one. */
export function entry<T extends { key: string }>(entries: T[], key: string): T {
  const found = entries.filter((candidate) => candidate.key === key);
  if (found.length !== 1) throw new Error(`${found.length} entries have the key ${key}`);
  return found[0]!;
}

/** An entry, as tests read it: what is not stated is undefined. */
export type Made = Entry & {
  [text in 'name' | 'description' | 'license' | 'startedAt' | 'age' | 'sex' | 'genotype' | 'orcid' | 'doi']: string;
} & {
  [text in 'title' | 'identifier' | 'nameUsedInStorage' | 'fileName' | 'fileUrl' | 'notes' | 'moduleType']: string;
} & {
  [key in 'species' | 'strain' | 'session' | 'rrid']: string;
} & { [list in 'tags' | 'roles' | 'subjects' | 'publications']: string[] } & {
  fileSizeBytes: number;
  extraFields: Record<string, string | number>;
  repositoryLinks: { repository: string; url: string }[];
  funding: { funder: string; awardNumber: string }[];
};

/** The entries of a tree by what they are of. */
export function madeOf({
  entries,
}: SourceTree): Record<
  'projects' | 'species' | 'strains' | 'subjects' | 'sessions' | 'dataAcquisitions' | 'dataStorages',
  Made[]
> &
  Record<'contributors' | 'publications' | 'protocols', Made[]> & { project: Made } {
  const of = (type: Entry['type']): Made[] => entries.filter((one): one is Made => one.type === type);
  return {
    ...{ projects: of('Project'), project: of('Project')[0]!, species: of('Species'), strains: of('Strain') },
    ...{ subjects: of('Subject'), sessions: of('Session'), dataAcquisitions: of('DataAcquisition') },
    ...{ dataStorages: of('DataStorage'), protocols: of('DataStorageProtocol') },
    ...{ contributors: of('Contributor'), publications: of('Publication') },
  };
}

/**
 * Real published sets, counted beforehand by somebody else. They are not part of this project: STEMGRAPH_CORPUS says where
 * they lie. Without them what tests them is skipped, loudly; STEMGRAPH_LONG_TESTS asks for all of it.
 */
export const corpus = process.env['STEMGRAPH_CORPUS'] ?? join(__dirname, '../../../shared/data/corpus');
export const isLong = process.env['STEMGRAPH_LONG_TESTS'] !== undefined;
const manifest = join(corpus, 'manifest.json');
const isHere = existsSync(manifest);
export const describeCorpus = isHere ? describe : describe.skip;

/** To be called once in a file: jest shows nothing of what is skipped. */
export function tellWhereCorpusIs(): void {
  it('the corpus is here, or the output says that nothing was tested against it', () => {
    if (!isHere) console.warn(`NOT TESTED on real sets: there is no ${manifest}. Set STEMGRAPH_CORPUS to the corpus.`);
  });
}

/** What the manifest says of a set. */
export interface CountedSet {
  folder: string;
  name: string;
  assets?: number;
  subjects?: number;
  sessions?: number;
}

/** The sets of a source, in the order of the manifest; none where the corpus is not here. */
export function countedSets(source: 'dandi' | 'bids'): CountedSet[] {
  const all = isHere ? (JSON.parse(readFileSync(manifest, 'utf8')) as CountedSet[]) : [];
  return all.filter(({ folder }) => folder.startsWith(`${source}/`));
}

/** The JSON files of a folder of the corpus; none where it is not here. */
export function corpusFiles(folder: string): string[] {
  return isHere ? readdirSync(join(corpus, folder)).filter((name) => name.endsWith('.json')) : [];
}
