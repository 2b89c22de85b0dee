import {
  getNamedType,
  isObjectType,
  Kind,
  type DocumentNode,
  type FragmentDefinitionNode,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import { getComplexity, type ComplexityEstimator } from 'graphql-query-complexity';
import { tooLarge } from '../errors';
import { standardPageSize } from '../loading/page';

/** How deep a query may nest: deeper than any real question, and than GraphiQL's own introspection. */
export const deepestQuery = 16;

/** How many nodes a query could at most return, if every page of it were full. */
export const mostNodesPerQuery = 100_000;

/** Refuses a query that is too deep or could return too much, before anything is read. Throws QUERY_TOO_LARGE. */
export function checkLimits(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Record<string, unknown>,
): void {
  const depth = depthOf(document, operation);
  if (depth > deepestQuery) {
    throw tooLarge(`This query nests ${depth} levels deep, but at most ${deepestQuery} are answered: split it in two.`);
  }
  const nodes = getComplexity({
    schema,
    query: document,
    variables,
    estimators: [estimateNodes],
    ...(operation.name && { operationName: operation.name.value }),
  });
  if (nodes > mostNodesPerQuery) {
    throw tooLarge(
      `This query could return ${nodes} objects, but at most ${mostNodesPerQuery} are looked up at once: ask for smaller pages (\`first\`) or nest fewer of them.`,
    );
  }
}

/** A connection multiplies what is in it by its page's size; an object counts one; the rest counts nothing. */
const estimateNodes: ComplexityEstimator = ({ type, field, args, childComplexity }) => {
  const result = getNamedType(field.type);
  if (!isObjectType(result) && childComplexity === 0) return 0;
  if (result.name.endsWith('Connection')) {
    const { first, last } = args as { first?: number | null; last?: number | null };
    return 1 + (first ?? last ?? standardPageSize) * childComplexity;
  }
  const isWrapper = result.name === 'PageInfo' || (type.name.endsWith('Connection') && result.name.endsWith('Edge'));
  return isWrapper ? childComplexity : 1 + childComplexity;
};

/** The longest way from the operation to a field; fragments are measured once, introspection does not count. */
function depthOf(document: DocumentNode, operation: OperationDefinitionNode): number {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
  }
  const measured = new Map<string, number>();

  function below(selectionSet: SelectionSetNode | undefined): number {
    return Math.max(0, ...(selectionSet?.selections.map(depthOfSelection) ?? []));
  }

  function depthOfSelection(selection: SelectionSetNode['selections'][number]): number {
    switch (selection.kind) {
      case Kind.FIELD:
        return selection.name.value.startsWith('__') ? 0 : 1 + below(selection.selectionSet);
      case Kind.INLINE_FRAGMENT:
        return below(selection.selectionSet);
      case Kind.FRAGMENT_SPREAD: {
        const name = selection.name.value;
        const depth = measured.get(name) ?? below(fragments.get(name)?.selectionSet);
        measured.set(name, depth);
        return depth;
      }
    }
  }

  return below(operation.selectionSet);
}
