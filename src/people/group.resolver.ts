import { Arg, Args, ArgsType, Ctx, Field, ID, Mutation, Resolver } from 'type-graphql';
import type { Context } from '../context';
import { notFound } from '../errors';
import type { Node } from '../model/node';
import { readId } from '../model/read-id';
import { Group, GroupMembership } from './group.entity';
import { createGroup, deleteGroup, updateGroup } from './group.service';
import { invite } from './invite.service';
import { actorOf } from './member.resolver';
import { changeRole, leave, remove } from './member.service';
import type { Place } from './membership-rows';
import { groupRoles, type GroupRole } from './role';

const nameOfGroup = 'What the group is called, at most 200 characters.';

@ArgsType()
class InviteGroupMemberArgs {
  @Field(() => ID, { description: 'The id of the group.' })
  groupId!: string;

  @Field(() => ID, { nullable: true, description: 'The user to invite. Either this or `email` has to be given.' })
  userId?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'The e-mail address to invite, whether it belongs to an account or not: the answer is the same.',
  })
  email?: string | null;

  @Field(() => groupRoles.graphqlType, { description: 'The role: an owner may offer any, a manager MEMBER.' })
  role!: GroupRole;
}

/** Groups of users, and who belongs to them. */
@Resolver()
export class GroupResolver {
  @Mutation(() => Group, {
    nullable: true,
    description: 'Makes a group, with the viewer as its owner. UNAUTHENTICATED, FORBIDDEN, BAD_USER_INPUT.',
  })
  async createGroup(
    @Arg('name', () => String, { description: nameOfGroup }) name: string,
    @Ctx() context: Context,
  ): Promise<Node> {
    return context.reread('Group', await createGroup(actorOf(context), name));
  }

  @Mutation(() => Group, {
    nullable: true,
    description: 'Renames a group, for its owners. UNAUTHENTICATED, FORBIDDEN, NOT_FOUND, BAD_USER_INPUT.',
  })
  async updateGroup(
    @Arg('id', () => ID, { description: 'The id of the group.' }) id: string,
    @Arg('name', () => String, { description: nameOfGroup }) name: string,
    @Ctx() context: Context,
  ): Promise<Node> {
    return context.reread('Group', await updateGroup(actorOf(context), id, name));
  }

  @Mutation(() => ID, {
    nullable: true,
    description:
      'Deletes a group with every role that it holds, for its owners; answers with its id. UNAUTHENTICATED, FORBIDDEN, NOT_FOUND, CONFLICT (something would be left without an owner).',
  })
  deleteGroup(
    @Arg('id', () => ID, { description: 'The id of the group.' }) id: string,
    @Ctx() context: Context,
  ): Promise<string> {
    return deleteGroup(actorOf(context), id);
  }

  @Mutation(() => GroupMembership, {
    nullable: true,
    description:
      'Invites a user or an e-mail address to a group. It takes a manager of the group who may grant every role that the group holds. It counts once it is accepted, within 14 days. Where the group owns anything it takes the scope PUBLISH. UNAUTHENTICATED, FORBIDDEN, NOT_FOUND, BAD_USER_INPUT, CONFLICT (they belong to it or are invited).',
  })
  async inviteGroupMember(
    @Args(() => InviteGroupMemberArgs) { groupId, userId, email, role }: InviteGroupMemberArgs,
    @Ctx() context: Context,
  ): Promise<Node> {
    const id = await invite(actorOf(context), groupOf(groupId), { userId, email }, role);
    return context.reread('GroupMembership', id);
  }

  @Mutation(() => GroupMembership, {
    nullable: true,
    description:
      'Changes what a member may do in a group, for its owners. UNAUTHENTICATED, FORBIDDEN, NOT_FOUND, CONFLICT (the last owner; an invitation).',
  })
  async changeGroupMemberRole(
    @Arg('groupMembershipId', () => ID, { description: 'The id of the group membership.' }) id: string,
    @Arg('role', () => groupRoles.graphqlType, { description: 'The role from now on.' }) role: GroupRole,
    @Ctx() context: Context,
  ): Promise<Node> {
    return context.reread('GroupMembership', await changeRole(actorOf(context), 'GroupMembership', id, role));
  }

  @Mutation(() => ID, {
    nullable: true,
    description:
      'Removes a user from a group, or takes back an invitation; answers with the id of the group membership that is gone. Managers remove MEMBER, owners all. UNAUTHENTICATED, FORBIDDEN, NOT_FOUND, CONFLICT (the last owner of the group, or of something through it).',
  })
  removeGroupMember(
    @Arg('groupMembershipId', () => ID, { description: 'The id of the group membership or invitation.' }) id: string,
    @Ctx() context: Context,
  ): Promise<string> {
    return remove(actorOf(context), 'GroupMembership', id);
  }

  @Mutation(() => ID, {
    nullable: true,
    description:
      'Ends the membership of the viewer in a group; answers with the id of the group membership that is gone. UNAUTHENTICATED, FORBIDDEN, NOT_FOUND, CONFLICT (the last owner of the group, or of something through it).',
  })
  leaveGroup(
    @Arg('groupId', () => ID, { description: 'The id of the group.' }) groupId: string,
    @Ctx() context: Context,
  ): Promise<string> {
    return leave(actorOf(context), groupOf(groupId));
  }
}

function groupOf(text: string): Place {
  const id = readId(text, 'Group');
  if (id === undefined) throw notFound('Group');
  return { type: 'Group', id };
}
