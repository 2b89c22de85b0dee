import { Args, Ctx, Mutation, Resolver } from 'type-graphql';
import { actorOf, type Context } from '../context';
import type { ObjectPayload } from '../model/payload';
import { publish, revoke, type PublishRequest, type RevokeRequest } from './publish.service';
import {
  PublishArgs,
  PublishDataStorageArgs,
  PublishProjectArgs,
  RevokeArgs,
  RevokeDataStorageArgs,
} from './publish.types';
import { answerVisibility, visibilityPayloadOf } from './visibility-payload';

const errors =
  'UNAUTHENTICATED, FORBIDDEN (not an owner, or a token without the scope PUBLISH), NOT_FOUND, BAD_USER_INPUT, CONFLICT.';
const publishes = (what: string): string =>
  `Makes ${what} visible to everybody. Without \`confirm: true\` nothing changes and the answer says what would become visible. Publishing again changes nothing. ${errors}`;
const revokes = (what: string): string =>
  `Makes ${what} private again, from the reply on. Revoking again changes nothing. ${errors}`;

/** The one deliberate act, for each thing that can be public. */
@Resolver()
export class PublishResolver {
  @Mutation(() => visibilityPayloadOf('Project'), {
    nullable: true,
    description: publishes('a project with its subjects, sessions, modules, collections and cohorts'),
  })
  publishProject(
    @Args(() => PublishProjectArgs) args: PublishProjectArgs,
    @Ctx() context: Context,
  ): Promise<ObjectPayload> {
    return publishAndAnswer(context, { type: 'Project', ...args });
  }

  @Mutation(() => visibilityPayloadOf('Project'), {
    nullable: true,
    description: `${revokes('a project')} What is also in another public project stays public: the answer counts it.`,
  })
  revokeProject(@Args(() => RevokeArgs) args: RevokeArgs, @Ctx() context: Context): Promise<ObjectPayload> {
    return revokeAndAnswer(context, { type: 'Project', ...args });
  }

  @Mutation(() => visibilityPayloadOf('BehavioralParadigm'), {
    nullable: true,
    description: publishes('a behavioral paradigm'),
  })
  publishBehavioralParadigm(
    @Args(() => PublishArgs) args: PublishArgs,
    @Ctx() context: Context,
  ): Promise<ObjectPayload> {
    return publishAndAnswer(context, { type: 'BehavioralParadigm', ...args });
  }

  @Mutation(() => visibilityPayloadOf('BehavioralParadigm'), {
    nullable: true,
    description: revokes('a behavioral paradigm'),
  })
  revokeBehavioralParadigm(@Args(() => RevokeArgs) args: RevokeArgs, @Ctx() context: Context): Promise<ObjectPayload> {
    return revokeAndAnswer(context, { type: 'BehavioralParadigm', ...args });
  }

  @Mutation(() => visibilityPayloadOf('Setup'), {
    nullable: true,
    description: publishes('a setup with its equipment'),
  })
  publishSetup(@Args(() => PublishArgs) args: PublishArgs, @Ctx() context: Context): Promise<ObjectPayload> {
    return publishAndAnswer(context, { type: 'Setup', ...args });
  }

  @Mutation(() => visibilityPayloadOf('Setup'), { nullable: true, description: revokes('a setup') })
  revokeSetup(@Args(() => RevokeArgs) args: RevokeArgs, @Ctx() context: Context): Promise<ObjectPayload> {
    return revokeAndAnswer(context, { type: 'Setup', ...args });
  }

  @Mutation(() => visibilityPayloadOf('Inventory'), {
    nullable: true,
    description: publishes('an inventory with its consumable stocks'),
  })
  publishInventory(@Args(() => PublishArgs) args: PublishArgs, @Ctx() context: Context): Promise<ObjectPayload> {
    return publishAndAnswer(context, { type: 'Inventory', ...args });
  }

  @Mutation(() => visibilityPayloadOf('Inventory'), { nullable: true, description: revokes('an inventory') })
  revokeInventory(@Args(() => RevokeArgs) args: RevokeArgs, @Ctx() context: Context): Promise<ObjectPayload> {
    return revokeAndAnswer(context, { type: 'Inventory', ...args });
  }

  @Mutation(() => visibilityPayloadOf('DataStorage'), {
    nullable: true,
    description: publishes('a data storage with the protocols that are named'),
  })
  publishDataStorage(
    @Args(() => PublishDataStorageArgs) args: PublishDataStorageArgs,
    @Ctx() context: Context,
  ): Promise<ObjectPayload> {
    return publishAndAnswer(context, { type: 'DataStorage', ...args });
  }

  @Mutation(() => visibilityPayloadOf('DataStorage'), {
    nullable: true,
    description: revokes('a data storage with all its protocols, or only the protocols that are named,'),
  })
  revokeDataStorage(
    @Args(() => RevokeDataStorageArgs) args: RevokeDataStorageArgs,
    @Ctx() context: Context,
  ): Promise<ObjectPayload> {
    return revokeAndAnswer(context, { type: 'DataStorage', ...args });
  }
}

async function publishAndAnswer(context: Context, request: PublishRequest): Promise<ObjectPayload> {
  return answerVisibility(context, request.type, await publish(actorOf(context), request));
}

async function revokeAndAnswer(context: Context, request: RevokeRequest): Promise<ObjectPayload> {
  return answerVisibility(context, request.type, await revoke(actorOf(context), request));
}
