import {
  getNamedType,
  isInterfaceType,
  isObjectType,
  Kind,
  type DocumentNode,
  type FieldNode,
  type GraphQLNamedType,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';

interface Place {
  type: GraphQLNamedType;
  selections: readonly SelectionSetNode[];
}

interface Found {
  node: FieldNode;
  type: GraphQLNamedType;
}

/** The field of the schema (`Project.extraFields`) that stands at a path of an answer, which knows it by its alias. */
export function coordinateOf(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  path: readonly string[],
): string | undefined {
  let place: Place = { type: schema.getRootType(operation.operation)!, selections: [operation.selectionSet] };
  let coordinate: string | undefined;
  for (const key of path) {
    const found = find(schema, document, place, key);
    const [first] = found;
    if (!first || !(isObjectType(first.type) || isInterfaceType(first.type))) return coordinate;
    const field = first.type.getFields()[first.node.name.value];
    if (!field) return coordinate;
    coordinate = `${first.type.name}.${field.name}`;
    const selections = found.flatMap(({ node }) => node.selectionSet ?? []);
    place = { type: getNamedType(field.type), selections };
  }
  return coordinate;
}

/** Every selection of that name in the answer, through fragments; each fragment is looked through once. */
function find(schema: GraphQLSchema, document: DocumentNode, place: Place, key: string): Found[] {
  const found: Found[] = [];
  const seen = new Set<string>();
  const look = (type: GraphQLNamedType, { selections }: SelectionSetNode): void => {
    for (const selection of selections) {
      switch (selection.kind) {
        case Kind.FIELD:
          if ((selection.alias ?? selection.name).value === key) found.push({ node: selection, type });
          break;
        case Kind.INLINE_FRAGMENT: {
          const { typeCondition, selectionSet } = selection;
          look(typeCondition ? schema.getType(typeCondition.name.value)! : type, selectionSet);
          break;
        }
        case Kind.FRAGMENT_SPREAD: {
          const name = selection.name.value;
          if (seen.has(name)) break;
          seen.add(name);
          for (const definition of document.definitions)
            if (definition.kind === Kind.FRAGMENT_DEFINITION && definition.name.value === name)
              look(schema.getType(definition.typeCondition.name.value)!, definition.selectionSet);
          break;
        }
      }
    }
  };
  for (const selectionSet of place.selections) look(place.type, selectionSet);
  return found;
}
