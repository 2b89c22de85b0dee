import { Field, Int, ObjectType } from 'type-graphql';
import { defineChoice } from '../model/fields';

/** How many objects are looked at, at most, to count them by what they have. */
export const mostCounted = 10_000;

export type Precision = 'EXACT' | 'AT_LEAST';

export const precisions = defineChoice('CountPrecision', 'How exact a count is.', {
  EXACT: 'There are exactly as many.',
  AT_LEAST: `There are as many, or more: beyond the first ${mostCounted.toLocaleString('en-US')} objects nothing was counted.`,
});

@ObjectType({ description: 'How many there are, and whether that is exact.', simpleResolvers: true })
export class Count {
  @Field(() => Int, { description: 'How many there are; at least, where `precision` says so.' })
  count!: number;

  @Field(() => precisions.graphqlType, { description: 'Whether there may be more.' })
  precision!: Precision;
}

/** A count of which no more than one too many was looked at. */
export function countOf(found: number, isCut = false): Count {
  const isMore = isCut || found > mostCounted;
  return { count: Math.min(found, mostCounted), precision: isMore ? 'AT_LEAST' : 'EXACT' };
}
