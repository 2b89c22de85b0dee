import type { ClassType } from 'type-graphql';
import { containerTypes, sharedTypes } from '../model/families';
import { fieldName, withArticle } from '../model/names';
import { isPublicPart, makePayload, objectPart, type ObjectPayload, type PayloadPart } from '../model/payload';
import type { Context } from '../context';
import { ContentCounts, VisibilityImpact } from './impact.types';
import type { Outcome } from './publish.service';
import type { OpenedType } from './questions';

const parts: readonly PayloadPart[] = [
  isPublicPart,
  {
    name: 'confirmationRequired',
    type: () => Boolean,
    description: 'Whether nothing was done for want of `confirm: true`.',
  },
  {
    name: 'impact',
    type: () => VisibilityImpact,
    nullable: true,
    description:
      'What becomes visible to everybody by it, or stops being visible; null where a revoke is done that took too long to be counted.',
  },
];

const stillPublicPart: PayloadPart = {
  name: 'stillPublic',
  type: () => ContentCounts,
  nullable: true,
  description: 'After a revoke: what of it stays public through other public projects. Null otherwise.',
};

const made = new Map<OpenedType, ClassType<ObjectPayload>>(
  [...containerTypes, ...sharedTypes].map((type) => [
    type,
    makePayload(`${type}VisibilityPayload`, `Who sees ${withArticle(type)} after a change, or would see it.`, [
      objectPart(type),
      ...parts,
      ...(type === 'Project' ? [stillPublicPart] : []),
    ]),
  ]),
);

/** `ProjectVisibilityPayload`: what publishing, revoking or linking something has done, or would do. */
export function visibilityPayloadOf(type: OpenedType): ClassType<ObjectPayload> {
  return made.get(type)!;
}

/** Answers with the object as it is read after the change: whoever has lost sight of it is told so. */
export async function answerVisibility(
  context: Context,
  type: OpenedType,
  { id, ...outcome }: Outcome,
): Promise<ObjectPayload> {
  return { ...outcome, [fieldName(type)]: await context.reread(type, id) };
}
