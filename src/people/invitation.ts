import { table } from '../access/compiler';
import type { ForViewer } from '../access/composed';
import { isOpenInvitation } from '../access/memberships';
import { groupInvitee, invitee } from '../access/policy';
import type { Context } from '../context';
import { join, name, runComposed, sql, value } from '../database/sql';
import { mostInvitations } from '../model/bounds';
import { typeOfId } from '../model/ids';
import type { Node } from '../model/node';

/** How long an invitation can be accepted. */
export const invitationDays = 14;

/**
 * What a viewer can accept, for themselves or for a group that they manage. The permission of the field has made sure
 * that the user is the viewer; each row is judged all the same.
 */
export async function openInvitations(_user: object, { snapshot, loaders, access, viewer }: Context): Promise<Node[]> {
  const statement = access.statement(viewer, 'open invitations', (compiler) => {
    const kinds = [['Membership', invitee] as const, ['GroupMembership', groupInvitee] as const].map(([kind, rule]) => {
      const m = Symbol(kind);
      return sql`SELECT ${name(m, 'id')}, ${name(m, 'expires_at')} FROM ${table(kind, m)} WHERE ${isOpenInvitation(m)} AND ${compiler.holds(rule, kind, m)}`;
    });
    return sql`SELECT "id" FROM (${join(kinds, ' UNION ALL ')}) AS invited ORDER BY "expires_at", "id" LIMIT ${value(mostInvitations, 'integer')}`;
  });
  const rows = await runComposed<{ id: string }, ForViewer>(snapshot, statement, { viewer });
  const found = await Promise.all(rows.map(async ({ id }) => loaders.visible(typeOfId(id)!).load(id)));
  return found.flatMap((one) => one ?? []);
}
