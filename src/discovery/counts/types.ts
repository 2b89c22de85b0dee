import { Field, Int, ObjectType } from 'type-graphql';
import { Node } from '../../model/node';
import { Priced } from '../../model/price';
import { Count, precisions, type Precision } from '../count';

/** How many values of a facet are told of, … */
export const usualValues = 20;
export const mostValues = 100;
/** … and how many groups. */
export const mostGroups = 1000;
/** By how many facets at once objects are grouped. */
export const mostKeys = 3;

/**
 * What it takes to count by a facet, in plain values: up to ten thousand objects are looked at, and all that they lead to on the way.
 */
export const priceOfFacet = 4000;
/** By several facets at once. */
export const priceOfGroups = 8000;
/** Charts have a few dozen bars, or cells. */
const likelyGroups = 200;

@ObjectType({ description: 'One value by which objects are counted, as the viewer reads it.', simpleResolvers: true })
export class FacetValue {
  @Field(() => String, {
    description:
      'The value, as `where` takes it: a code, a name of a closed list, a text, the id of an object, `true` or `false`, a year `2024` or a month `2024-05`.',
  })
  value!: string;

  @Field(() => String, { description: 'The value for people, such as the name of the object.' })
  label!: string;

  @Field(() => Node, {
    nullable: true,
    description: 'The object that it stands for. Null where it is a plain value, such as a year.',
  })
  node!: Node | null;

  @Field(() => Int, { description: 'How many objects have it. One that has several values counts for each.' })
  count!: number;

  @Field(() => precisions.graphqlType, { description: 'Whether there may be more.' })
  precision!: Precision;
}

@ObjectType({
  description: 'By what values objects of a list are counted. What is hidden from the viewer has none.',
  simpleResolvers: true,
})
export class Facet {
  @Field(() => String, { description: 'By what is counted: the name that it was asked by, such as `SPECIES`.' })
  by!: string;

  @Priced({ objects: usualValues })
  @Field(() => [FacetValue], {
    description: `Those of most objects first, then in the order of labels; as many as \`first\` says, at most ${mostValues}.`,
  })
  values!: FacetValue[];

  @Field(() => Count, { description: 'How many objects have a value that is not told of.' })
  others!: Count;

  @Field(() => Count, { description: 'How many objects have none, as far as the viewer sees.' })
  missing!: Count;
}

@ObjectType({ description: 'What the objects of a group have in common, by one facet.', simpleResolvers: true })
export class GroupedKey {
  @Field(() => String, { description: 'By what is counted: the name that it was asked by, such as `SPECIES`.' })
  by!: string;

  @Field(() => String, {
    nullable: true,
    description: 'The value, as in `FacetValue`. Null for objects that have none, as far as the viewer sees.',
  })
  value!: string | null;

  @Field(() => String, { nullable: true, description: 'The value for people. Null where there is none.' })
  label!: string | null;

  @Field(() => Node, {
    nullable: true,
    description: 'The object that it stands for. Null where it is a plain value, or there is none.',
  })
  node!: Node | null;
}

@ObjectType({ description: 'A group of objects, and how many they are.', simpleResolvers: true })
export class GroupedCount {
  @Field(() => [GroupedKey], {
    description: `What they have in common, in the order that was asked for; at most ${mostKeys}.`,
  })
  keys!: GroupedKey[];

  @Field(() => Int, {
    description: 'How many objects are in it. One that has several values is in several groups.',
  })
  count!: number;

  @Field(() => precisions.graphqlType, { description: 'Whether there may be more.' })
  precision!: Precision;
}

@ObjectType({ description: 'Objects in groups, for a chart.', simpleResolvers: true })
export class GroupedCounts {
  @Priced({ objects: likelyGroups })
  @Field(() => [GroupedCount], {
    description: `The largest first, then in the order of labels; as many as \`first\` says, at most ${mostGroups}.`,
  })
  groups!: GroupedCount[];

  @Field(() => Count, { description: 'How many objects were put in groups.' })
  total!: Count;

  @Field(() => Count, { description: 'How many of them are in a group that is not told of.' })
  others!: Count;

  @Field(() => Boolean, { description: 'Whether every group is told of, and every count is exact.' })
  isComplete!: boolean;
}

/** What no model leads to, and the graph has to be told of. */
export const countTypes = [Facet, GroupedCounts];
