import { createUnionType } from 'type-graphql';
import type { Context } from '../context';
import { typeOfId } from '../model/ids';
import type { Node } from '../model/node';
import { GroupMembership } from './group.entity';
import { Membership } from './membership.entity';

/** How long an invitation can be accepted. */
export const invitationDays = 14;

/** How many a viewer is shown, and how many that they have sent may be open at once. */
export const mostInvitations = 100;

/** Either kind of membership: an invitation while it is not accepted. */
export const Invitation = createUnionType({
  name: 'Invitation',
  description: 'An invitation: a role on a project or personal attribute, or membership of a group, to be accepted.',
  types: () => [Membership, GroupMembership] as const,
  resolveType: (value: Node) => typeOfId(value.id),
});

/**
 * What a viewer can accept, for themselves or for a group that they manage. The permission of the field has made sure
 * that the user is the viewer; each row is judged all the same.
 */
export async function openInvitations({ id }: { id: string }, { snapshot, loaders }: Context): Promise<Node[]> {
  const rows = await snapshot.query(
    `SELECT "id" FROM (
       SELECT "id", "expires_at" FROM "membership" WHERE "accepted_at" IS NULL AND "expires_at" > now()
         AND ("user_id" = $1 OR "claimed_by_id" = $1 OR "group_id" IN (SELECT "group_id" FROM "group_membership"
           WHERE "user_id" = $1 AND "accepted_at" IS NOT NULL AND "role" IN ('MANAGER', 'OWNER')))
       UNION ALL
       SELECT "id", "expires_at" FROM "group_membership" WHERE "accepted_at" IS NULL AND "expires_at" > now()
         AND ("user_id" = $1 OR "claimed_by_id" = $1)
     ) AS invited ORDER BY "expires_at", "id" LIMIT ${mostInvitations}`,
    [id],
  );
  const found = await Promise.all(
    rows.map((row) => loaders.visible(typeOfId(row['id'] as string)!).load(row['id'] as string)),
  );
  return found.flatMap((one) => one ?? []);
}
