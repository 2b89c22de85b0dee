import { Arg, Args, ArgsType, Ctx, Field, ID, InputType, Mutation, Resolver } from 'type-graphql';
import { actorOf, type Context } from '../context';
import { notFound } from '../errors';
import { payloadOf, type ObjectPayload } from '../model/payload';
import { readId } from '../model/read-id';
import { createGroup, deleteGroup, updateGroup } from './group.service';
import { invite } from './invite.service';
import { invited, left, removed } from './member.resolver';
import { changeRole, leave, remove } from './member.service';
import type { Place } from './membership-rows';
import { DeletePayload } from '../writing/delete.types';
import { answerRemoval, answerWith, RemovalPayload, type Removal } from './payloads';
import { groupRoles, type GroupRole } from '../domain/people/role';

const nameOfGroup = 'What the group is called, at most 200 characters.';

@InputType({ description: 'A new Group.' })
class CreateGroupInput {
  @Field(() => String, { description: nameOfGroup })
  name!: string;
}

@InputType({ description: 'What to change of a Group.' })
class UpdateGroupInput extends CreateGroupInput {}

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
  @Mutation(() => payloadOf('Group'), {
    nullable: true,
    description: 'Makes a group, with the viewer as its owner. UNAUTHENTICATED, FORBIDDEN, BAD_USER_INPUT.',
  })
  async createGroup(
    @Arg('input', () => CreateGroupInput, { description: 'The group.' }) { name }: CreateGroupInput,
    @Ctx() context: Context,
  ): Promise<ObjectPayload> {
    const id = await createGroup(actorOf(context), name);
    return answerWith(context, 'Group', { id, changed: true }, 'Created. You are its owner.');
  }

  @Mutation(() => payloadOf('Group'), {
    nullable: true,
    description: 'Renames a group, for its owners. UNAUTHENTICATED, FORBIDDEN, NOT_FOUND, BAD_USER_INPUT.',
  })
  async updateGroup(
    @Arg('id', () => ID, { description: 'The id of the group.' }) id: string,
    @Arg('input', () => UpdateGroupInput, { description: 'What changes.' }) { name }: UpdateGroupInput,
    @Ctx() context: Context,
  ): Promise<ObjectPayload> {
    return answerWith(context, 'Group', await updateGroup(actorOf(context), id, name), 'Saved.');
  }

  @Mutation(() => DeletePayload, {
    nullable: true,
    description:
      'Deletes a group with every role that it holds, for its owners. UNAUTHENTICATED, FORBIDDEN, NOT_FOUND, CONFLICT (something would be left without an owner).',
  })
  async deleteGroup(
    @Arg('id', () => ID, { description: 'The id of the group.' }) id: string,
    @Ctx() context: Context,
  ): Promise<DeletePayload> {
    const deletedId = await deleteGroup(actorOf(context), id);
    await context.readAnew();
    return { deletedId, changed: true, revoked: false, message: 'Deleted, with every role that it held.' };
  }

  @Mutation(() => payloadOf('GroupMembership'), {
    nullable: true,
    description:
      'Invites a user or an e-mail address to a group. It takes a manager of the group who may grant every role that the group holds. It counts once it is accepted, within 14 days. Where the group owns anything it takes the scope PUBLISH. UNAUTHENTICATED, FORBIDDEN, NOT_FOUND, BAD_USER_INPUT, CONFLICT (they belong to it or are invited).',
  })
  async inviteGroupMember(
    @Args(() => InviteGroupMemberArgs) { groupId, userId, email, role }: InviteGroupMemberArgs,
    @Ctx() context: Context,
  ): Promise<ObjectPayload> {
    const id = await invite(actorOf(context), groupOf(groupId), { userId, email }, role);
    return answerWith(context, 'GroupMembership', { id, changed: true }, invited);
  }

  @Mutation(() => payloadOf('GroupMembership'), {
    nullable: true,
    description:
      'Changes what a member may do in a group, for its owners. UNAUTHENTICATED, FORBIDDEN, NOT_FOUND, CONFLICT (the last owner; an invitation).',
  })
  async changeGroupMemberRole(
    @Arg('groupMembershipId', () => ID, { description: 'The id of the group membership.' }) id: string,
    @Arg('role', () => groupRoles.graphqlType, { description: 'The role from now on.' }) role: GroupRole,
    @Ctx() context: Context,
  ): Promise<ObjectPayload> {
    const change = await changeRole(actorOf(context), 'GroupMembership', id, role);
    return answerWith(context, 'GroupMembership', change, `The role is ${role} from now on.`);
  }

  @Mutation(() => RemovalPayload, {
    nullable: true,
    description:
      'Removes a user from a group, or takes back an invitation. Managers remove MEMBER, owners all. UNAUTHENTICATED, FORBIDDEN, NOT_FOUND, CONFLICT (the last owner of the group, or of something through it).',
  })
  async removeGroupMember(
    @Arg('groupMembershipId', () => ID, { description: 'The id of the group membership or invitation.' }) id: string,
    @Ctx() context: Context,
  ): Promise<Removal> {
    return answerRemoval(context, await remove(actorOf(context), 'GroupMembership', id), removed);
  }

  @Mutation(() => RemovalPayload, {
    nullable: true,
    description:
      'Ends the membership of the viewer in a group. UNAUTHENTICATED, FORBIDDEN, NOT_FOUND, CONFLICT (the last owner of the group, or of something through it).',
  })
  async leaveGroup(
    @Arg('groupId', () => ID, { description: 'The id of the group.' }) groupId: string,
    @Ctx() context: Context,
  ): Promise<Removal> {
    return answerRemoval(context, await leave(actorOf(context), groupOf(groupId)), left);
  }
}

function groupOf(text: string): Place {
  const id = readId(text, 'Group');
  if (id === undefined) throw notFound('Group');
  return { type: 'Group', id };
}
