import type { Entry } from '../tree/entry';
import type { SourceTree } from './source-tree';

/**
 * Why what is stored under the identifier of a set seems to be of another one; null where nothing speaks for that. Two sets may bear
 * the DOI of one paper, and two laboratories may call their projects alike.
 */
export function signOfAnother({ source, entries }: SourceTree, stored: readonly Entry[]): string | null {
  const [own, known] = [entries, stored].map((some) => some.find(({ type }) => type === 'Project'));
  if (source.kind === 'AIND')
    return areApart(institutionsOf(own), institutionsOf(known)) ? 'it is of another institution' : null;
  const isOther = source.kind === 'BIDS' && own?.['name'] !== known?.['name'];
  return isOther && areApart(filesOf(entries), filesOf(stored)) ? 'none of the files in it is in this set' : null;
}

/** Whether both state something, and nothing is in both. */
function areApart(some: readonly string[], others: readonly string[]): boolean {
  const known = new Set(others);
  return some.length > 0 && known.size > 0 && !some.some((one) => known.has(one));
}

function institutionsOf(project: Entry | undefined): string[] {
  const { institution } = (project?.['extraFields'] ?? {}) as Record<string, unknown>;
  return typeof institution === 'string' ? institution.toLowerCase().split('\n') : [];
}

const filesOf = (entries: readonly Entry[]): string[] =>
  entries.flatMap(({ type, fileName }) => (type === 'DataAcquisition' && typeof fileName === 'string' ? fileName : []));
