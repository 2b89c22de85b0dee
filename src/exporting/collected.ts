import { importedTypes, type ImportedType } from '../importing/storing/types';
import { isOneOf, isWord, withinAttributes } from '../model/families';
import type { Exporting } from './export-project';

/** What is inside a project: all of it is exported. Of anything else, only what is referred to. */
export const contentTypes: ReadonlySet<ImportedType> = new Set(
  importedTypes.filter((type) => !isWord(type) && !isOneOf(withinAttributes, type)),
);

/** The ids of attributes and words that were referred to so far, and that the viewer may see. */
export class Collected {
  private readonly ids = new Map<ImportedType, Set<string>>();

  add(type: ImportedType, id: string): void {
    if (contentTypes.has(type)) return;
    this.ids.set(type, (this.ids.get(type) ?? new Set()).add(id));
  }

  of(type: ImportedType): string[] {
    return [...(this.ids.get(type) ?? [])];
  }

  /** A setup is exported with all its equipment: before it is read, every setup has to be known. */
  async before({ runner }: Exporting, type: ImportedType): Promise<void> {
    if (type !== 'Equipment') return;
    const rows = (await runner.query(
      `SELECT DISTINCT "setup_id" AS "id" FROM "equipment" WHERE "id" = ANY($1::uuid[])`,
      [this.of('Equipment')],
    )) as { id: string }[];
    for (const { id } of rows) this.add('Setup', id);
  }
}
