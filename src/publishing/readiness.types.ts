import { Field, Int, ObjectType } from 'type-graphql';
import { defineChoice } from '../model/fields';
import { Node } from '../model/node';

export const findingSeverities = defineChoice(
  'FindingSeverity',
  'How much a finding matters. None of them blocks: an owner decides.',
  {
    IMPORTANT: 'Likely not meant to become public, or plainly wrong.',
    WARNING: 'Readers will miss it.',
    INFO: 'Worth knowing.',
  },
);

@ObjectType({ description: 'Something worth a look before a project is published.', simpleResolvers: true })
export class ReadinessFinding {
  @Field(() => findingSeverities.graphqlType, { description: 'How much it matters.' })
  severity!: 'IMPORTANT' | 'WARNING' | 'INFO';

  @Field(() => String, { description: 'A stable code, such as `MISSING_LICENSE`.' })
  code!: string;

  @Field(() => String, { description: 'What it is and what to do, in a sentence.' })
  message!: string;

  @Field(() => [String], {
    description:
      'The way to the place, from the project on, such as `["sessions", "Night 3", "description"]`. At most 3.',
  })
  path!: string[];

  @Field(() => Int, { description: 'How many places it is true of; `path` and `object` are the first.' })
  count!: number;

  @Field(() => Node, { nullable: true, description: 'The object; null where it is not shared with the viewer.' })
  object!: Node | null;
}
