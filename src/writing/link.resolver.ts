import { Arg, Args, ArgsType, Ctx, Field, ID, Mutation, Resolver, type ClassType } from 'type-graphql';
import { actorOf, type Context } from '../context';
import type { SharedType } from '../model/families';
import { fieldName } from '../model/names';
import { idPart, isPublicPart, makePayload, objectPart, type ObjectPayload } from '../model/payload';
import { answerVisibility, visibilityPayloadOf } from '../publishing/visibility-payload';
import { link, unlink, type LinkRequest } from './link.service';

@ArgsType()
class LinkArgs {
  @Field(() => ID, { description: 'What to link.' })
  id!: string;

  @Field(() => ID, { description: 'The project to link it to.' })
  projectId!: string;

  @Field(() => Boolean, {
    defaultValue: false,
    description: 'Where it becomes public by being linked: without `true` nothing changes and the answer asks.',
  })
  confirm!: boolean;

  @Field(() => String, {
    nullable: true,
    description:
      'The `digest` of the impact that was looked at: if anything that would become visible has changed since, nothing is linked (CONFLICT).',
  })
  ifImpact?: string | null;
}

const unlinkPayload = (type: SharedType): ClassType<ObjectPayload> =>
  makePayload<ObjectPayload>(`Unlink${type}Payload`, `What became of a ${type} that was taken out of a project.`, [
    {
      ...objectPart(type, 'It, as it is stored now; null to whoever sees none of its other projects.'),
      nullable: true,
    },
    idPart('unlinkedId', 'Its id, also where it is not seen any more.'),
    isPublicPart,
    {
      name: 'revoked',
      type: () => Boolean,
      description: 'Whether it stopped being public by this, which was then recorded as a revoke.',
    },
  ]);

const unlinkSubjectPayload = unlinkPayload('Subject');
const unlinkSessionPayload = unlinkPayload('Session');

const links = (what: string): string =>
  `Puts an existing ${what} into one more project. It takes OWNER on that project and on every one that it is in, since the owners of each decide who sees it. Where they are not the same owners, or it becomes public by that, it also takes the scope PUBLISH; in the latter case \`confirm: true\`, too. Linking again changes nothing. UNAUTHENTICATED, FORBIDDEN, NOT_FOUND, CONFLICT.`;
const unlinks = (what: string): string =>
  `Takes a ${what} out of a project, and of its collections and cohorts. It takes CONTRIBUTOR on that project. The last project cannot be left: BAD_USER_INPUT. Unlinking again changes nothing. UNAUTHENTICATED, FORBIDDEN, NOT_FOUND.`;

/** What is in several projects is linked to each. */
@Resolver()
export class LinkResolver {
  @Mutation(() => visibilityPayloadOf('Subject'), { nullable: true, description: links('subject') })
  linkSubject(@Args(() => LinkArgs) args: LinkArgs, @Ctx() context: Context): Promise<ObjectPayload> {
    return linkAndAnswer(context, { type: 'Subject', ...args });
  }

  @Mutation(() => unlinkSubjectPayload, { nullable: true, description: unlinks('subject') })
  unlinkSubject(
    @Arg('id', () => ID, { description: 'The subject.' }) id: string,
    @Arg('projectId', () => ID, { description: 'The project that it leaves.' }) projectId: string,
    @Ctx() context: Context,
  ): Promise<ObjectPayload> {
    return unlinkAndAnswer(context, { type: 'Subject', id, projectId });
  }

  @Mutation(() => visibilityPayloadOf('Session'), { nullable: true, description: links('session') })
  linkSession(@Args(() => LinkArgs) args: LinkArgs, @Ctx() context: Context): Promise<ObjectPayload> {
    return linkAndAnswer(context, { type: 'Session', ...args });
  }

  @Mutation(() => unlinkSessionPayload, { nullable: true, description: unlinks('session') })
  unlinkSession(
    @Arg('id', () => ID, { description: 'The session.' }) id: string,
    @Arg('projectId', () => ID, { description: 'The project that it leaves.' }) projectId: string,
    @Ctx() context: Context,
  ): Promise<ObjectPayload> {
    return unlinkAndAnswer(context, { type: 'Session', id, projectId });
  }
}

async function linkAndAnswer(context: Context, request: LinkRequest): Promise<ObjectPayload> {
  return answerVisibility(context, request.type, await link(actorOf(context), request));
}

async function unlinkAndAnswer(context: Context, request: LinkRequest): Promise<ObjectPayload> {
  const { id, ...outcome } = await unlink(actorOf(context), request);
  await context.readAnew();
  const { type } = request;
  return { ...outcome, unlinkedId: id, [fieldName(type)]: await context.loaders.visible(type).load(id) };
}
