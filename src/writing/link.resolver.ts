import { Arg, Args, ArgsType, Ctx, Field, ID, Mutation, Resolver, type ClassType } from 'type-graphql';
import { actorOf, type Context } from '../context';
import { sharedTypes, type SharedType } from '../model/families';
import { fieldName } from '../model/names';
import { idPart, isPublicPart, makePayload, objectPart, type ObjectPayload } from '../model/payload';
import { answerVisibility, visibilityPayloadOf } from '../publishing/visibility-payload';
import { link, unlink } from './link.service';

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

/** What is in several projects is linked to each: `linkX` and `unlinkX`. */
@Resolver()
export class LinkResolver {}

const prototype = LinkResolver.prototype as unknown as Record<string, unknown>;

function defineLink(type: SharedType): void {
  const name = `link${type}`;
  prototype[name] = async (args: LinkArgs, context: Context) =>
    answerVisibility(context, type, await link(actorOf(context), { type, ...args }));
  Args(() => LinkArgs)(prototype, name, 0);
  Ctx()(prototype, name, 1);
  const description = `Puts an existing ${fieldName(type)} into one more project. It takes OWNER on that project and on every one that it is in, since the owners of each decide who sees it. Where they are not the same owners, or it becomes public by that, it also takes the scope PUBLISH; in the latter case \`confirm: true\`, too. Linking again changes nothing. UNAUTHENTICATED, FORBIDDEN, NOT_FOUND, CONFLICT.`;
  Mutation(() => visibilityPayloadOf(type), { nullable: true, description })(prototype, name, {});
}

function defineUnlink(type: SharedType): void {
  const name = `unlink${type}`;
  prototype[name] = async (id: string, projectId: string, context: Context): Promise<ObjectPayload> => {
    const { id: unlinkedId, ...outcome } = await unlink(actorOf(context), { type, id, projectId });
    await context.readAnew();
    return { ...outcome, unlinkedId, [fieldName(type)]: await context.loaders.visible(type).load(unlinkedId) };
  };
  Arg('id', () => ID, { description: `The ${fieldName(type)}.` })(prototype, name, 0);
  Arg('projectId', () => ID, { description: 'The project that it leaves.' })(prototype, name, 1);
  Ctx()(prototype, name, 2);
  const payload = unlinkPayload(type);
  const description = `Takes a ${fieldName(type)} out of a project, and of its collections and cohorts. It takes CONTRIBUTOR on that project. The last project cannot be left: BAD_USER_INPUT. Unlinking again changes nothing. UNAUTHENTICATED, FORBIDDEN, NOT_FOUND.`;
  Mutation(() => payload, { nullable: true, description })(prototype, name, {});
}

for (const type of sharedTypes) {
  defineLink(type);
  defineUnlink(type);
}
