import { typeOfId } from '../model/ids';
import type { Role } from '../domain/people/role';
import type { Columns, Row } from './columns';
import type { Content } from './content';
import { minutesAfter } from './source';

type ContainerColumn = 'projectId' | 'behavioralParadigmId' | 'setupId' | 'dataStorageId' | 'inventoryId';

/** A role that was given, or (`pending`) offered and not accepted yet. */
interface Grant {
  to: Row<'User'> | Row<'Group'>;
  role: Role;
  pending?: boolean;
}

interface Sharing {
  owner: Row<'User'>;
  grants?: readonly Grant[];
  /** When the owner published it, then revoked it, then published it again, and so on; empty when it never was public. */
  history?: readonly string[];
}

/** Gives a project or personal attribute its owner, its members and its history of publication. */
export function share(
  content: Content,
  column: ContainerColumn,
  container: { id: string; createdAt: string },
  { owner, grants = [], history = [] }: Sharing,
): void {
  for (const { to, role, pending = false } of [{ to: owner, role: 'OWNER' as const }, ...grants]) {
    const holder: Columns<'Membership'> = typeOfId(to.id) === 'User' ? { userId: to.id } : { groupId: to.id };
    const offeredAt = to === owner ? container.createdAt : minutesAfter(container.createdAt, 90);
    content.add('Membership', `${container.id} ${to.id}`, offeredAt, {
      ...holder,
      [column]: container.id,
      role,
      ...(pending ? invitedBy(owner) : { acceptedAt: offeredAt }),
    });
  }
  recordHistory(content, container.id, owner, history);
}

/** What an offer has that is not accepted yet. The demo is the same at any time, so its invitations do not run out. */
export function invitedBy(inviter: Row<'User'>): {
  acceptedAt: null;
  invitedById: string;
  expiresAt: string;
} {
  return { acceptedAt: null, invitedById: inviter.id, expiresAt: '2100-01-01T00:00:00.000Z' };
}

/** Records when something was published and revoked, in turn. */
export function recordHistory(content: Content, objectId: string, by: Row<'User'>, history: readonly string[]): void {
  history.forEach((happenedAt, index) =>
    content.history.push({
      objectId,
      action: index % 2 === 0 ? 'PUBLISH' : 'REVOKE',
      happenedAt,
      userId: by.id,
      userName: by.name!,
    }),
  );
}

/** The columns of a project that follow from its history. */
export function published(history: readonly string[]): Columns<'Project'> {
  const isPublic = history.length % 2 === 1;
  return { isPublic, firstPublishedAt: history[0] ?? null, publishedAt: isPublic ? history.at(-1)! : null };
}
