import type { Context } from '../context';
import type { NodeName } from '../model/ids';
import { fieldName } from '../model/names';
import { idPart, makePayload, type MutationPayload, type ObjectPayload } from '../model/payload';

export interface Removal extends MutationPayload {
  removedId: string;
}

/** What a mutation answers that ends a role, a membership or an invitation. */
export const RemovalPayload = makePayload<Removal>(
  'RemovalPayload',
  'What became of a role, a membership of a group or an invitation that is gone.',
  [idPart('removedId', 'The id of the membership or invitation that is gone.')],
);

export async function answerRemoval(context: Context, id: string, message: string): Promise<Removal> {
  await context.readAnew();
  return { removedId: id, changed: true, message };
}

/** What is told where a request asks for what is so already. */
export const nothingChanged = 'Nothing had to be changed: it is so already.';

/** Answers with the object as it is read after the change. */
export async function answerWith(
  context: Context,
  type: NodeName,
  { id, ...change }: { id: string; changed: boolean; isPublic?: boolean },
  done: string,
): Promise<ObjectPayload> {
  const found = await context.reread(type, id);
  return { ...change, message: change.changed ? done : nothingChanged, [fieldName(type)]: found };
}
