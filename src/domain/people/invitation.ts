import { createUnionType } from 'type-graphql';
import { typeOfId } from '../../model/ids';
import type { Node } from '../../model/node';
import { GroupMembership } from './group.entity';
import { Membership } from './membership.entity';

/** Either kind of membership: an invitation while it is not accepted. */
export const Invitation = createUnionType({
  name: 'Invitation',
  description: 'An invitation: a role on a project or personal attribute, or membership of a group, to be accepted.',
  types: () => [Membership, GroupMembership] as const,
  resolveType: (value: Node) => typeOfId(value.id),
});
