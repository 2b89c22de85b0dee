import { Field, Int, ObjectType } from 'type-graphql';
import { defineChoice } from '../model/fields';
import { Node } from '../model/node';

const findingSeverities = defineChoice(
  'FindingSeverity',
  'How much a finding matters. None of them blocks: an owner decides.',
  {
    IMPORTANT: 'Likely not meant to become public, or plainly wrong.',
    WARNING: 'Readers will miss it.',
    INFO: 'Worth knowing.',
  },
);

const findingCodes = {
  MISSING_DESCRIPTION: 'It has no description.',
  MISSING_LICENSE: 'The project has no licence: without one nobody may use the data.',
  DATE_IN_FUTURE: 'It lies in the future.',
  NO_MODULES: 'Nothing tells what happened in it.',
  SPECIES_NOT_VISIBLE: 'Its species is a proposal that is not approved yet.',
  HUMAN_BIRTH_DATE: 'A person is given with an exact birth date.',
  PEOPLE_NAMED: 'It names who did something.',
  DETAILS_BREAK_SCHEMA: 'Its details do not follow the schema of their type.',
  REFERENCE_WILL_BE_NULL: 'It refers to a personal attribute that would not be visible.',
  SHARED_OUT_OF_SIGHT: 'It is also in a project that is hidden from the viewer.',
  EMAIL_ADDRESS: 'Free text holds what looks like an e-mail address.',
  PHONE_NUMBER: 'Free text holds what looks like a telephone number.',
  HOME_FOLDER: "Free text holds a path in somebody's home folder.",
  NAME_OF_A_USER: 'Free text holds the name of a user of this server.',
} as const;

export type FindingCode = keyof typeof findingCodes;

const findingCodesChoice = defineChoice('FindingCode', 'What a finding is about.', findingCodes);

@ObjectType({ description: 'Something worth a look before a project is published.', simpleResolvers: true })
export class ReadinessFinding {
  @Field(() => findingSeverities.graphqlType, { description: 'How much it matters.' })
  severity!: 'IMPORTANT' | 'WARNING' | 'INFO';

  @Field(() => findingCodesChoice.graphqlType, { description: 'What it is about.' })
  code!: FindingCode;

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
