import type { EntityManager } from 'typeorm';
import { newId, normalizeId } from '../../model/ids';
import { Membership } from '../../people/membership.entity';
import { User } from '../../people/user.entity';
import { ImportError } from '../import-error';

/** The account that owns what an operator imports for nobody in particular; made when it is first needed. */
const operatorAccount = { id: '00000000-0000-8400-8000-000000000001', name: 'Operator of this server' };

/** Makes somebody the owner of the project and its storages, unless they have an owner already. */
export async function ensureOwner(
  manager: EntityManager,
  owner: string | undefined,
  { projectId, storageIds }: { projectId: string; storageIds: readonly string[] },
): Promise<void> {
  const userId = await findOwner(manager, owner);
  const containers = [{ projectId }, ...storageIds.map((dataStorageId) => ({ dataStorageId }))];
  for (const container of containers) {
    if (await manager.existsBy(Membership, { ...container, role: 'OWNER' })) continue;
    await manager.insert(Membership, {
      id: newId('Membership'),
      ...container,
      userId,
      role: 'OWNER',
      acceptedAt: new Date(),
    });
  }
}

async function findOwner(manager: EntityManager, owner: string | undefined): Promise<string> {
  if (owner === undefined) {
    await manager.createQueryBuilder().insert().into(User).values(operatorAccount).orIgnore().execute();
    return operatorAccount.id;
  }
  const found = await manager.findBy(
    User,
    normalizeId(owner) ? { id: owner } : owner.includes('@') ? { email: owner } : { orcid: owner },
  );
  if (found.length === 1) return found[0]!.id;
  throw new ImportError(
    found.length === 0
      ? {
          file: '--owner',
          what: `There is no user ${owner}.`,
          remedy: 'Name one by id, e-mail address or ORCID iD, or leave --owner out.',
        }
      : { file: '--owner', what: `Several users have ${owner}.`, remedy: 'Name the one you mean by id.' },
  );
}
