import { Args, Ctx, Mutation, Resolver, type ClassType } from 'type-graphql';
import type { Actor } from '../access/act';
import { actorOf, type Context } from '../context';
import type { ContainerType } from '../model/families';
import { publish, revoke, type Outcome } from './publish.service';
import {
  PublishArgs,
  PublishDataStorageArgs,
  PublishProjectArgs,
  RevokeArgs,
  RevokeDataStorageArgs,
} from './publish.types';
import { answerVisibility, visibilityPayloadOf } from './visibility-payload';

/** The one deliberate act, for each thing that can be public: `publishX` and `revokeX`. */
@Resolver()
export class PublishResolver {}

const prototype = PublishResolver.prototype as unknown as Record<string, unknown>;
const errors =
  'UNAUTHENTICATED, FORBIDDEN (not an owner, or a token without the scope PUBLISH), NOT_FOUND, BAD_USER_INPUT, CONFLICT.';

interface Told {
  /** What the descriptions say becomes visible, and private; `remark` is said of a revoke beyond that. */
  opened: string;
  closed: string;
  remark?: string;
  publishArgs?: ClassType<PublishArgs>;
  revokeArgs?: ClassType<RevokeArgs>;
}

const containers: Record<ContainerType, Told> = {
  Project: {
    opened: 'a project with its subjects, sessions, modules, collections and cohorts',
    publishArgs: PublishProjectArgs,
    closed: 'a project',
    remark: ' What is also in another public project stays public: the answer counts it.',
  },
  BehavioralParadigm: { opened: 'a behavioral paradigm', closed: 'a behavioral paradigm' },
  Setup: { opened: 'a setup with its equipment', closed: 'a setup' },
  Inventory: { opened: 'an inventory with its consumable stocks', closed: 'an inventory' },
  DataStorage: {
    opened: 'a data storage with the protocols that are named',
    publishArgs: PublishDataStorageArgs,
    closed: 'a data storage with all its protocols, or only the protocols that are named,',
    revokeArgs: RevokeDataStorageArgs,
  },
};

function definePublish(type: ContainerType, { opened, publishArgs = PublishArgs }: Told): void {
  const description = `Makes ${opened} visible to everybody. Without \`confirm: true\` nothing changes and the answer says what would become visible. Publishing again changes nothing. ${errors}`;
  define(`publish${type}`, type, description, publishArgs, (actor, args) => publish(actor, { type, ...args }));
}

function defineRevoke(type: ContainerType, { closed, remark = '', revokeArgs = RevokeArgs }: Told): void {
  const description = `Makes ${closed} private again, from the reply on. Revoking again changes nothing. ${errors}${remark}`;
  define(`revoke${type}`, type, description, revokeArgs, (actor, args) => revoke(actor, { type, ...args }));
}

function define<T extends object>(
  name: string,
  type: ContainerType,
  description: string,
  argsClass: ClassType<T>,
  change: (actor: Actor, args: T) => Promise<Outcome>,
): void {
  prototype[name] = async (args: T, context: Context) =>
    answerVisibility(context, type, await change(actorOf(context), args));
  Args(() => argsClass)(prototype, name, 0);
  Ctx()(prototype, name, 1);
  Mutation(() => visibilityPayloadOf(type), { nullable: true, description })(prototype, name, {});
}

for (const [type, told] of Object.entries(containers) as [ContainerType, Told][]) {
  definePublish(type, told);
  defineRevoke(type, told);
}
