import { allEdges, belongsTo, type ManyEdge, type ReferenceEdge } from '../model/edges';
import type { LinkTable } from '../model/links';
import type { NodeName } from '../model/ids';
import { nameOf } from '../model/node';
import { writtenFieldsOf, type WrittenField } from '../model/written-fields';
import type { WritableType } from '../model/families';

export { writableTypes, type WritableType } from '../model/families';

/** A list of other objects that is written as a part of this one. */
export type LinkedList = ManyEdge & { by: { link: LinkTable } };

/** What may be written of a type, read off its model. */
export interface Shape {
  type: NodeName;
  fields: readonly WrittenField[];
  /** What an object belongs to: given when it is made, never changed. A laboratory belongs to its group. */
  parent: ReferenceEdge | undefined;
  references: readonly ReferenceEdge[];
  lists: readonly LinkedList[];
  /** The fields and edges that a new object cannot be without (the `!` of the domain). */
  required: ReadonlySet<string>;
}

/** What the domain asks for when it is written, though the column may be empty: deleting an attribute empties it. */
const furtherRequired: Partial<Record<WritableType, readonly string[]>> = {
  Behavior: ['subjects', 'setup', 'behavioralParadigm'],
  Publication: ['authors'],
};

/** What is filled in when it is left out, though the column may not be empty: the newest version of the type. */
const filledIn = ['schemaVersion'];

const shapes = new Map<WritableType, Shape>();

export function shapeOf(type: WritableType): Shape {
  const known = shapes.get(type);
  if (known) return known;
  const shape = readShape(type);
  shapes.set(type, shape);
  return shape;
}

function readShape(type: WritableType): Shape {
  const edges = allEdges().filter((edge) => nameOf(edge.owner) === type);
  const references = edges.filter((edge): edge is ReferenceEdge => edge.kind === 'reference');
  const parent = references.find(belongsTo) ?? references.find((edge) => nameOf(edge.target()) === 'Group');
  const fields = writtenFieldsOf(type);
  const required = [
    ...fields.filter((field) => field.required && field.value.defaultValue === undefined).map(({ name }) => name),
    ...references.filter((edge) => edge.required || edge === parent).map(({ field }) => field),
    ...(furtherRequired[type] ?? []),
  ];
  return {
    type,
    fields,
    parent,
    references: references.filter((edge) => edge !== parent),
    lists: edges.filter((edge): edge is LinkedList => isWrittenList(type, edge)),
    required: new Set(required.filter((name) => !filledIn.includes(name))),
  };
}

/** A list is written from the end that its join table names first; what is in a project is linked to it, one by one. */
function isWrittenList(type: WritableType, edge: ReturnType<typeof allEdges>[number]): boolean {
  if (edge.kind === 'reference' || !('link' in edge.by)) return false;
  // Whoever leads a laboratory accepts it themself.
  if (type === 'Laboratory') return false;
  if (type === 'Project') return nameOf(edge.target()) === 'Publication';
  return nameOf(edge.by.link.ends[0].type()) === type;
}

/** What stands in a new object where nothing is said of it. */
export function defaultsOf(type: WritableType): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    shapeOf(type).fields.flatMap(({ name, value: { defaultValue } }) =>
      defaultValue === undefined ? [] : [[name, defaultValue]],
    ),
  );
}
