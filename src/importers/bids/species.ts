import { type JsonRecord, listOf, textOf } from '../json';
import { speciesMentionedIn, speciesOfSpelling } from '../vocabulary';
import type { SetDescription } from './project';
import type { Table } from './tables';

/** What columns are called of an animal before what they say of it: `rat_strain`, `animal_sex`. */
export const animalPrefix = /^(rat|mouse|mice|monkey|macaque|marmoset|ferret|zebrafish|animal)_/i;

/**
 * The species of subjects of which no cell states one, by what columns, name and README of a set say; null where they name
 * none, or several: then it is not stated. BIDS takes human for granted; a set of rats without the column would be wrong.
 */
export function assumedSpecies(
  { table }: { table: Table | null },
  { fields }: SetDescription,
  /** Null where it cannot be read: it may say otherwise than the name. */
  readme: string | null,
): { name: string; by: string } | null {
  for (const column of table?.columns ?? []) {
    const named = speciesOfSpelling(animalPrefix.exec(column)?.[1]?.toLowerCase() ?? '');
    if (named) return { name: named.name, by: `the column ${column}` };
  }
  const hasAnimals = table?.columns.some((column) => /strain|genotype|breed/i.test(column)) ?? false;
  if (readme === null) return null;
  const told = [...inWords.flatMap((field) => textsIn(fields[field])), readme].join('\n');
  const mentioned = speciesMentionedIn(told, hasAnimals).filter((name) => !hasAnimals || name !== 'Homo sapiens');
  return mentioned.length === 1 ? { name: mentioned[0]!, by: 'the set’s description or README' } : null;
}

/** Where a description says in words what the set is about. */
const inWords = ['Name', 'Keywords', 'Description', 'Species', 'Organism'];

const textsIn = (value: JsonRecord[string] | undefined): string[] => listOf(value).flatMap((one) => textOf(one) ?? []);
