import { Arg, Ctx, ID, Int, Mutation, Resolver } from 'type-graphql';
import { actorOf, type Context } from '../context';
import { Node } from '../model/node';
import { makePayload, type ObjectPayload } from '../model/payload';
import { approve, reject, type Decision } from './proposal.service';

const ProposalPayload = makePayload<ObjectPayload>('ProposalPayload', 'What an administrator decided on a proposal.', [
  { name: 'proposal', type: () => Node, description: 'The term or laboratory that was proposed, as it is stored now.' },
]);

const versionDescription =
  'The `version` that the administrator has read: if the proposal was changed since, nothing is decided (CONFLICT, with `currentVersion`).';

/** Shared terms are proposed by anybody; administrators decide on them. */
@Resolver()
export class ProposalResolver {
  @Mutation(() => ProposalPayload, {
    nullable: true,
    description:
      'Makes a proposed term or laboratory visible to everybody; for administrators. UNAUTHENTICATED, FORBIDDEN, NOT_FOUND, CONFLICT (it was changed since it was read, an approved term has its name, or it refers to another proposal).',
  })
  async approveProposal(
    @Arg('id', () => ID, { description: 'The proposal, such as a species, a publication or a laboratory.' }) id: string,
    @Arg('ifVersion', () => Int, { description: versionDescription }) ifVersion: number,
    @Ctx() context: Context,
  ): Promise<ObjectPayload> {
    return answer(context, await approve(actorOf(context), id, ifVersion));
  }

  @Mutation(() => ProposalPayload, {
    nullable: true,
    description:
      'Says to the proposer why it is not approved; for administrators. The proposal stays, to be changed or deleted. UNAUTHENTICATED, FORBIDDEN, NOT_FOUND, BAD_USER_INPUT, CONFLICT (it was changed since it was read, or is approved).',
  })
  async rejectProposal(
    @Arg('id', () => ID, { description: 'The proposal.' }) id: string,
    @Arg('ifVersion', () => Int, { description: versionDescription }) ifVersion: number,
    @Arg('comment', () => String, { description: 'Why, at most 1000 characters.' }) comment: string,
    @Ctx() context: Context,
  ): Promise<ObjectPayload> {
    return answer(context, await reject(actorOf(context), id, ifVersion, comment));
  }
}

async function answer(context: Context, { type, id, changed, message }: Decision): Promise<ObjectPayload> {
  return { proposal: await context.reread(type, id), changed, message };
}
