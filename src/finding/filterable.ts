import type { ClassType } from 'type-graphql';
import type { ModuleKind } from '../domain/module/registry';
import { roles } from '../domain/people/role';
import { allEdges, type ManyEdge, type ReferenceEdge } from '../model/edges';
import type { NodeName } from '../model/ids';
import { nameOf } from '../model/node';
import { isContainer } from '../model/families';
import { membersOf } from '../model/value-members';
import { storedFieldsOf, type Choice, type StoredField } from '../model/written-fields';
import { kindOfCodes } from './codes';

/*
 * Finding: `where` on every connection of objects, the same for whoever asks and from wherever it is asked.
 *
 * A filter sees what its viewer would read, field by field, and nothing else. Whoever would read every object of a list with
 * every field that the filter names, and then keep those of which it holds, has the same list: that is the whole meaning of a
 * filter, and what its tests compare it with. In particular:
 *
 * - Conditions are true or false, never unknown. Of a field that reads as null, whether because nothing is stored or
 *   because it is hidden, `isNull: true` holds and nothing else does. `not` holds where what is in it does not.
 * - What a filter names leads to what is shown at the end of that field: hidden objects do not exist, for `some`, `every`,
 *   `none` and `count` alike. So `every` holds of an empty list, and of one of which nothing is shown. Of a list that itself
 *   reads as null (the members of a project of others) none of the four holds.
 * - A reference (`setup: {…}`) holds where an object is shown there of which the rest holds; `setup: {isNull: true}` where
 *   none is. Anywhere else an object is there, and `isNull: true` does not hold.
 * - Several conditions in one object hold together; `and` of nothing holds, `or` of nothing does not.
 * - In JSON (`details`) a path leads to all that is there, through lists as well; it is asked of each by itself, and no kind
 *   is turned into another: `{path: "n", gte: 5}` holds where some number is there that is 5 or more. `isNull: true` holds
 *   where nothing is there but null.
 * - Durations (`Subject.age`) are compared by how long they are: a month has 30.4375 days, a year 365.25. What is asked of a
 *   range (`P3M/P6M`) has to hold of all of it: `gte` of its beginning, `lte` of its end. It equals a range of the same bounds.
 * - Texts and keywords are compared without regard to case and accents; ids, codes and names of closed lists exactly.
 *
 * - Lists of small values (`funding`, `repositoryLinks`) are asked like lists of objects, of each value all at once.
 *
 * What can be asked of a type is drawn from its model: its columns that stand behind a field, and its edges. Left out is
 * what has no column, but for `viewerRole`: computed fields (`dataPaths`, `isShared`, `citation`, `visibilityHistory`,
 * `invitations`) and what several columns stand behind (`Membership.container`). A rule that is decided in code guards
 * only these: SQL decides on all that is stored, and a test holds that so.
 */

/** What can be asked of the values of a field. */
export type Kind =
  | ('text' | 'code' | 'choice' | 'id' | 'flag')
  | ('count' | 'decimal' | 'instant' | 'day' | 'duration')
  | ('words' | 'choices' | 'json');

/** A field of the small values in a list, by which the list is asked. */
export interface Member {
  name: string;
  kind: 'text' | 'choice';
  choice?: Choice;
}

/** A field by which objects are found. */
export type Filterable =
  | { leads: 'nowhere'; name: string; kind: Kind; choice?: Choice; codes?: ModuleKind }
  | { leads: 'toValues'; name: string; of: string; members: readonly Member[] }
  | { leads: 'toOne'; name: string; edge: ReferenceEdge; target: NodeName }
  | { leads: 'toMany'; name: string; edge: ManyEdge; target: NodeName };

const known = new Map<NodeName, ReadonlyMap<string, Filterable>>();

/** The fields by which objects of a type are found: its values, then what it leads to. */
export function filterablesOf(type: NodeName): ReadonlyMap<string, Filterable> {
  const found = known.get(type) ?? new Map([...valuesOf(type), ...edgesOf(type)].map((one) => [one.name, one]));
  known.set(type, found);
  return found;
}

function valuesOf(type: NodeName): Filterable[] {
  const isOfNode = ({ name }: StoredField): boolean => ['id', 'createdAt', 'updatedAt', 'version'].includes(name);
  const fields = storedFieldsOf(type);
  const ordered = [...fields.filter((one) => one.name === 'id'), ...fields.filter((one) => !isOfNode(one))];
  ordered.push(...fields.filter((one) => isOfNode(one) && one.name !== 'id'));
  const values = ordered.map(({ name, value }): Filterable => {
    if (value.is === 'values') return { leads: 'toValues', name, of: value.of().name, members: askedOf(value.of()) };
    return {
      leads: 'nowhere',
      name,
      kind: kindOf(value),
      ...('choice' in value && { choice: value.choice }),
      ...(kindOf(value) === 'code' && { codes: kindOfCodes(type, name) }),
    };
  });
  return isContainer(type) ? [...values, viewerRole] : values;
}

const askedOf = (values: ClassType): Member[] =>
  membersOf(values).map(({ name, choice }) => ({ name, ...(choice ? { kind: 'choice', choice } : { kind: 'text' }) }));

/** The one computed field by which objects are found: the database says who holds a role. */
const viewerRole: Filterable = { leads: 'nowhere', name: 'viewerRole', kind: 'choice', choice: roles };

function kindOf(value: Exclude<StoredField['value'], { is: 'values' }>): Kind {
  switch (value.is) {
    case 'text':
      if (value.duration) return 'duration';
      return value.code ? 'code' : 'text';
    case 'webAddress':
      return 'text';
    case 'object':
    case 'objects':
      return 'json';
    case 'id':
    case 'flag':
    case 'choice':
    case 'count':
    case 'decimal':
    case 'instant':
    case 'day':
    case 'words':
    case 'choices':
      return value.is;
  }
}

function edgesOf(type: NodeName): Filterable[] {
  return allEdges().flatMap((edge): Filterable[] => {
    if (nameOf(edge.owner) !== type) return [];
    const target = nameOf(edge.target());
    if (edge.kind === 'connection') return [{ leads: 'toMany', name: edge.field, edge, target }];
    return edge.behind === undefined ? [{ leads: 'toOne', name: edge.field, edge, target }] : [];
  });
}
