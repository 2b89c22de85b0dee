import { Arg, Ctx, Field, ID, Int, Mutation, ObjectType, Resolver } from 'type-graphql';
import type { Context } from '../context';
import { Node } from '../model/node';
import { approve, reject, type Decision } from './proposal.service';
import { deskOf } from './write.resolver';

@ObjectType({ description: 'What an administrator decided on a proposal.', simpleResolvers: true })
export class DecidedProposal {
  @Field(() => Node, { description: 'The word or laboratory that was proposed.' })
  object!: Node;

  @Field(() => Boolean, { description: 'Whether anything was changed.' })
  changed!: boolean;

  @Field(() => String, { description: 'What happened, in words.' })
  message!: string;
}

const versionDescription =
  'The `version` that the administrator has read: if the proposal was changed since, nothing is decided (CONFLICT, with `currentVersion`).';

/** Shared words are proposed by anybody; administrators decide on them. */
@Resolver()
export class ProposalResolver {
  @Mutation(() => DecidedProposal, {
    nullable: true,
    description:
      'Makes a proposed word or laboratory visible to everybody; for administrators. UNAUTHENTICATED, FORBIDDEN, NOT_FOUND, CONFLICT (it was changed since it was read, an approved word has its name, or it refers to another proposal).',
  })
  async approveProposal(
    @Arg('id', () => ID, { description: 'The proposal, such as a species, a publication or a laboratory.' }) id: string,
    @Arg('ifVersion', () => Int, { description: versionDescription }) ifVersion: number,
    @Ctx() context: Context,
  ): Promise<DecidedProposal> {
    return answer(context, await approve(deskOf(context), id, ifVersion));
  }

  @Mutation(() => DecidedProposal, {
    nullable: true,
    description:
      'Says to the proposer why it is not approved; for administrators. The proposal stays, to be changed or deleted. UNAUTHENTICATED, FORBIDDEN, NOT_FOUND, BAD_USER_INPUT, CONFLICT (it was changed since it was read, or is approved).',
  })
  async rejectProposal(
    @Arg('id', () => ID, { description: 'The proposal.' }) id: string,
    @Arg('ifVersion', () => Int, { description: versionDescription }) ifVersion: number,
    @Arg('comment', () => String, { description: 'Why, at most 1000 characters.' }) comment: string,
    @Ctx() context: Context,
  ): Promise<DecidedProposal> {
    return answer(context, await reject(deskOf(context), id, ifVersion, comment));
  }
}

async function answer(context: Context, { type, id, changed, message }: Decision): Promise<DecidedProposal> {
  return { object: await context.reread(type, id), changed, message };
}
