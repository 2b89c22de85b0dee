import { Arg, Ctx, ID, Mutation, Resolver } from 'type-graphql';
import type { Context } from '../context';
import type { Node } from '../model/node';
import { accept, decline } from './accept.service';
import { Invitation } from './invitation';
import { actorOf } from './member.resolver';

/** The answers to invitations. */
@Resolver()
export class InvitationResolver {
  @Mutation(() => Invitation, {
    nullable: true,
    description:
      'Accepts an invitation of the viewer, or of a group that they manage: the role counts from now on. To become an owner, or to join a group that owns anything, takes the scope PUBLISH. UNAUTHENTICATED, FORBIDDEN (somebody else is invited), NOT_FOUND, CONFLICT (it has expired or lapsed; the viewer has a role there already).',
  })
  async acceptInvitation(
    @Arg('id', () => ID, { description: 'The id of the invitation.' }) text: string,
    @Ctx() context: Context,
  ): Promise<Node> {
    const { kind, id } = await accept(actorOf(context), text);
    return context.reread(kind, id);
  }

  @Mutation(() => ID, {
    nullable: true,
    description:
      'Declines an invitation of the viewer, or of a group that they manage; answers with the id of what is gone. UNAUTHENTICATED, FORBIDDEN (somebody else is invited), NOT_FOUND, CONFLICT (it is accepted already).',
  })
  declineInvitation(
    @Arg('id', () => ID, { description: 'The id of the invitation.' }) id: string,
    @Ctx() context: Context,
  ): Promise<string> {
    return decline(actorOf(context), id);
  }
}
