import { GraphQLInputObjectType, type GraphQLInputType } from 'graphql';
import { createParameterDecorator } from 'type-graphql';
import type { WhereInputs } from '../../finding/inputs';
import { fieldName } from '../../model/names';
import { searchedTypes } from './searchable';

/** The argument `where` of a search, which is put on its field beside those of the connections. */
export const SearchedWhere = createParameterDecorator(({ args }) => (args as { where?: unknown }).where);

/** What can be asked of what a search finds, for each type. */
export function searchWhereInput(inputs: WhereInputs): GraphQLInputType {
  return new GraphQLInputObjectType({
    name: 'SearchWhere',
    description:
      'What holds of the objects that a search finds, type by type; those of types that are not named are all found.',
    fields: () =>
      Object.fromEntries(
        searchedTypes.map((type) => [
          fieldName(type),
          { type: inputs.of(type), description: `What holds of each ${type} that is found.` },
        ]),
      ),
  });
}
