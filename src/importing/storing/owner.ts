import type { EntityManager } from 'typeorm';
import { newId } from '../../model/ids';
import { findUser, UserNotFound } from '../../people/find-user';
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
  try {
    return (await findUser(manager, owner)).id;
  } catch (error) {
    if (!(error instanceof UserNotFound)) throw error;
    throw new ImportError({ file: '--owner', what: error.what, remedy: `${error.remedy} Or leave --owner out.` });
  }
}
