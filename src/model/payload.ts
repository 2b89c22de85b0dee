import { Field, ID, InterfaceType, ObjectType, type ClassType } from 'type-graphql';
import { writableTypes } from './families';
import { fieldName, withArticle } from './names';
import { classOf } from './node';
import type { NodeName } from './ids';

/** What every mutation answers. Where the schema is built, `query` is put beside it: see graph/read-on.ts. */
@InterfaceType('MutationPayload', {
  description:
    'What every mutation answers, beside the object that it is about: that is in a field which is called after its type.',
})
export abstract class MutationPayload {
  @Field(() => Boolean, { description: 'Whether anything was changed.' })
  changed!: boolean;

  @Field(() => String, { description: 'What happened, in words.' })
  message!: string;
}

/** One field of a payload: `type` as type-graphql takes it. */
export interface PayloadPart {
  name: string;
  type: () => unknown;
  description: string;
  nullable?: boolean;
}

/** The object that a mutation is about, under the name of its type. */
export const objectPart = (type: NodeName, description = 'It, as it is stored now.'): PayloadPart => ({
  name: fieldName(type),
  type: () => classOf(type),
  description,
});

export const isPublicPart: PayloadPart = {
  name: 'isPublic',
  type: () => Boolean,
  description: 'Whether everybody can see it now.',
};

/** What became of something that is gone, whose id is all that is left of it. */
export const idPart = (name: string, description: string): PayloadPart => ({ name, type: () => ID, description });

/** Makes the type in which a mutation answers. */
export function makePayload<T extends MutationPayload>(
  name: string,
  description: string,
  parts: readonly PayloadPart[],
): ClassType<T> {
  const made = { [name]: class {} }[name]!;
  for (const part of parts)
    Field(part.type as never, { description: part.description, nullable: part.nullable ?? false })(
      made.prototype,
      part.name,
    );
  ObjectType(name, { description, simpleResolvers: true, implements: MutationPayload })(made);
  return made as ClassType<T>;
}

/** What a mutation answers that leaves an object behind. The object is under the name of its type. */
export type ObjectPayload = MutationPayload & Record<string, unknown>;

/** Roles and tokens are never for everybody, and the name of a group always is. */
const withoutFlag = ['Group', 'Membership', 'GroupMembership', 'AccessToken'] as const;

const made = new Map<NodeName, ClassType<ObjectPayload>>([
  ...writableTypes.map((type) => make(type, [isPublicPart])),
  ...withoutFlag.map((type) => make(type, [])),
]);

/** `SessionPayload`: what a mutation answers that is about one session, and no more than that. */
export function payloadOf(type: NodeName): ClassType<ObjectPayload> {
  return made.get(type)!;
}

function make(type: NodeName, more: readonly PayloadPart[]): [NodeName, ClassType<ObjectPayload>] {
  return [type, makePayload(`${type}Payload`, `What became of ${withArticle(type)}.`, [objectPart(type), ...more])];
}
