import { replaceVisible } from '../../writing/lists';
import { updateRows } from '../../writing/rows';
import type { Importer } from './matching';
import type { Stage } from './stage';
import { holdRead } from './state';
import { contentTypes, listsOf, type ImportedType } from './types';
import { nameOf } from '../../model/node';

/**
 * Makes the lists of references of one type be as the tree says. Calls `onChange` with the objects of which a list has
 * changed.
 *
 * @param projectId of what is inside of a project the tree names all: entries of other projects stay
 */
export async function storeLists(
  importer: Importer,
  stage: Stage,
  type: ImportedType,
  onChange: (ids: string[], field: string) => void,
  projectId?: string,
): Promise<void> {
  for (const list of listsOf(type)) {
    const { field, target } = list;
    const within = contentTypes.has(nameOf(target()) as ImportedType) ? projectId : undefined;
    for await (const owners of stage.listing(type, field)) {
      const listed = await stage.listed(owners, field);
      const wanted = owners.map(({ line, id, isKnown }) => ({
        ownerId: id,
        ids: [...new Set(listed.get(line))],
        isNew: !isKnown,
      }));
      const knownAmong = (ids: ReadonlySet<string>): string[] =>
        owners.flatMap(({ id, isKnown }) => (isKnown && ids.has(id) ? id : []));
      if (importer.madeFrom && !importer.isDry)
        await holdRead(
          importer,
          type,
          knownAmong(await replaceVisible(importer, list, wanted, { onlyCompare: true, within })),
        );
      const changed = await replaceVisible(importer, list, wanted, { onlyCompare: importer.isDry, within });
      const known = knownAmong(changed);
      if (known.length === 0) continue;
      if (!importer.isDry)
        await updateRows(
          importer.manager,
          type,
          known.map((id) => ({ id, columns: {}, lists: [field] })),
        );
      await stage.noteChanged(known);
      onChange(known, field);
    }
  }
}
