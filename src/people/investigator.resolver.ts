import { Arg, Ctx, ID, Mutation, Resolver } from 'type-graphql';
import { actorOf, type Context } from '../context';
import { isPublicPart, makePayload, objectPart, payloadOf, type ObjectPayload } from '../model/payload';
import { withdrawCredit } from './credit.service';
import { acceptInvestigator, inviteInvestigator, mostInvestigators, removeInvestigator } from './investigator.service';
import { answerWith, nothingChanged } from './payloads';

const RemovePrincipalInvestigatorPayload = makePayload<ObjectPayload>(
  'RemovePrincipalInvestigatorPayload',
  'What became of a laboratory that names somebody no longer.',
  [
    {
      ...objectPart('Laboratory', 'It, as it is stored now; null to whoever saw it for being named alone.'),
      nullable: true,
    },
    isPublicPart,
  ],
);

/** Being named in public: who leads a laboratory accepts it, and who is credited may take it back. */
@Resolver()
export class InvestigatorResolver {
  @Mutation(() => payloadOf('Laboratory'), {
    nullable: true,
    description: `Names a user as principal investigator of a laboratory, for managers of its group and administrators. Nobody else is shown it before the user accepts; whoever names themself has accepted. UNAUTHENTICATED, FORBIDDEN, NOT_FOUND, CONFLICT (it names ${mostInvestigators} already).`,
  })
  async invitePrincipalInvestigator(
    @Arg('laboratoryId', () => ID, { description: 'The id of the laboratory.' }) laboratoryId: string,
    @Arg('userId', () => ID, { description: 'The user who leads it.' }) userId: string,
    @Ctx() context: Context,
  ): Promise<ObjectPayload> {
    const change = await inviteInvestigator(actorOf(context), laboratoryId, userId);
    return answerWith(context, 'Laboratory', change, 'Named. Others are shown it once it is accepted.');
  }

  @Mutation(() => payloadOf('Laboratory'), {
    nullable: true,
    description:
      'Accepts to be named as principal investigator of a laboratory (see `User.invitedToLead`): everybody who sees the laboratory sees it from then on. Whoever has accepted is asked again when somebody else changes the laboratory before it is approved. UNAUTHENTICATED, FORBIDDEN (nobody has named the viewer), NOT_FOUND.',
  })
  async acceptPrincipalInvestigator(
    @Arg('laboratoryId', () => ID, { description: 'The id of the laboratory.' }) laboratoryId: string,
    @Ctx() context: Context,
  ): Promise<ObjectPayload> {
    const change = await acceptInvestigator(actorOf(context), laboratoryId);
    return answerWith(context, 'Laboratory', change, 'Accepted. Everybody who sees the laboratory sees it.');
  }

  @Mutation(() => RemovePrincipalInvestigatorPayload, {
    nullable: true,
    description:
      'Ends that a user is, or is asked to be, principal investigator of a laboratory. Everybody may for themself, at any time; for others, managers of its group and administrators. UNAUTHENTICATED, FORBIDDEN, NOT_FOUND.',
  })
  async removePrincipalInvestigator(
    @Arg('laboratoryId', () => ID, { description: 'The id of the laboratory.' }) laboratoryId: string,
    @Arg('userId', () => ID, { description: 'Who leads it no longer.' }) userId: string,
    @Ctx() context: Context,
  ): Promise<ObjectPayload> {
    const { id, ...change } = await removeInvestigator(actorOf(context), laboratoryId, userId);
    await context.readAnew();
    const laboratory = await context.loaders.visible('Laboratory').load(id);
    return { ...change, laboratory, message: change.changed ? 'Removed.' : nothingChanged };
  }

  @Mutation(() => payloadOf('Contributor'), {
    nullable: true,
    description:
      'Takes the link to the account of the viewer off a credit (a Contributor), whose text stays. UNAUTHENTICATED, FORBIDDEN (it is linked to somebody else, or to nobody), NOT_FOUND.',
  })
  async withdrawCredit(
    @Arg('contributorId', () => ID, { description: 'The id of the credit.' }) contributorId: string,
    @Ctx() context: Context,
  ): Promise<ObjectPayload> {
    const credit = await withdrawCredit(actorOf(context), contributorId);
    return answerWith(context, 'Contributor', { ...credit, changed: true }, 'Withdrawn. The text of the credit stays.');
  }
}
