import { ArgsType, Field, ID, ObjectType } from 'type-graphql';
import { Node } from '../model/node';
import { ContentCounts, PublicationImpact } from './impact.types';

@ArgsType()
export class PublishArgs {
  @Field(() => ID, { description: 'What to publish.' })
  id!: string;

  @Field(() => Boolean, {
    defaultValue: false,
    description: 'Without `true` nothing changes: the answer asks, and says what would become visible.',
  })
  confirm!: boolean;

  @Field(() => String, {
    nullable: true,
    description:
      'The `digest` of the impact that was looked at: if anything that would become visible has changed since, nothing is published (CONFLICT).',
  })
  ifImpact?: string | null;
}

@ArgsType()
export class PublishProjectArgs extends PublishArgs {
  @Field(() => [ID], {
    nullable: true,
    description:
      'Personal attributes to publish together with the project, at most 100, all or nothing: each has to be owned by the viewer and referred to by the project.',
  })
  withAttributes?: string[] | null;
}

@ArgsType()
export class PublishDataStorageArgs extends PublishArgs {
  @Field(() => [ID], {
    nullable: true,
    description: 'The protocols of the storage that open with it, at most 100; none when left out.',
  })
  protocols?: string[] | null;
}

@ArgsType()
export class RevokeArgs {
  @Field(() => ID, { description: 'What to make private again.' })
  id!: string;
}

@ArgsType()
export class RevokeDataStorageArgs extends RevokeArgs {
  @Field(() => [ID], {
    nullable: true,
    description:
      'Close only these protocols, at most 100, and leave the storage public; when left out, the storage and all its protocols become private.',
  })
  protocols?: string[] | null;
}

@ObjectType({ description: 'What a publication or revoke has done, or would do.', simpleResolvers: true })
export class PublicationResult {
  @Field(() => Boolean, { description: 'Whether anything was changed.' })
  changed!: boolean;

  @Field(() => Boolean, { description: 'Whether the object is public now.' })
  isPublic!: boolean;

  @Field(() => Boolean, { description: 'Whether nothing was done for want of `confirm: true`.' })
  confirmationRequired!: boolean;

  @Field(() => String, { description: 'What happened, or the question to confirm, in words.' })
  message!: string;

  @Field(() => PublicationImpact, {
    nullable: true,
    description:
      'What becomes visible to everybody by it, or stops being visible; null where a revoke is done that took too long to be counted.',
  })
  impact!: PublicationImpact | null;

  @Field(() => ContentCounts, {
    nullable: true,
    description:
      'After the revoke of a project: what of it stays public through other public projects. Null otherwise.',
  })
  stillPublic!: ContentCounts | null;

  @Field(() => Node, { description: 'The object that was published or revoked.' })
  object!: Node;
}
