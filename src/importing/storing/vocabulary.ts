import type { EntityManager } from 'typeorm';
import { newId, type NodeName } from '../../model/ids';
import { classOf } from '../../model/node';
import type { ProjectTree, PublicationEntry, SpeciesEntry } from '../tree';
import type { Keys } from './rows';

type Word = { id: string; name: string };

/**
 * Finds the shared words that a tree needs among the approved, and adds what is missing. What an operator imports is
 * approved by that: the operator answers for the server's vocabulary.
 */
export async function storeVocabulary(manager: EntityManager, tree: ProjectTree, keys: Keys): Promise<number> {
  const species = await storeWords(manager, 'Species', tree.species, keys, () => ({}));
  const strains = await storeWords(manager, 'Strain', tree.strains, keys, (entry) => ({
    speciesId: keys.get(entry.species)!,
  }));
  const publications = await storePublications(manager, tree.project.publications, keys);
  return species + strains + publications;
}

/** Words are matched by name; what is stored already stays as it is. Returns how many were added. */
async function storeWords<T extends SpeciesEntry>(
  manager: EntityManager,
  type: NodeName,
  entries: readonly T[],
  keys: Keys,
  further: (entry: T) => Record<string, unknown>,
): Promise<number> {
  if (entries.length === 0) return 0;
  const repository = manager.getRepository<Word>(classOf(type));
  const stored = await repository
    .createQueryBuilder('word')
    .where('word.isApproved AND lower(word.name) IN (:...names)', {
      names: entries.map(({ name }) => name.toLowerCase()),
    })
    .getMany();
  const known = new Map(stored.map((word) => [word.name.toLowerCase(), word.id]));
  const missing: Record<string, unknown>[] = [];
  for (const entry of entries) {
    const name = entry.name.toLowerCase();
    const id = known.get(name) ?? newId(type);
    keys.set(entry.key, id);
    if (known.has(name)) continue;
    known.set(name, id);
    const { rrid, externalIdentifiers } = entry;
    missing.push({ id, name: entry.name, rrid, externalIdentifiers, isApproved: true, ...further(entry) });
  }
  if (missing.length > 0) await repository.insert(missing);
  return missing.length;
}

/** Publications are matched by DOI, else by address, else by title. Returns how many were added. */
async function storePublications(
  manager: EntityManager,
  entries: readonly PublicationEntry[],
  keys: Keys,
): Promise<number> {
  let added = 0;
  for (const { key, title, authors, doi, url } of entries) {
    const [column, value] = doi ? ['doi', doi] : url ? ['url', url] : ['title', title];
    const repository = manager.getRepository<Word>(classOf('Publication'));
    const stored = await repository.findOneBy({ [column]: value, isApproved: true } as never);
    const id = stored?.id ?? newId('Publication');
    keys.set(key, id);
    if (stored) continue;
    await repository.insert({ id, title, authors, doi, url, isApproved: true } as never);
    added += 1;
  }
  return added;
}
