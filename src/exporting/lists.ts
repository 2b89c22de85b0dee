import { compilerFor, insideOf } from '../access/compiler';
import { all } from '../database/conditions';
import { contentTypes, listsOf, type ImportedType } from '../importing/storing/types';
import { name, run, sql, TRUE, value } from '../database/sql';
import { nameOf } from '../model/node';
import type { Exporting } from './exporting';

/** The lists of references of some objects: field, then owner, then the ids in their order. */
export type Lists = ReadonlyMap<string, ReadonlyMap<string, readonly string[]>>;

/** Reads every list of some objects of a type, without what is hidden from the viewer or outside the export. */
export async function readLists(exporting: Exporting, type: ImportedType, owners: readonly string[]): Promise<Lists> {
  const { runner, access, viewer, tables, projectId } = exporting;
  const lists = new Map<string, Map<string, string[]>>();
  for (const { field, by, target } of listsOf(type)) {
    const { link } = by;
    const [near, far] = link.ends;
    const named = nameOf(target()) as ImportedType;
    const [t, l] = [Symbol(named), Symbol('link')];
    const condition = all([
      sql`${name(l, near.column)} = ANY(${value(owners, 'uuid[]')})`,
      access.isFiltered(type, field) ? compilerFor(access, viewer).rows(named, t) : TRUE,
      contentTypes.has(named) ? insideOf(access, [projectId]).rows(named, t) : TRUE,
    ]);
    const rows = await run<{ owner: string; id: string }>(
      runner,
      sql`SELECT ${name(l, near.column)} AS "owner", ${name(t, 'id')} FROM ${name(link.table)} ${name(l)} JOIN ${tables[named].from(t)} ON ${name(t, 'id')} = ${name(l, far.column)}
       WHERE ${condition} ORDER BY ${link.ordered ? sql`${name(l, 'position')}, ` : sql``}${name(t, 'id')}`,
    );
    const byOwner = new Map<string, string[]>();
    for (const { owner, id } of rows) {
      const list = byOwner.get(owner);
      if (list) list.push(id);
      else byOwner.set(owner, [id]);
    }
    lists.set(field, byOwner);
  }
  return lists;
}
