import { Arg, Ctx, Field, ID, Int, Mutation, ObjectType, Resolver } from 'type-graphql';
import { signedInViewer, type Context } from '../../context';
import type { Node } from '../../model/node';
import type { Scope } from '../../access/viewer';
import { AccessToken, tokenScopes } from './access-token.entity';
import { makeTokenFor, revokeToken } from './token.service';

@ObjectType({ description: 'A new token. Copy it now: it is never shown again.', simpleResolvers: true })
export class CreatedToken {
  @Field(() => String, { description: 'The token itself, to be sent as `Authorization: Bearer …`.' })
  token!: string;

  @Field(() => AccessToken, { description: 'What is stored about it.' })
  accessToken!: Node;
}

@Resolver()
export class TokenResolver {
  @Mutation(() => CreatedToken, {
    nullable: true,
    description:
      'Makes a personal access token for the viewer, with scopes and a lifetime no greater than those of the token that is used; a token of an identity provider makes tokens of at most 30 days that do not publish. A user has at most 100 that are valid. UNAUTHENTICATED, FORBIDDEN, BAD_USER_INPUT, CONFLICT (there are as many already).',
  })
  async createAccessToken(
    @Arg('name', () => String, { description: 'What to call it, at most 100 characters.' }) name: string,
    @Arg('scopes', () => [tokenScopes.graphqlType], {
      description: 'What it is to be good for, at most 3. READ is always included.',
    })
    scopes: Scope[],
    @Arg('lifetimeDays', () => Int, { defaultValue: 30, description: 'In how many days it expires, at most 366.' })
    lifetime: number,
    @Ctx() context: Context,
  ): Promise<CreatedToken> {
    const { id, secret } = await makeTokenFor(context.dataSource, signedInViewer(context), { name, scopes, lifetime });
    return { token: secret, accessToken: await context.reread('AccessToken', id) };
  }

  @Mutation(() => AccessToken, {
    nullable: true,
    description:
      'Ends a token of the viewer: from the next request on it is refused. Every token ends itself; to end another takes the scope WRITE. Tokens that were made with it stay valid: end each that you do not know among `accessTokens`. UNAUTHENTICATED, FORBIDDEN, NOT_FOUND.',
  })
  async revokeAccessToken(
    @Arg('id', () => ID, { description: 'The id of the token (not the token itself).' }) id: string,
    @Ctx() context: Context,
  ): Promise<Node> {
    return context.reread('AccessToken', await revokeToken(context.dataSource, signedInViewer(context), id));
  }
}
