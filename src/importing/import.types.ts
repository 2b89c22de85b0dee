import { Field, InputType, Int, ObjectType } from 'type-graphql';
import type { Node } from '../model/node';
import { atMost } from '../model/bounds';
import { MutationPayload } from '../model/payload';
import { JSONObject } from '../model/scalars';
import { Project } from '../domain/project/project.entity';
import { defineChoice } from '../model/fields';
import { importFaultCodes, type ImportFaultCode } from './storing/faults';

const faultCodesChoice = defineChoice(
  'ImportFaultCode',
  'What can be wrong with a tree that is to be imported.',
  importFaultCodes,
);

/** Larger trees go to `POST /import`. */
export const mostEntries = 2000;

@InputType({ description: 'A whole project with everything in it.' })
export class ImportProjectInput {
  @Field(() => [JSONObject], { description: `The entries of the tree, in any order. ${atMost(mostEntries)}` })
  entries!: object[];
}

@ObjectType({ description: 'One thing that is wrong with a tree that was to be imported.', simpleResolvers: true })
class ImportFault {
  @Field(() => Int, {
    nullable: true,
    description: 'Which entry it is in, counted from 0; null where the tree as a whole is wrong.',
  })
  entry!: number | null;

  @Field(() => String, { nullable: true, description: "The entry's key; null where it has none." })
  key!: string | null;

  @Field(() => [String], {
    description: 'Where in the entry: field, then whatever leads further in. At most 100 steps.',
  })
  path!: string[];

  @Field(() => faultCodesChoice.graphqlType, { description: 'What is wrong.' })
  code!: ImportFaultCode;

  @Field(() => String, { description: 'What is wrong and what to do.' })
  message!: string;
}

@ObjectType({
  description: 'What the import of a tree has done, or (a dry run) would do.',
  simpleResolvers: true,
  implements: MutationPayload,
})
export class ImportProjectPayload extends MutationPayload {
  @Field(() => Project, {
    nullable: true,
    description: 'The project of the tree; null where nothing was stored and there is none yet.',
  })
  project!: Node | null;

  @Field(() => Int, { description: 'How many entries became new objects.' })
  created!: number;

  @Field(() => Int, { description: 'How many entries changed an object that was there.' })
  updated!: number;

  @Field(() => Int, { description: 'How many entries say what is stored already.' })
  unchanged!: number;

  @Field(() => Int, { description: 'How many entries have a fault. If any has, nothing is stored.' })
  rejected!: number;

  @Field(() => Boolean, {
    description:
      'Whether everybody can read the project, or anything that the import has made: a session may be in another project that is public, a setup may be public itself.',
  })
  isPublic!: boolean;

  @Field(() => [ImportFault], { description: 'Everything that is wrong with the tree. At most 1,000 faults.' })
  faults!: ImportFault[];
}
