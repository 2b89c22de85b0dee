import { Field, ID, ObjectType, type ClassType } from 'type-graphql';
import { withArticle } from '../model/names';
import { classOf, type Node } from '../model/node';
import { writableTypes, type WritableType } from './shape';

/** What `createX` and `updateX` answer. */
export interface WrittenObject {
  object: Node;
  changed: boolean;
  isPublic: boolean;
  message: string;
}

const made = new Map<WritableType, ClassType<WrittenObject>>(writableTypes.map((type) => [type, makeWritten(type)]));

/** The type in which a created or changed object is answered (`SubjectWritten`). */
export function writtenOf(type: WritableType): ClassType<WrittenObject> {
  return made.get(type)!;
}

function makeWritten(type: WritableType): ClassType<WrittenObject> {
  @ObjectType(`${type}Written`, {
    description: `What became of ${withArticle(type)} that was written.`,
    simpleResolvers: true,
  })
  class Written {
    @Field(() => classOf(type), { description: 'The object as it is stored now.' })
    object!: Node;

    @Field(() => Boolean, { description: 'Whether anything was changed.' })
    changed!: boolean;

    @Field(() => Boolean, { description: 'Whether everybody can see it now.' })
    isPublic!: boolean;

    @Field(() => String, { description: 'What happened, in words.' })
    message!: string;
  }
  return Written;
}

@ObjectType({ description: 'What became of an object that was deleted.', simpleResolvers: true })
export class Deleted {
  @Field(() => ID, { description: 'The id that it had; it is never used again.' })
  id!: string;

  @Field(() => String, { description: 'The type that it was of.' })
  type!: string;

  @Field(() => String, { description: 'What happened, and what else went with it, in words.' })
  message!: string;

  @Field(() => Boolean, { description: 'Whether it was public itself: deleting it was then recorded as a revoke.' })
  revoked!: boolean;
}
