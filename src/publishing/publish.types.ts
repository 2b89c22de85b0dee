import { ArgsType, Field, ID } from 'type-graphql';

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
  attributeIds?: string[] | null;
}

@ArgsType()
export class PublishDataStorageArgs extends PublishArgs {
  @Field(() => [ID], {
    nullable: true,
    description: 'The protocols of the storage that open with it, at most 100; none when left out.',
  })
  protocolIds?: string[] | null;
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
  protocolIds?: string[] | null;
}
