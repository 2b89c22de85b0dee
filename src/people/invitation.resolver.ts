import { Arg, Ctx, ID, Mutation, Resolver } from 'type-graphql';
import { actorOf, type Context } from '../context';
import { makePayload, type ObjectPayload } from '../model/payload';
import { accept, decline } from './accept.service';
import { Invitation } from '../domain/people/invitation';
import { answerRemoval, nothingChanged, RemovalPayload, type Removal } from './payloads';

const InvitationPayload = makePayload<ObjectPayload>('InvitationPayload', 'What became of an invitation.', [
  { name: 'invitation', type: () => Invitation, description: 'What it has become: a role, or membership of a group.' },
]);

/** The answers to invitations. */
@Resolver()
export class InvitationResolver {
  @Mutation(() => InvitationPayload, {
    nullable: true,
    description:
      'Accepts an invitation of the viewer, or of a group that they manage: the role counts from now on. To become an owner, or to join a group that owns anything, takes the scope PUBLISH. UNAUTHENTICATED, FORBIDDEN (somebody else is invited), NOT_FOUND, CONFLICT (it has expired or lapsed; the viewer has a role there already).',
  })
  async acceptInvitation(
    @Arg('id', () => ID, { description: 'The id of the invitation.' }) text: string,
    @Ctx() context: Context,
  ): Promise<ObjectPayload> {
    const { kind, id, changed } = await accept(actorOf(context), text);
    const invitation = await context.reread(kind, id);
    return { invitation, changed, message: changed ? 'Accepted. It counts from now on.' : nothingChanged };
  }

  @Mutation(() => RemovalPayload, {
    nullable: true,
    description:
      'Declines an invitation of the viewer, or of a group that they manage. UNAUTHENTICATED, FORBIDDEN (somebody else is invited), NOT_FOUND, CONFLICT (it is accepted already).',
  })
  async declineInvitation(
    @Arg('id', () => ID, { description: 'The id of the invitation.' }) id: string,
    @Ctx() context: Context,
  ): Promise<Removal> {
    return answerRemoval(context, await decline(actorOf(context), id), 'Declined. The invitation is gone.');
  }
}
