import { Field, ID, Int, ObjectType } from 'type-graphql';
import { atMost } from '../model/bounds';
import { defineChoice } from '../model/fields';
import { contentCounts, type ContentCount } from '../model/types';

/** As many as can be published together with a project. */
export const mostHidden = 100;

const attributeKinds = defineChoice('AttributeType', 'A kind of personal attribute, which is shared on its own.', {
  BEHAVIORAL_PARADIGM: '`BehavioralParadigm`.',
  SETUP: '`Setup`, with its equipment.',
  INVENTORY: '`Inventory`, with its consumable stocks.',
  DATA_STORAGE: '`DataStorage`, with its protocols.',
});

@ObjectType({
  description: 'A personal attribute that the content refers to and that anonymous viewers would still not see.',
  simpleResolvers: true,
})
export class HiddenAttribute {
  @Field(() => attributeKinds.graphqlType, { description: 'Its kind.' })
  type!: string;

  @Field(() => Int, { description: 'How many references to it would read as null, or be absent from a list.' })
  references!: number;

  @Field(() => [String], {
    description: 'The fields in which it is referred to, such as `Behavior.setup`. Each once, at most 20.',
  })
  paths!: string[];

  @Field(() => ID, { nullable: true, description: 'Its id; null where it is not shared with the viewer either.' })
  id!: string | null;

  @Field(() => String, { nullable: true, description: 'Its name; null where it is not shared with the viewer either.' })
  name!: string | null;

  @Field(() => Boolean, {
    nullable: true,
    description:
      'Whether the viewer owns it and could publish it together with the project; null where it is not shared with the viewer.',
  })
  canPublish!: boolean | null;
}

/** How much content of each kind: a field for each of `contentCounts`. */
export const ContentCounts = class ContentCounts {} as new () => ContentCounts;
export type ContentCounts = Record<ContentCount, number>;

ObjectType({ description: 'How much content of each kind.', simpleResolvers: true })(ContentCounts);
for (const [count, description] of Object.entries(contentCounts))
  Field(() => Int, { description })(ContentCounts.prototype as object, count);

@ObjectType({
  description: 'What becomes visible to everybody by publishing, or stops being visible by revoking.',
  simpleResolvers: true,
})
export class VisibilityImpact extends ContentCounts {
  @Field(() => Int, { description: 'How many of the subjects are also in other projects.' })
  sharedSubjects!: number;

  @Field(() => Int, { description: 'How many of the sessions are also in other projects.' })
  sharedSessions!: number;

  @Field(() => Int, {
    description: 'How many of the subjects and sessions are also in projects that are hidden from the viewer.',
  })
  sharedOutOfSight!: number;

  @Field(() => [HiddenAttribute], {
    description: `The personal attributes that the content refers to and that would still read as null, those referred to most first. Empty for a revoke. ${atMost(mostHidden)}`,
  })
  stillHidden!: HiddenAttribute[];

  @Field(() => Int, { description: 'How many there are of `stillHidden` in all.' })
  stillHiddenCount!: number;

  @Field(() => String, {
    description: 'A mark of exactly this content: send it as `ifImpact` to publish only if nothing has changed since.',
  })
  digest!: string;
}
