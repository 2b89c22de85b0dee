import { Arg, Ctx, ID, Int, Mutation, Resolver } from 'type-graphql';
import { actorOf, type Context } from '../context';
import { fieldName, withArticle } from '../model/names';
import { payloadOf, type ObjectPayload } from '../model/payload';
import { deleteObject } from './delete.service';
import { inputsOf } from './inputs';
import { rights, told } from './rights';
import { writableTypes, type WritableType } from './shape';
import { createObject, updateObject, type Input, type Written } from './write.service';
import { DeletePayload } from './delete.types';

/** `createX`, `updateX` and `deleteX` for every type that authors write. */
@Resolver()
export class WriteResolver {}

const prototype = WriteResolver.prototype as unknown as Record<string, unknown>;
const mayFail = 'UNAUTHENTICATED, FORBIDDEN, NOT_FOUND, BAD_USER_INPUT';
const versionDescription =
  'The `version` that the client looked at: if it is no longer the stored one, nothing is changed (CONFLICT, with `currentVersion`).';

function defineCreate(type: WritableType): void {
  const name = `create${type}`;
  prototype[name] = async (input: Input, context: Context) =>
    answer(context, type, await createObject(actorOf(context), type, input));
  Arg('input', () => inputsOf(type).create, { description: 'What to create.' })(prototype, name, 0);
  Ctx()(prototype, name, 1);
  Mutation(() => payloadOf(type), {
    nullable: true,
    description: `Creates ${withArticle(type)}. ${told(rights[type].create)}. All faults of the input are told at once, in \`extensions.errors\`. ${mayFail}.`,
  })(prototype, name, {});
}

function defineUpdate(type: WritableType): void {
  const name = `update${type}`;
  prototype[name] = async (id: string, input: Input, ifVersion: number | null, context: Context) =>
    answer(context, type, await updateObject(actorOf(context), type, id, input, ifVersion));
  Arg('id', () => ID, { description: 'What to change.' })(prototype, name, 0);
  Arg('input', () => inputsOf(type).update, { description: 'What to change of it.' })(prototype, name, 1);
  Arg('ifVersion', () => Int, { nullable: true, description: versionDescription })(prototype, name, 2);
  Ctx()(prototype, name, 3);
  Mutation(() => payloadOf(type), {
    nullable: true,
    description: `Changes ${withArticle(type)}: what the input leaves out stays, an explicit null clears. ${told(rights[type].update)}. ${mayFail}, CONFLICT.`,
  })(prototype, name, {});
}

function defineDelete(type: WritableType): void {
  const name = `delete${type}`;
  prototype[name] = async (id: string, ifVersion: number | null, context: Context): Promise<DeletePayload> => {
    const { id: deletedId, ...deleted } = await deleteObject(actorOf(context), type, id, ifVersion);
    await context.readAnew();
    return { ...deleted, deletedId, changed: true };
  };
  Arg('id', () => ID, { description: 'What to delete.' })(prototype, name, 0);
  Arg('ifVersion', () => Int, { nullable: true, description: versionDescription })(prototype, name, 1);
  Ctx()(prototype, name, 2);
  Mutation(() => DeletePayload, {
    nullable: true,
    description: `Deletes ${withArticle(type)} and what belongs to it. ${told(rights[type].delete)}. UNAUTHENTICATED, FORBIDDEN, NOT_FOUND, CONFLICT.`,
  })(prototype, name, {});
}

async function answer(context: Context, type: WritableType, { id, ...written }: Written): Promise<ObjectPayload> {
  return { ...written, [fieldName(type)]: await context.reread(type, id) };
}

for (const type of writableTypes) {
  defineCreate(type);
  defineUpdate(type);
  defineDelete(type);
}
