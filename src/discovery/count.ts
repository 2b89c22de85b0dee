import { Field, Int, ObjectType } from 'type-graphql';
import { defineChoice } from '../model/fields';

/** Up to how many are counted one by one. */
export const mostCounted = 10_000;

export const countPrecisions = defineChoice('CountPrecision', 'How exact a count is.', {
  EXACT: 'It is exactly as many.',
  AT_LEAST: 'There are as many, or more: they were not counted further.',
});

@ObjectType({
  description: `How many there are, counted up to ${mostCounted.toLocaleString('en-US')}.`,
  simpleResolvers: true,
})
export class Count {
  @Field(() => Int, { description: 'How many were counted.' })
  count!: number;

  @Field(() => countPrecisions.graphqlType, { description: 'Whether those are all.' })
  precision!: 'EXACT' | 'AT_LEAST';
}

/** A count of which no more than one too many was looked at. */
export function countOf(found: number, isCut = false): Count {
  const isMore = isCut || found > mostCounted;
  return { count: Math.min(found, mostCounted), precision: isMore ? 'AT_LEAST' : 'EXACT' };
}
