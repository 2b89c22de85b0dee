import { isShared } from '../model/families';
import type { ReferenceEdge } from '../model/edges';
import { renamed, type Fault } from './faults';
import { shapeOf, type LinkedList, type WritableType } from './shape';

/**
 * How inputs call what they refer to. The graph has `species` and `subjects`, which are objects; an input has `speciesId` and
 * `subjectIds`, which are ids. An import keeps to the names of the graph: there they are keys of other entries.
 */
export function inputName(edge: ReferenceEdge | LinkedList): string {
  return edge.kind === 'reference' ? edge.column : `${edge.field.replace(/s$/, '')}Ids`;
}

/** The field in which a new subject or session names its projects. */
export const projectIds = 'projectIds';

/** By the names of the graph, those of the input, where they differ. */
function namesOf(type: WritableType): [graph: string, input: string][] {
  const { parent, references, lists } = shapeOf(type);
  return [
    ...[...(parent ? [parent] : []), ...references, ...lists].map((edge): [string, string] => [
      edge.field,
      inputName(edge),
    ]),
    ...(isShared(type) ? [['projects', projectIds] as [string, string]] : []),
  ];
}

/** An input with the names of the graph. */
export function asGraph(
  type: WritableType,
  input: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  const names = new Map(namesOf(type).map(([graph, name]) => [name, graph]));
  return Object.fromEntries(Object.entries(input).map(([name, value]) => [names.get(name) ?? name, value]));
}

/** Faults with the names of the input. */
export function asInput(type: WritableType, faults: readonly Fault[]): Fault[] {
  return renamed(faults, new Map(namesOf(type)));
}
