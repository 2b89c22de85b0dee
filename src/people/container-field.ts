import type { Context } from '../context';
import { typeOfId } from '../model/ids';
import type { ContainerColumns } from '../model/families';
import type { Node } from '../model/node';
import { containerIdOf } from './containers';

/** What the role is on. Where a rule guards the field, it has admitted the viewer before this runs. */
export async function containerOf(membership: ContainerColumns, { access, loaders }: Context): Promise<Node | null> {
  const id = containerIdOf(membership);
  return loaders[access.isRuled('Membership', 'container') ? 'visible' : 'plain'](typeOfId(id)!).load(id);
}

/** The same by name: also where the object itself is hidden, since whoever is invited has to know to what. */
export async function containerName(membership: ContainerColumns, { loaders }: Context): Promise<string | null> {
  const id = containerIdOf(membership);
  return loaders.name(typeOfId(id)!).load(id);
}
