import { In, type EntityManager } from 'typeorm';
import { classOf } from '../model/node';
import type { WholeRow } from './agreement';
import { changeOf } from './changes';
import { storedRows, type Stored } from './rows';
import type { WritableType } from './shape';

/** What is being written of an object. */
export interface Given {
  id: string;
  columns: Readonly<Record<string, unknown>>;
}

/** What is written together with the object that is asked about. */
export interface Beside {
  /** What is given of some objects of a type; those that nothing is given of are left out. */
  find(type: WritableType, ids: readonly string[]): Promise<readonly Given[]>;
  /** What is given of those to which one of these texts is given in a field. */
  naming(type: WritableType, field: string, texts: readonly string[]): Promise<readonly Given[]>;
}

/** Nothing else is written. */
export const alone: Beside = { find: () => Promise.resolve([]), naming: () => Promise.resolve([]) };

/** Other objects as they will be: as they are stored, and as they are written in the same transaction. */
export class Others {
  constructor(
    private readonly manager: EntityManager,
    readonly beside: Beside,
  ) {}

  /** Some objects of a type by id; what is neither stored nor written is left out. */
  async byId(type: WritableType, ids: readonly unknown[]): Promise<Map<string, WholeRow>> {
    const wanted = [...new Set(ids.filter((id): id is string => typeof id === 'string'))];
    return this.overlaid(type, wanted, await storedRows(this.manager, type, wanted));
  }

  /** What is stored of a type and belongs to one of some others, by the column that names these. */
  async within(type: WritableType, column: string, ids: readonly string[]): Promise<WholeRow[]> {
    const rows = await this.manager.getRepository<Stored>(classOf(type)).findBy({ [column]: In([...ids]) });
    const stored = new Map(rows.map((row) => [row.id, row]));
    return [...(await this.overlaid(type, [...stored.keys()], stored)).values()];
  }

  private async overlaid(
    type: WritableType,
    ids: readonly string[],
    stored: ReadonlyMap<string, Stored>,
  ): Promise<Map<string, WholeRow>> {
    const rows = new Map<string, WholeRow>(stored);
    for (const { id, columns } of ids.length === 0 ? [] : await this.beside.find(type, ids))
      rows.set(id, changeOf(type, { id, before: stored.get(id), columns }).row);
    return rows;
  }
}
