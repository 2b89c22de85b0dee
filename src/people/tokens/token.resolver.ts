import { Arg, Ctx, Field, ID, InputType, Int, Mutation, Resolver } from 'type-graphql';
import { actorOf, type Context } from '../../context';
import type { Node } from '../../model/node';
import { makePayload, objectPart, payloadOf, type MutationPayload, type ObjectPayload } from '../../model/payload';
import type { Scope } from '../../access/viewer';
import { answerWith } from '../payloads';
import { tokenScopes } from '../../domain/people/access-token.entity';
import { makeTokenFor, revokeToken, toldOfEnd } from './token.service';

interface CreatedToken extends MutationPayload {
  token: string;
  accessToken: Promise<Node>;
}

const CreateAccessTokenPayload = makePayload<CreatedToken>(
  'CreateAccessTokenPayload',
  'A new token. Copy it now: it is never shown again.',
  [
    { name: 'token', type: () => String, description: 'The token itself, to be sent as `Authorization: Bearer …`.' },
    objectPart('AccessToken', 'What is stored about it.'),
  ],
);

@InputType({ description: 'A new AccessToken.' })
class CreateAccessTokenInput {
  @Field(() => String, { description: 'What to call it, at most 100 characters.' })
  name!: string;

  @Field(() => [tokenScopes.graphqlType], {
    description: 'What it is to be good for, at most 3. READ is always included.',
  })
  scopes!: Scope[];

  @Field(() => Int, { defaultValue: 30, description: 'In how many days it expires, at most 366.' })
  lifetimeDays!: number;
}

@Resolver()
export class TokenResolver {
  @Mutation(() => CreateAccessTokenPayload, {
    nullable: true,
    description:
      'Makes a personal access token for the viewer, with scopes and a lifetime no greater than those of the token that is used, with which it ends; a token of an identity provider makes tokens of at most 30 days that do not publish. A user has at most 100 that are valid. UNAUTHENTICATED, FORBIDDEN, BAD_USER_INPUT, CONFLICT (there are as many already).',
  })
  async createAccessToken(
    @Arg('input', () => CreateAccessTokenInput, { description: 'The token.' })
    { name, scopes, lifetimeDays: lifetime }: CreateAccessTokenInput,
    @Ctx() context: Context,
  ): Promise<CreatedToken> {
    const { id, secret } = await makeTokenFor(actorOf(context), { name, scopes, lifetime });
    // The secret is told whatever becomes of the rest of the answer.
    const accessToken = context.reread('AccessToken', id);
    accessToken.catch(() => undefined);
    return { token: secret, accessToken, changed: true, message: 'Made. Copy it now: it is never shown again.' };
  }

  @Mutation(() => payloadOf('AccessToken'), {
    nullable: true,
    description:
      'Ends a token of the viewer: from the next request on it is refused. Every token ends itself; to end another takes the scope WRITE. Tokens that were made with it end as well. UNAUTHENTICATED, FORBIDDEN, NOT_FOUND.',
  })
  async revokeAccessToken(
    @Arg('id', () => ID, { description: 'The id of the token (not the token itself).' }) id: string,
    @Ctx() context: Context,
  ): Promise<ObjectPayload> {
    const { others, ...change } = await revokeToken(actorOf(context), id);
    return answerWith(context, 'AccessToken', change, toldOfEnd('Revoked', others));
  }
}
