import { badInput } from '../../errors';
import { allEdges, edgeOf, type Edge } from '../../model/edges';
import { isContainer, isTerm } from '../../model/families';
import type { NodeName } from '../../model/ids';
import { fieldName, snakeCase } from '../../model/names';
import { nameOf } from '../../model/node';
import { storedFieldsOf, type StoredField } from '../../model/written-fields';
import { happenedAt, textsToCountBy, waysOn } from './ways';

/*
 * Facets: by what objects of a type are counted. They are drawn from the models; `ways.ts` says only where else to look than at
 * the object itself. A facet is a filter by another name, and sees what a filter sees: an object that is hidden, or a field that
 * reads as null, has no value here.
 */

/** What stands at the end of a facet: another object, or a value of one of these kinds. */
export type FacetKind = 'object' | 'text' | 'code' | 'choice' | 'flag' | 'words' | 'choices' | 'year' | 'month';

/** A way from an object to what it is counted by: along edges, and of what is there a field; none where that itself counts. */
export interface Way {
  edges: readonly Edge[];
  /** The type of what is at the end of the edges. */
  type: NodeName;
  field: string | undefined;
}

export interface Facet {
  /** As the graph calls it, `SETUP_TYPE_CATEGORY`. */
  name: string;
  kind: FacetKind;
  /** What it leads to along any of these counts, once for each object. */
  ways: readonly Way[];
}

/** What a type can be counted by itself; and how that is called elsewhere, where objects that lead there are counted by it. */
interface Own {
  name: string;
  elsewhere: readonly string[];
  kind: FacetKind;
  way: Way;
}

const known = new Map<NodeName, ReadonlyMap<string, Facet>>();

/** By what objects of a type are counted: what they have themselves first. */
export function facetsOf(type: NodeName): ReadonlyMap<string, Facet> {
  const found = known.get(type) ?? make(type);
  known.set(type, found);
  return found;
}

/** Those that a client names. Throws BAD_USER_INPUT for one that is named twice. */
export function readFacets(type: NodeName, names: readonly string[], place: string): Facet[] {
  if (names.length === 0) throw badInput(`\`${place}\` is empty: name what is to be counted by.`);
  const again = names.find((name, index) => names.indexOf(name) < index);
  if (again !== undefined) throw badInput(`\`${place}\` names ${again} twice: once will do.`);
  return names.map((name) => facetsOf(type).get(name)!);
}

function make(type: NodeName): ReadonlyMap<string, Facet> {
  const facets = new Map<string, Facet>();
  const add = (name: string, kind: FacetKind, way: Way): void => {
    const before = facets.get(name);
    if (before && before.kind !== kind) throw new Error(`${type} is counted by ${name}, which is of two kinds.`);
    facets.set(name, { name, kind, ways: [...(before?.ways ?? []), way] });
  };
  for (const { name, kind, way } of ownOf(type)) add(name, kind, way);
  for (const path of waysOn[type] ?? []) {
    const edges = edgesAlong(type, path);
    const target = nameOf(edges.at(-1)!.target());
    // What an edge of the type itself leads to is counted by already.
    if (isCountedBy(target) && !(edges.length === 1 && edges[0]!.kind === 'reference'))
      add(constantOf(target), 'object', { edges, type: target, field: undefined });
    for (const { elsewhere, kind, way } of ownOf(target))
      for (const name of elsewhere) add(name, kind, { ...way, edges: [...edges, ...way.edges] });
  }
  return facets;
}

function edgesAlong(type: NodeName, path: string): Edge[] {
  let at = type;
  return path.split('.').map((field) => {
    const edge = edgeOf(at, field);
    at = nameOf(edge.target());
    return edge;
  });
}

function ownOf(type: NodeName): Own[] {
  return [...objectsOf(type), ...storedFieldsOf(type).flatMap((field) => valuesOf(type, field))];
}

/** What other objects are counted by: terms, and what somebody names as a whole. */
const isCountedBy = (type: NodeName): boolean =>
  isContainer(type) || (isTerm(type) && storedFieldsOf(type).some(({ name }) => name === 'name'));

function objectsOf(type: NodeName): Own[] {
  return allEdges().flatMap((edge): Own[] => {
    if (edge.kind !== 'reference' || edge.behind !== undefined || nameOf(edge.owner) !== type) return [];
    const target = nameOf(edge.target());
    if (!isCountedBy(target)) return [];
    const name = constantOf(target);
    const itself: Own = {
      name,
      elsewhere: [name],
      kind: 'object',
      way: { edges: [edge], type: target, field: undefined },
    };
    // Of a term its closed lists tell of whatever it is said of.
    const within = isTerm(target) ? storedFieldsOf(target).filter(({ value }) => value.is === 'choice') : [];
    return [itself, ...within.map((field) => closedListOf(edge, target, field))];
  });
}

function closedListOf(edge: Edge, target: NodeName, { name: field }: StoredField): Own {
  const name = `${constantOf(target)}_${constantOf(field)}`;
  return { name, elsewhere: [name], kind: 'choice', way: { edges: [edge], type: target, field } };
}

/** When an object was recorded is asked of itself alone, as are its keywords: elsewhere they tell of something else. */
function valuesOf(type: NodeName, { name: field, value }: StoredField): Own[] {
  const name = constantOf(field);
  const way: Way = { edges: [], type, field };
  const elsewhere = [`${constantOf(type)}_${name}`];
  switch (value.is) {
    case 'choice':
      return [{ name, elsewhere, kind: 'choice', way }];
    case 'choices':
      return [{ name, elsewhere, kind: 'choices', way }];
    case 'flag':
    case 'words':
      return [{ name, elsewhere: [], kind: value.is, way }];
    case 'text':
      if (value.code && field === 'type')
        return [{ name, elsewhere: [...elsewhere, ...techniqueOf(type)], kind: 'code', way }];
      return textsToCountBy[type]?.includes(field) ? [{ name, elsewhere, kind: 'text', way }] : [];
    case 'instant':
    case 'day': {
      if (field === 'updatedAt') return [];
      const before = happenedAt.includes(field) ? '' : `${name}_`;
      return (['year', 'month'] as const).map((kind) => ({
        name: `${before}${kind.toUpperCase()}`,
        elsewhere: [],
        kind,
        way,
      }));
    }
    default:
      return [];
  }
}

/** How something was recorded, and how its subjects were manipulated, is one question to whoever looks for data. */
const techniqueOf = (type: NodeName): string[] =>
  type === 'DataAcquisition' || type === 'Manipulation' ? ['TECHNIQUE'] : [];

const constantOf = (name: string): string => snakeCase(fieldName(name)).toUpperCase();

/** What is said of a facet; a test reads it, and counts as it says. */
export function tellFacet({ kind, ways }: Facet): string {
  const paths = ways.map(
    ({ edges, field }) =>
      `\`${[...edges.map((edge) => edge.field), ...(field === undefined ? [] : [field])].join('.')}\``,
  );
  const told = paths.join(', and ');
  switch (kind) {
    case 'year':
    case 'month':
      return `The ${kind} of ${told}, in UTC, as \`${kind === 'year' ? '2024' : '2024-05'}\`.`;
    case 'object':
      return `Which object is at ${told}: its id, with its name as the label.`;
    default:
      return `What stands at ${told}.`;
  }
}
