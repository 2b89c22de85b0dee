import type { Context } from '../context';
import { typeOfId } from '../model/ids';
import { containerIdOf, type ContainerColumns } from './containers';

/** What the role is on, by name: also where the object itself is hidden, since whoever is invited has to know to what. */
export async function containerName(membership: ContainerColumns, { loaders }: Context): Promise<string | null> {
  const id = containerIdOf(membership);
  return loaders.name(typeOfId(id)!).load(id);
}
