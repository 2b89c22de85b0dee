import { Arg, Args, ArgsType, Ctx, Field, ID, Mutation, Resolver } from 'type-graphql';
import { actorOf, type Context } from '../context';
import { notFound } from '../errors';
import { payloadOf, type ObjectPayload } from '../model/payload';
import { readId } from '../model/read-id';
import { containerOfId } from './containers';
import { invite } from './invite.service';
import { changeRole, leave, remove } from './member.service';
import type { Place } from './membership-rows';
import { answerRemoval, answerWith, RemovalPayload, type Removal } from './payloads';
import { roles, type Role } from '../domain/people/role';

@ArgsType()
class InviteMemberArgs {
  @Field(() => ID, { description: 'The id of a project, behavioral paradigm, setup, data storage or inventory.' })
  containerId!: string;

  @Field(() => ID, { nullable: true, description: 'The user to invite. Exactly one of the three has to be given.' })
  userId?: string | null;

  @Field(() => ID, { nullable: true, description: 'The group to invite; its managers accept.' })
  groupId?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'The e-mail address to invite, whether it belongs to an account or not: the answer is the same.',
  })
  email?: string | null;

  @Field(() => roles.graphqlType, { description: 'The role: an owner may offer any, a manager up to CONTRIBUTOR.' })
  role!: Role;
}

export const invited = 'Invited. It counts once it is accepted.';
export const removed = 'Removed. It has ended from now on.';
export const left = 'Left. The role has ended from now on.';

/** Who has which role on projects and personal attributes. */
@Resolver()
export class MemberResolver {
  @Mutation(() => payloadOf('Membership'), {
    nullable: true,
    description:
      'Invites a user, a group or an e-mail address to a project or personal attribute. The role counts once it is accepted; until then the invitation can be accepted for 14 days, and lapses when the inviter may no longer grant the role. To offer OWNER takes the scope PUBLISH. UNAUTHENTICATED, FORBIDDEN, NOT_FOUND, BAD_USER_INPUT, CONFLICT (they have a role or an invitation there).',
  })
  async inviteMember(
    @Args(() => InviteMemberArgs) { containerId, role, ...guest }: InviteMemberArgs,
    @Ctx() context: Context,
  ): Promise<ObjectPayload> {
    const id = await invite(actorOf(context), containerOf(containerId), guest, role);
    return answerWith(context, 'Membership', { id, changed: true }, invited);
  }

  @Mutation(() => payloadOf('Membership'), {
    nullable: true,
    description:
      'Changes an accepted role. Managers change MEMBER and CONTRIBUTOR, owners all; nobody raises their own. To make an owner takes the scope PUBLISH. UNAUTHENTICATED, FORBIDDEN, NOT_FOUND, CONFLICT (the last owner; an invitation).',
  })
  async changeMemberRole(
    @Arg('membershipId', () => ID, { description: 'The id of the membership.' }) id: string,
    @Arg('role', () => roles.graphqlType, { description: 'The role from now on.' }) role: Role,
    @Ctx() context: Context,
  ): Promise<ObjectPayload> {
    const change = await changeRole(actorOf(context), 'Membership', id, role);
    return answerWith(context, 'Membership', change, `The role is ${role} from now on.`);
  }

  @Mutation(() => RemovalPayload, {
    nullable: true,
    description:
      'Ends the role of a user or group, or takes back an invitation. Managers remove MEMBER and CONTRIBUTOR, owners all. UNAUTHENTICATED, FORBIDDEN, NOT_FOUND, CONFLICT (the last owner).',
  })
  async removeMember(
    @Arg('membershipId', () => ID, { description: 'The id of the membership or invitation.' }) id: string,
    @Ctx() context: Context,
  ): Promise<Removal> {
    return answerRemoval(context, await remove(actorOf(context), 'Membership', id), removed);
  }

  @Mutation(() => RemovalPayload, {
    nullable: true,
    description:
      "Ends the viewer's own role on a project or personal attribute. A role through a group ends by leaving the group. UNAUTHENTICATED, FORBIDDEN, NOT_FOUND, CONFLICT (the last owner; a role through a group alone).",
  })
  async leave(
    @Arg('containerId', () => ID, { description: 'The id of the project or personal attribute.' }) containerId: string,
    @Ctx() context: Context,
  ): Promise<Removal> {
    return answerRemoval(context, await leave(actorOf(context), containerOf(containerId)), left);
  }
}

function containerOf(text: string): Place {
  const container = containerOfId(readId(text));
  if (!container) throw notFound('project or personal attribute');
  return container;
}
