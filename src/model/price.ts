import type { GraphQLField } from 'graphql';
import { Extensions } from 'type-graphql';

/** What a field costs beyond what its type tells. It is declared with the field, and estimated before a query runs. */
export interface Price {
  /** How many objects it can come to, all of which count, selected or not. */
  objects?: number;
  /** Of how many plain values the work is that it takes; 1 where nothing is said. */
  values?: number;
}

/** Declares what a field costs, where that is more than its type tells. Before `@Field` or `@Query`, or after. */
export const Priced = (price: Price): PropertyDecorator & MethodDecorator => Extensions({ price });

/** What was declared of a field of the schema. */
export function priceOf({ extensions }: GraphQLField<unknown, unknown>): Price {
  return extensions['price'] ?? {};
}
