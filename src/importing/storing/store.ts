import { isContainer } from '../../model/families';
import { takeOver } from './belonging';
import { storeLists } from './links';
import type { Importer } from './matching';
import { storeRows } from './rows';
import { stillMayAdd } from './settling';
import type { Stage } from './stage';
import { listsOf, type ImportedType } from './types';

/**
 * Everything but containers, which others lock who give and take roles: they are made where they are new, and else left for the end.
 * Of lists, those that do not ask for what is in the project.
 */
export async function storeContent(
  importer: Importer,
  stage: Stage,
  types: readonly ImportedType[],
  projectId: string,
  isInto: boolean,
): Promise<void> {
  for (const type of types)
    for await (const entries of stage.chunks(type)) {
      // What is stored holds others up until all is: not for whom it is refused in the end.
      if (isInto && !importer.isDry) await stillMayAdd(importer, projectId);
      const some = isContainer(type) ? entries.filter(({ isKnown }) => !isKnown) : entries;
      await stage.noteChanged(await storeRows(importer, type, some));
    }
  if (!importer.isDry) await takeOver(importer, projectId);
  for (const type of types)
    if (!isContainer(type) && !choosesInProject(type))
      await storeLists(importer, stage, type, () => undefined, projectId);
}

/** The collections and cohorts, once all that they choose from is in the project. */
export async function storeChoices(
  importer: Importer,
  stage: Stage,
  types: readonly ImportedType[],
  projectId: string,
): Promise<void> {
  for (const type of types.filter(choosesInProject))
    await storeLists(importer, stage, type, () => undefined, projectId);
}

/** Whether a type has lists of what is in its project. */
const choosesInProject = (type: ImportedType): boolean => listsOf(type).some(({ by }) => by.link.within !== undefined);

/**
 * The project's own fields and lists, and those of attributes that were there.
 *
 * @returns the ids of those that change, and which lists of the project do
 */
export async function storeContainers(
  importer: Importer,
  stage: Stage,
  types: readonly ImportedType[],
): Promise<{ changed: ReadonlySet<string>; projectLists: readonly string[] }> {
  const changed: string[] = [];
  const projectLists: string[] = [];
  for (const type of types.filter(isContainer)) {
    for await (const entries of stage.chunks(type)) {
      const known = entries.filter(({ isKnown }) => isKnown);
      changed.push(...(await storeRows(importer, type, known)));
    }
    await storeLists(importer, stage, type, (ids, field) => {
      changed.push(...ids);
      if (type === 'Project') projectLists.push(field);
    });
  }
  await stage.noteChanged(changed);
  return { changed: new Set(changed), projectLists };
}
