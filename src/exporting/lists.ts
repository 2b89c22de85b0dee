import { conditionFor } from '../access/visibleTo';
import { listsOf, type ImportedType } from '../importing/storing/types';
import { quote, runBound } from '../loading/sql';
import { nameOf } from '../model/node';
import { contentTypes } from './collected';
import type { Exporting } from './export-project';
import { contentCondition, questionOf } from './rows';

/** The lists of references of some objects: field, then owner, then the ids in their order. */
export type Lists = ReadonlyMap<string, ReadonlyMap<string, readonly string[]>>;

/** Reads every list of some objects of a type, without what is hidden from the viewer or outside the export. */
export async function readLists(exporting: Exporting, type: ImportedType, owners: readonly string[]): Promise<Lists> {
  const lists = new Map<string, Map<string, string[]>>();
  for (const { field, by, target } of listsOf(type)) {
    const { link } = by;
    const [near, far] = link.ends;
    const named = nameOf(target()) as ImportedType;
    const question = questionOf(exporting);
    const conditions = [
      `l.${quote(near.column)} = ANY(${question.parameters.add(owners, 'uuid[]')})`,
      exporting.access.isFiltered(type, field) ? conditionFor(question, named, 't') : 'TRUE',
      contentTypes.has(named) ? contentCondition(exporting, question, named, 't') : 'TRUE',
    ];
    const rows = await runBound<{ owner: string; id: string }>(
      exporting.runner,
      question.parameters,
      `SELECT l.${quote(near.column)} AS "owner", t."id" FROM ${quote(link.table)} l JOIN ${exporting.tables[named].name} t ON t."id" = l.${quote(far.column)}
       WHERE ${conditions.join(' AND ')} ORDER BY ${link.ordered ? 'l."position", ' : ''}t."id"`,
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
