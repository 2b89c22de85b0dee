import { Arg, Args, ArgsType, Ctx, Field, ID, Mutation, ObjectType, Resolver } from 'type-graphql';
import type { Context } from '../context';
import { PublicationResult } from '../publishing/publication.types';
import { link, unlink, type LinkRequest } from './link.service';
import { deskOf } from './write.resolver';

@ArgsType()
export class LinkArgs {
  @Field(() => ID, { description: 'What to link.' })
  id!: string;

  @Field(() => ID, { description: 'The project to link it to.' })
  project!: string;

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

@ObjectType({ description: 'What became of something that was taken out of a project.', simpleResolvers: true })
export class Unlinked {
  @Field(() => ID, { description: 'Its id. Who sees none of its other projects does not see it any more.' })
  id!: string;

  @Field(() => Boolean, { description: 'Whether anything was changed.' })
  changed!: boolean;

  @Field(() => Boolean, { description: 'Whether everybody can see it now.' })
  isPublic!: boolean;

  @Field(() => Boolean, {
    description: 'Whether it stopped being public by this, which was then recorded as a revoke.',
  })
  revoked!: boolean;

  @Field(() => String, { description: 'What happened, in words.' })
  message!: string;
}

const links = (what: string): string =>
  `Puts an existing ${what} into one more project. It takes OWNER on that project and on every one that it is in, since the owners of each decide who sees it. Where they are not the same owners, or it becomes public by that, it also takes the scope PUBLISH; in the latter case \`confirm: true\`, too. Linking again changes nothing. UNAUTHENTICATED, FORBIDDEN, NOT_FOUND, CONFLICT.`;
const unlinks = (what: string): string =>
  `Takes a ${what} out of a project, and of its collections and cohorts. It takes CONTRIBUTOR on that project. The last project cannot be left: BAD_USER_INPUT. Unlinking again changes nothing. UNAUTHENTICATED, FORBIDDEN, NOT_FOUND.`;

/** What is in several projects is linked to each. */
@Resolver()
export class LinkResolver {
  @Mutation(() => PublicationResult, { nullable: true, description: links('subject') })
  linkSubject(@Args(() => LinkArgs) args: LinkArgs, @Ctx() context: Context): Promise<PublicationResult> {
    return linkAndAnswer(context, { type: 'Subject', ...args });
  }

  @Mutation(() => Unlinked, { nullable: true, description: unlinks('subject') })
  unlinkSubject(
    @Arg('id', () => ID, { description: 'The subject.' }) id: string,
    @Arg('project', () => ID, { description: 'The project that it leaves.' }) project: string,
    @Ctx() context: Context,
  ): Promise<Unlinked> {
    return unlink(deskOf(context), { type: 'Subject', id, project });
  }

  @Mutation(() => PublicationResult, { nullable: true, description: links('session') })
  linkSession(@Args(() => LinkArgs) args: LinkArgs, @Ctx() context: Context): Promise<PublicationResult> {
    return linkAndAnswer(context, { type: 'Session', ...args });
  }

  @Mutation(() => Unlinked, { nullable: true, description: unlinks('session') })
  unlinkSession(
    @Arg('id', () => ID, { description: 'The session.' }) id: string,
    @Arg('project', () => ID, { description: 'The project that it leaves.' }) project: string,
    @Ctx() context: Context,
  ): Promise<Unlinked> {
    return unlink(deskOf(context), { type: 'Session', id, project });
  }
}

async function linkAndAnswer(context: Context, request: LinkRequest): Promise<PublicationResult> {
  const { id, ...outcome } = await link(deskOf(context), request);
  return { ...outcome, object: await context.reread(request.type, id) };
}
