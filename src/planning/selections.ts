import {
  getDirectiveValues,
  GraphQLIncludeDirective,
  GraphQLSkipDirective,
  Kind,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLObjectType,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';

/** An operation that spreads its fragments more often than that is executed without a plan. */
const mostVisited = 500;

/** Thrown where an operation is not worth a plan. */
export class NotPlanned extends Error {}

/** The fields that are selected on an object, through fragments and directives. */
export class Selections {
  private readonly fragments = new Map<string, FragmentDefinitionNode>();
  private visited = 0;

  constructor(
    document: DocumentNode,
    readonly variables: Record<string, unknown>,
  ) {
    for (const definition of document.definitions)
      if (definition.kind === Kind.FRAGMENT_DEFINITION) this.fragments.set(definition.name.value, definition);
  }

  /** Calls `visit` with each field that is selected on an object of that type. */
  each({ selections }: SelectionSetNode, type: GraphQLObjectType, visit: (field: FieldNode) => void): void {
    for (const selection of selections) {
      this.visited += 1;
      if (this.visited > mostVisited) throw new NotPlanned();
      if (!isIncluded(selection, this.variables)) continue;
      if (selection.kind === Kind.FIELD) visit(selection);
      else this.fragment(selection, type, visit);
    }
  }

  private fragment(
    selection: Exclude<SelectionNode, FieldNode>,
    type: GraphQLObjectType,
    visit: (field: FieldNode) => void,
  ): void {
    const fragment = selection.kind === Kind.FRAGMENT_SPREAD ? this.fragments.get(selection.name.value)! : selection;
    const on = fragment.typeCondition?.name.value;
    const holds = on === undefined || on === type.name || type.getInterfaces().some(({ name }) => name === on);
    if (holds) this.each(fragment.selectionSet, type, visit);
  }
}

/** Whether its directives leave a selection in. */
export function isIncluded(node: SelectionNode, variables: Record<string, unknown>): boolean {
  if (!node.directives?.length) return true;
  if (getDirectiveValues(GraphQLSkipDirective, node, variables)?.['if'] === true) return false;
  return getDirectiveValues(GraphQLIncludeDirective, node, variables)?.['if'] !== false;
}
