import { contentTypes, type ImportedType } from '../importing/storing/types';
import { isOneOf, isShared, withinAttributes, type SharedType } from '../model/families';
import type { Exporting } from './exporting';

/** The ids of attributes and terms that were referred to so far and that the viewer may see; and what is exported. */
export class Collected {
  private readonly ids = new Map<ImportedType, Set<string>>();
  private readonly exported: Record<SharedType, string[]> = { Subject: [], Session: [] };

  add(type: ImportedType, id: string): void {
    if (contentTypes.has(type)) return;
    this.ids.set(type, (this.ids.get(type) ?? new Set()).add(id));
  }

  of(type: ImportedType): string[] {
    return [...(this.ids.get(type) ?? [])];
  }

  /** Notes what has been exported, as far as it can be taken back by itself. */
  exports(type: ImportedType, ids: readonly string[]): void {
    if (isShared(type)) for (const id of ids) this.exported[type].push(id);
    if (isOneOf(withinAttributes, type)) for (const id of ids) this.add(type, id);
  }

  /** The subjects or sessions that were exported so far. */
  inside(type: SharedType): readonly string[] {
    return this.exported[type];
  }

  /** The attributes that were referred to so far, with what is exported of what is in them. */
  attributes(): { type: ImportedType; id: string }[] {
    return withinAttributes.flatMap((type) => this.of(type).map((id) => ({ type, id })));
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
