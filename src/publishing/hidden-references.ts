import type { Access } from '../access/access';
import { compilerFor, insideOf, table } from '../access/compiler';
import type { Viewer } from '../access/viewer';
import {
  attributeTypes,
  isOneOf,
  projectTypes,
  withinAttributes,
  type AttributeType,
  type ProjectType,
} from '../model/families';
import { join, name, run, sql, value, type Alias, type Runner, type Sql } from '../database/sql';
import { allEdges, belongsTo, isWrittenAt, type Edge } from '../model/edges';
import type { NodeName } from '../model/ids';
import { endsFor } from '../model/links';
import { idColumn, snakeCase } from '../model/names';
import { nameOf } from '../model/node';
import type { HiddenAttribute } from './impact.types';
import type { Finding } from './readiness';

/** A field by which content refers to a personal attribute, or to something inside one. */
interface ReferringField {
  type: ProjectType;
  edge: Edge;
  attribute: AttributeType;
}

let known: readonly ReferringField[] | undefined;

/** All of them, as the models say: what content names itself, not what leads back from an attribute to content. */
function referringFields(): readonly ReferringField[] {
  return (known ??= projectTypes.flatMap((type) =>
    allEdges().flatMap((edge) => {
      const target = nameOf(edge.target());
      if (nameOf(edge.owner) !== type || !isOneOf(withinAttributes, target)) return [];
      if (edge.kind === 'connection' && !isWrittenAt(edge)) return [];
      return { type, edge, attribute: attributeOf(target) };
    }),
  ));
}

/** The personal attribute that something is, or is in. */
function attributeOf(type: NodeName): AttributeType {
  if (isOneOf(attributeTypes, type)) return type;
  const holder = allEdges().find((edge) => nameOf(edge.owner) === type && belongsTo(edge));
  if (!holder) throw new Error(`${type} is in no personal attribute.`);
  return attributeOf(nameOf(holder.target()));
}

interface ReferenceRow {
  /** Which of the fields refers to it. */
  index: number;
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
  if (ids.length === 0) return [];
  const found = new Map<string, HiddenAttribute>();
  for (const row of await run<ReferenceRow>(manager, hiddenStatement(access, viewer, ids))) {
    const { type, edge, attribute } = referringFields()[row.index]!;
    const hidden = found.get(row.id) ?? describe(row, attribute);
    hidden.references += row.count;
    hidden.paths.push(`${type}.${edge.field}`);
    found.set(row.id, hidden);
  }
  // Ordered by what is told of them: an order by id would tell apart what must not be told apart.
  return [...found.values()].sort(
    (one, other) =>
      other.references - one.references ||
      one.type.localeCompare(other.type) ||
      one.paths.join().localeCompare(other.paths.join()),
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
  return hidden.map(({ type, references, paths, name: called }) => ({
    severity: 'WARNING',
    code: 'REFERENCE_WILL_BE_NULL',
    message: `A ${type.toLowerCase().replaceAll('_', ' ')}${called === null ? '' : ` (${called})`} would still read as null: publish it too, if it is yours to publish.`,
    path: [paths[0]!],
    count: references,
    object: null,
  }));
}

/** The ids of every attribute that the content of a project refers to, hidden or not. */
export async function referencedAttributes(manager: Runner, access: Access, projectId: string): Promise<Set<string>> {
  const content = insideOf(access, [projectId]);
  const statements = referringFields().map(({ type, edge, attribute }) => {
    const [o, a] = [Symbol(type), Symbol(attribute)];
    return sql`SELECT ${name(a, 'id')} FROM ${table(type, o)} ${joinTo(edge, attribute, { o, a })} WHERE ${content.rows(type, o)}`;
  });
  const rows = await run<{ id: string }>(manager, join(statements, ' UNION '));
  return new Set(rows.map(({ id }) => id));
}

function describe({ id, name: called, seen, owned }: ReferenceRow, attribute: AttributeType): HiddenAttribute {
  const type = snakeCase(attribute).toUpperCase();
  const known = seen ? { id, name: called, canPublish: owned } : { id: null, name: null, canPublish: null };
  return { type, references: 0, paths: [], ...known };
}

function hiddenStatement(access: Access, viewer: Viewer, ids: readonly string[]): Sql {
  const asViewer = compilerFor(access, viewer);
  const content = insideOf(access, ids);
  const after = compilerFor(access, { kind: 'anonymous', asIf: { public: ids, private: [] } });
  const statements = referringFields().map(({ type, edge, attribute }, index) => {
    const [o, a] = [Symbol(type), Symbol(attribute)];
    const seen = asViewer.rows(attribute, a);
    return sql`SELECT ${value(index, 'integer')} AS "index", ${name(a, 'id')}, CASE WHEN ${seen} THEN ${name(a, 'name')} END AS "name",
       count(*)::int AS "count", bool_or(${seen}) AS "seen", bool_or(${asViewer.rows(attribute, a, 'OWNER')}) AS "owned"
     FROM ${table(type, o)} ${joinTo(edge, attribute, { o, a })}
     WHERE ${content.rows(type, o)} AND NOT ${after.rows(attribute, a)}
     GROUP BY ${name(a, 'id')}`;
  });
  return sql`${join(statements, ' UNION ALL ')} ORDER BY "index"`;
}

/** From the referring object (o) to the attribute (a), over what is inside the attribute where that is referred to. */
function joinTo(edge: Edge, attribute: AttributeType, { o, a }: { o: Alias; a: Alias }): Sql {
  const target = nameOf(edge.target());
  const inside = target === attribute ? a : Symbol(target);
  const onward =
    inside === a ? sql`` : sql` JOIN ${table(attribute, a)} ON ${name(a, 'id')} = ${name(inside, idColumn(attribute))}`;
  if (edge.kind === 'reference')
    return sql`JOIN ${table(target, inside)} ON ${name(inside, 'id')} = ${name(o, snakeCase(edge.column))}${onward}`;
  if (!('link' in edge.by)) throw new Error(`${nameOf(edge.owner)}.${edge.field} is followed by no join table.`);
  const { near, far } = endsFor(edge.by.link, edge.owner);
  const l = Symbol('link');
  return sql`JOIN ${name(edge.by.link.table)} ${name(l)} ON ${name(l, near.column)} = ${name(o, 'id')} JOIN ${table(target, inside)} ON ${name(inside, 'id')} = ${name(l, far.column)}${onward}`;
}
