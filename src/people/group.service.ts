import { authorize } from '../access/authorize';
import { lock } from '../database/locks';
import { act, type Actor } from '../access/act';
import { badInput } from '../errors';
import { newId } from '../model/ids';
import { isCleanLine, normalName, uncleanName } from '../model/texts';
import { Group, GroupMembership } from '../domain/people/group.entity';
import { keptUsers, lockOwnedByGroup, requireOwners } from './owners';

const longestName = 200;

/** Makes a group of which the viewer is the owner and so far the only member. Throws BAD_USER_INPUT. */
export async function createGroup(actor: Actor, name: string): Promise<string> {
  const label = readName(name);
  return act(actor, async ({ manager, viewer }) => {
    await lock(manager, keptUsers(viewer.userId));
    const groupId = newId('Group');
    const acceptedAt = new Date();
    await manager.insert(Group, { id: groupId, name: label });
    await manager.insert(GroupMembership, {
      id: newId('GroupMembership'),
      groupId,
      userId: viewer.userId,
      role: 'OWNER',
      acceptedAt,
    });
    return groupId;
  });
}

/** Renames a group. Throws NOT_FOUND, FORBIDDEN or BAD_USER_INPUT. */
export async function updateGroup(actor: Actor, text: string, name: string): Promise<{ id: string; changed: boolean }> {
  const label = readName(name);
  return act(actor, async (acting) => {
    const id = await authorize(acting, 'Group', text, 'OWNER');
    const [, count] = await acting.manager.query<[unknown[], number]>(
      `UPDATE "group" SET "name" = $2, "updated_at" = now(), "version" = "version" + 1 WHERE "id" = $1 AND "name" <> $2`,
      [id, label],
    );
    return { id, changed: count > 0 };
  });
}

/** Deletes a group, and with it every role that it holds. Throws NOT_FOUND, FORBIDDEN or CONFLICT. */
export async function deleteGroup(actor: Actor, text: string): Promise<string> {
  return act(
    actor,
    async (acting) => {
      const { manager } = acting;
      const id = await authorize(acting, 'Group', text, 'OWNER', 'deleted');
      const owned = await lockOwnedByGroup(manager, id);
      await manager.query(`DELETE FROM "group" WHERE "id" = $1`, [id]);
      await requireOwners(manager, owned);
      return id;
    },
    { goesFirst: true },
  );
}

function readName(name: string): string {
  const label = normalName(name);
  if (label === '' || label.length > longestName || !isCleanLine(label))
    throw badInput(`\`name\` has to hold 1 to ${longestName} characters, and may not hold ${uncleanName}.`);
  return label;
}
