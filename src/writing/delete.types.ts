import { Field, ID, ObjectType } from 'type-graphql';
import { MutationPayload } from '../model/payload';

/** What a deletion did. */
export interface Deleted {
  id: string;
  message: string;
  revoked: boolean;
}

@ObjectType({
  description: 'What became of an object that was deleted.',
  simpleResolvers: true,
  implements: MutationPayload,
})
export class DeletePayload extends MutationPayload {
  @Field(() => ID, { description: 'The id that it had; it is never used again.' })
  deletedId!: string;

  @Field(() => Boolean, { description: 'Whether it was public itself: deleting it was then recorded as a revoke.' })
  revoked!: boolean;
}
