import { Arg, Ctx, ID, Mutation, Resolver } from 'type-graphql';
import type { Context } from '../context';
import type { Node } from '../model/node';
import { withdrawCredit } from './credit.service';
import { acceptInvestigator, inviteInvestigator, mostInvestigators, removeInvestigator } from './investigator.service';
import { Laboratory } from './laboratory.entity';
import { actorOf } from './member.resolver';

/** Being named in public: who leads a laboratory accepts it, and who is credited may take it back. */
@Resolver()
export class InvestigatorResolver {
  @Mutation(() => Laboratory, {
    nullable: true,
    description: `Names a user as principal investigator of a laboratory, for managers of its group and administrators. Nobody else is shown it before the user accepts; whoever names themself has accepted. UNAUTHENTICATED, FORBIDDEN, NOT_FOUND, CONFLICT (it names ${mostInvestigators} already).`,
  })
  async invitePrincipalInvestigator(
    @Arg('laboratoryId', () => ID, { description: 'The id of the laboratory.' }) laboratoryId: string,
    @Arg('userId', () => ID, { description: 'The user who leads it.' }) userId: string,
    @Ctx() context: Context,
  ): Promise<Node> {
    return context.reread('Laboratory', await inviteInvestigator(actorOf(context), laboratoryId, userId));
  }

  @Mutation(() => Laboratory, {
    nullable: true,
    description:
      'Accepts to be named as principal investigator of a laboratory (see `User.invitedToLead`): everybody who sees the laboratory sees it from then on. Whoever has accepted is asked again when somebody else changes the laboratory before it is approved. UNAUTHENTICATED, FORBIDDEN (nobody has named the viewer), NOT_FOUND.',
  })
  async acceptPrincipalInvestigator(
    @Arg('laboratoryId', () => ID, { description: 'The id of the laboratory.' }) laboratoryId: string,
    @Ctx() context: Context,
  ): Promise<Node> {
    return context.reread('Laboratory', await acceptInvestigator(actorOf(context), laboratoryId));
  }

  @Mutation(() => ID, {
    nullable: true,
    description:
      'Ends that a user is, or is asked to be, principal investigator of a laboratory; answers with the id of the laboratory. Everybody may for themself, at any time; for others, managers of its group and administrators. UNAUTHENTICATED, FORBIDDEN, NOT_FOUND.',
  })
  removePrincipalInvestigator(
    @Arg('laboratoryId', () => ID, { description: 'The id of the laboratory.' }) laboratoryId: string,
    @Arg('userId', () => ID, { description: 'Who leads it no longer.' }) userId: string,
    @Ctx() context: Context,
  ): Promise<string> {
    return removeInvestigator(actorOf(context), laboratoryId, userId);
  }

  @Mutation(() => ID, {
    nullable: true,
    description:
      'Takes the link to the account of the viewer off a credit (a Contributor), whose text stays; answers with the id of the credit. UNAUTHENTICATED, FORBIDDEN (it is linked to somebody else, or to nobody), NOT_FOUND.',
  })
  withdrawCredit(
    @Arg('contributorId', () => ID, { description: 'The id of the credit.' }) contributorId: string,
    @Ctx() context: Context,
  ): Promise<string> {
    return withdrawCredit(actorOf(context), contributorId);
  }
}
