import type { Access } from '../access/access';
import type { Viewer } from '../access/viewer';
import { conditionFor, type Question } from '../access/visibleTo';
import type { AttributeType } from '../model/families';
import { Parameters, quote, runBound, type Runner } from '../loading/sql';
import { edgeOf } from '../model/edges';
import type { NodeName } from '../model/ids';
import { endsFor } from '../model/links';
import { snakeCase } from '../model/names';
import { nameOf } from '../model/node';
import type { HiddenAttribute } from './impact.types';
import type { Finding } from './readiness';

/** Where content refers to a personal attribute, or to something inside one. */
const referringFields: readonly [type: NodeName, field: string, attribute: AttributeType][] = [
  ['Session', 'dataStorages', 'DataStorage'],
  ['Behavior', 'setup', 'Setup'],
  ['Behavior', 'behavioralParadigm', 'BehavioralParadigm'],
  ['DataAcquisition', 'dataStorage', 'DataStorage'],
  ['DataAcquisition', 'equipment', 'Setup'],
  ['Manipulation', 'equipment', 'Setup'],
  ['Procedure', 'equipment', 'Setup'],
  ['Procedure', 'consumableStock', 'Inventory'],
];

interface ReferenceRow {
  id: string;
  /** Null unless it is seen. */
  name: string | null;
  count: number;
  seen: boolean;
  owned: boolean;
}

/**
 * The attributes that content of these projects refers to and that anonymous viewers would still not see if all of
 * `ids` were public. What the viewer does not see either is told by kind, number and path alone.
 */
export async function hiddenReferences(
  manager: Runner,
  access: Access,
  viewer: Viewer,
  ids: readonly string[],
): Promise<HiddenAttribute[]> {
  const found = new Map<string, HiddenAttribute>();
  for (const [type, field, attribute] of referringFields) {
    for (const row of await rowsOf(manager, access, viewer, ids, type, field, attribute)) {
      const known = found.get(row.id) ?? describe(row, attribute);
      known.references += row.count;
      known.paths.push(`${type}.${field}`);
      found.set(row.id, known);
    }
  }
  // Ordered by what is told of them: an order by id would tell apart what must not be told apart.
  return [...found.values()].sort(
    (one, other) => other.references - one.references || one.type.localeCompare(other.type),
  );
}

/** The same as a finding of readiness: each kind of attribute once, however many there are. */
export async function hiddenReferencesFinding(
  runner: Runner,
  access: Access,
  viewer: Viewer,
  projectId: string,
): Promise<Finding[]> {
  const hidden = await hiddenReferences(runner, access, viewer, [projectId]);
  return hidden.map(({ type, references, paths, name }) => ({
    severity: 'WARNING',
    code: 'REFERENCE_WILL_BE_NULL',
    message: `A ${type.toLowerCase().replaceAll('_', ' ')}${name === null ? '' : ` (${name})`} would still read as null: publish it too, if it is yours to publish.`,
    path: [paths[0]!],
    count: references,
    object: null,
  }));
}

/** The ids of every attribute that the content of a project refers to, hidden or not. */
export async function referencedAttributes(manager: Runner, access: Access, projectId: string): Promise<Set<string>> {
  const found = new Set<string>();
  for (const [type, field, attribute] of referringFields) {
    const parameters = new Parameters();
    const { policy, roleConditions } = access;
    const content: Question = {
      policy,
      roleConditions,
      parameters,
      viewer: { kind: 'anonymous', asIf: { public: [projectId], private: [], only: true } },
    };
    const rows = await runBound<{ id: string }>(
      manager,
      parameters,
      `SELECT DISTINCT a."id" FROM ${quote(snakeCase(type))} o ${joinTo(type, field, attribute)} WHERE ${conditionFor(content, type, 'o')}`,
    );
    for (const { id } of rows) found.add(id);
  }
  return found;
}

function describe({ id, name, seen, owned }: ReferenceRow, attribute: AttributeType): HiddenAttribute {
  const type = snakeCase(attribute).toUpperCase();
  const known = seen ? { id, name, canPublish: owned } : { id: null, name: null, canPublish: null };
  return { type, references: 0, paths: [], ...known };
}

async function rowsOf(
  manager: Runner,
  access: Access,
  viewer: Viewer,
  ids: readonly string[],
  type: NodeName,
  field: string,
  attribute: AttributeType,
): Promise<ReferenceRow[]> {
  const parameters = new Parameters();
  const { policy, roleConditions } = access;
  const asViewer: Question = { policy, roleConditions, viewer, parameters };
  const content: Question = {
    ...asViewer,
    viewer: { kind: 'anonymous', asIf: { public: ids, private: [], only: true } },
  };
  const after: Question = { ...asViewer, viewer: { kind: 'anonymous', asIf: { public: ids, private: [] } } };
  const seen = conditionFor(asViewer, attribute, 'a');
  return await runBound<ReferenceRow>(
    manager,
    parameters,
    `SELECT a."id", CASE WHEN ${seen} THEN a."name" END AS "name", count(*)::int AS "count", bool_or(${seen}) AS "seen",
       bool_or(${conditionFor(asViewer, attribute, 'a', 'OWNER')}) AS "owned"
     FROM ${quote(snakeCase(type))} o ${joinTo(type, field, attribute)}
     WHERE ${conditionFor(content, type, 'o')} AND NOT ${conditionFor(after, attribute, 'a')}
     GROUP BY a."id"`,
  );
}

/** From the referring object (o) to the attribute (a), over what is inside the attribute where that is referred to. */
function joinTo(type: NodeName, field: string, attribute: AttributeType): string {
  const edge = edgeOf(type, field);
  const target = nameOf(edge.target());
  const inside = target === attribute ? 'a' : 'i';
  const attributeTable = quote(snakeCase(attribute));
  const onward = inside === 'a' ? '' : ` JOIN ${attributeTable} a ON a."id" = i.${quote(`${snakeCase(attribute)}_id`)}`;
  const targetTable = quote(snakeCase(target));
  if (edge.kind === 'reference')
    return `JOIN ${targetTable} ${inside} ON ${inside}."id" = o.${quote(snakeCase(edge.column))}${onward}`;
  if (!('link' in edge.by)) throw new Error(`${type}.${field} is followed by no join table.`);
  const { near, far } = endsFor(edge.by.link, edge.owner);
  return `JOIN ${quote(edge.by.link.table)} l ON l.${quote(near.column)} = o."id" JOIN ${targetTable} ${inside} ON ${inside}."id" = l.${quote(far.column)}${onward}`;
}
