import type { Context } from '../context';
import { typeOfId } from '../model/ids';
import { containerIdOf, type ContainerColumns } from './containers';

type Invited = ContainerColumns & { acceptedAt: Date | null; expiresAt: Date | null };

/** What the role is on, by name: also to whoever is invited, as long as they can accept. */
export async function containerName(membership: Invited, { loaders }: Context): Promise<string | null> {
  const id = containerIdOf(membership);
  const found = await loaders.judged(typeOfId(id)!).load(id);
  const isOpen = membership.acceptedAt === null && membership.expiresAt !== null && membership.expiresAt > new Date();
  return found && (found.visible || isOpen) ? (found.node as unknown as { name: string }).name : null;
}
