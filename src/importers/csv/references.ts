import { isTerm } from '../../model/families';
import { type NodeName, normalizeId, typeOfId } from '../../model/ids';
import { fieldName } from '../../model/names';
import { writableFields, type WritableField } from '../../tree/writable';
import { assumedChoices } from '../assumed-fields';
import type { EntryTree } from '../entry-tree';
import type { SpeciesRegister } from '../species-register';
import type { Reading } from '../spelled-values';
import { tableName } from './folder';
import type { RowKeys } from './row-keys';
import type { Row } from './rows';

/** Whether a term needs no row, since its name alone makes it. */
export function isMadeByName(type: NodeName): boolean {
  if (type === 'Species' || type === 'Strain') return true;
  const assumed = assumedChoices(type);
  const needed = writableFields(type).filter(({ isRequired, name }) => isRequired && !Object.hasOwn(assumed, name));
  return isTerm(type) && needed.every(({ name }) => name === 'name');
}

/** Finds what cells refer to: a row of the set, a shared term, or by its id what the server has. */
export class References {
  constructor(
    private readonly rows: RowKeys,
    private readonly tree: EntryTree,
    private readonly species: SpeciesRegister,
  ) {}

  /** The key of what a cell names. A strain that has no row is one of the species given. */
  keyOf(row: Row, field: WritableField, text: string, species: () => string): Reading<string> {
    const target = field.target!;
    const found = this.rows.find(target, text, row);
    if (found === 'SEVERAL') {
      const remedy = `Name it by its \`key\`, or by what it belongs to: \`Night 1/${text}\`.`;
      return { what: `Several rows of ${tableName(target)}.csv are called so.`, remedy };
    }
    if (found !== null) return { value: found.key };
    const id = normalizeId(text);
    if (id !== undefined && typeOfId(id) === target) return { value: this.tree.put(target, id, {}, row.place) };
    if (isMadeByName(target)) return { value: this.wordOf(target, text, row, species) };
    const remedy = 'Correct the name, or add the row.';
    return { what: `There is no such row in ${tableName(target)}.csv.`, remedy };
  }

  /** What stands for the species of a subject that states none. */
  unstatedSpecies({ place }: Row): string {
    return this.species.keyOf(null, place);
  }

  private wordOf(target: NodeName, name: string, row: Row, species: () => string): string {
    if (target === 'Species') return this.species.keyOf(name, row.place);
    if (target === 'Strain') return this.species.strainKeyOf(name, species(), row.place);
    const key = `${fieldName(target)}:${name.toLowerCase()}`;
    return this.tree.has(key) ? key : this.tree.put(target, key, { name }, row.place, assumedChoices(target));
  }
}
