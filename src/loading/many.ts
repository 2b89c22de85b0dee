import type { Viewer } from '../access/viewer';
import { conditionFor, type Question } from '../access/visibleTo';
import { endsFor } from '../model/links';
import type { ManyEdge } from '../model/edges';
import { nameOf, type NodeClass } from '../model/node';
import type { KeyKind, Mark, Page } from './page';
import type { Row } from './snapshot';
import { quote, type Parameters } from './sql';
import type { Tables } from './tables';

/** Many objects of one type: those at the far end of an edge, or (without an edge) all there are. */
export interface Many {
  target: NodeClass;
  edge: ManyEdge | undefined;
  /** Whether the SQL condition of the policy is needed: not where seeing the parent means seeing these. */
  filtered: boolean;
}

export interface Statement {
  text: string;
  parameters: Parameters;
  /** Where it stops: as many rows as that are more than may be handed out. */
  room?: number;
}

/** The column that says to which parent a row belongs; no property is ever called so. */
export const parentColumn = '~parent';

interface Key {
  kind: KeyKind;
  expression: string;
  property: string;
  /** Whether it is left out of marks, since a gap would tell of what is hidden there: it is looked up by the id. */
  lookedUp?: boolean;
}

/** What orders by other than the id; one that may be empty comes last then. */
const columnKeys: Record<string, { kind: KeyKind; ifEmpty?: string }> = {
  order: { kind: 'integer' },
  startedAt: { kind: 'instant' },
  dateTime: { kind: 'instant?', ifEmpty: `'infinity'::timestamptz` },
  start: { kind: 'decimal?', ifEmpty: `'Infinity'::double precision` },
};

/** What orders many objects, the id last. */
function keysOf(many: Many, tables: Tables): Key[] {
  const { edge, target, filtered } = many;
  const table = tables[nameOf(target)];
  const keys: Key[] = [];
  if (edge && 'link' in edge.by && edge.by.link.ordered)
    keys.push({ kind: 'integer', expression: 'l."position"', property: '~position', lookedUp: filtered });
  for (const property of edge?.orderBy ?? []) {
    const key = columnKeys[property];
    if (!key) throw new Error(`Nothing says how ${nameOf(target)}.${property} orders a list.`);
    const column = `t.${table.column(property)}`;
    keys.push({ kind: key.kind, expression: key.ifEmpty ? `COALESCE(${column}, ${key.ifEmpty})` : column, property });
  }
  keys.push({ kind: 'id', expression: 't."id"', property: 'id' });
  return keys;
}

export function keyKinds(many: Many, tables: Tables): KeyKind[] {
  return inMarks(keysOf(many, tables)).map(({ kind }) => kind);
}

/** The mark of a row that a page statement returned. */
export function markOf(many: Many, tables: Tables, row: Row): Mark {
  return inMarks(keysOf(many, tables)).map(({ property }) => {
    const value = row[property];
    return value instanceof Date ? value.toISOString() : (value as string | number | null);
  });
}

const inMarks = (keys: readonly Key[]): Key[] => keys.filter(({ lookedUp }) => !lookedUp);

interface Source {
  from: string;
  parent: string | undefined;
  keys: Key[];
  select: string;
  condition: string;
  /** The position of an object in an ordered list, as far as the viewer sees it there; of any other, what is given. */
  positionOf: (id: string, otherwise: string) => string;
}

function sourceOf(many: Many, tables: Tables, question: Question): Source {
  const { edge, target, filtered } = many;
  const table = tables[nameOf(target)];
  const keys = keysOf(many, tables);
  const condition = filtered ? conditionFor(question, nameOf(target), 't') : 'TRUE';
  const positionOf = (): string => 'NULL';
  const source = { keys, condition, positionOf, select: table.columns('t') };
  if (!edge) return { ...source, from: `${table.name} t`, parent: undefined };
  if ('column' in edge.by) return { ...source, from: `${table.name} t`, parent: `t.${table.column(edge.by.column)}` };
  const { link } = edge.by;
  const { near, far } = endsFor(link, edge.owner);
  return {
    ...source,
    select: link.ordered ? `${source.select}, l."position" AS "~position"` : source.select,
    from: `${quote(link.table)} l JOIN ${table.name} t ON t."id" = l.${quote(far.column)}`,
    parent: `l.${quote(near.column)}`,
    positionOf: (id, otherwise) =>
      `COALESCE((SELECT ml."position" FROM ${quote(link.table)} ml JOIN ${table.name} mt ON mt."id" = ml.${quote(far.column)}
        WHERE ml.${quote(near.column)} = l.${quote(near.column)} AND mt."id" = ${id} AND ${filtered ? conditionFor(question, nameOf(target), 'mt') : 'TRUE'}), ${otherwise})`,
  };
}

/** How much of what is left out is looked at: more than is ever told. */
const mostLeftOut = 1001;

/** What the policy leaves out at the far end, for many parents at once: ids only; perhaps only what somebody else sees. */
export function leftOutStatement(
  many: Many,
  tables: Tables,
  question: Question,
  parents: readonly string[],
  seenBy: Viewer | undefined,
): Statement {
  const { from, parent, condition } = sourceOf(many, tables, question);
  const ids = question.parameters.add(parents, 'uuid[]');
  const seen = seenBy ? conditionFor({ ...question, viewer: seenBy }, nameOf(many.target), 't') : 'TRUE';
  const text = `SELECT t."id", ${parent} AS ${quote(parentColumn)} FROM ${from} WHERE ${parent} = ANY(${ids}) AND (${condition}) IS NOT TRUE AND ${seen} ORDER BY t."id" LIMIT ${mostLeftOut}`;
  return { text, parameters: question.parameters };
}

/**
 * One page each for many parents (or the one page of all), with one row more than asked for, which tells of a next page;
 * of many parents together no more than so many rows.
 */
export function pageStatement(
  many: Many,
  tables: Tables,
  question: Question,
  page: Page,
  within: { parents: readonly string[]; room: number } | undefined,
): Statement {
  const source = sourceOf(many, tables, question);
  const { from, parent, keys, select, condition } = source;
  const { parameters } = question;
  const conditions = [condition, ...marksBetween(source, page, parameters)];
  const direction = page.fromEnd ? 'DESC' : 'ASC';
  const order = keys.map(({ expression }) => `${expression} ${direction}`).join(', ');
  const limit = parameters.add(page.size + 1, 'bigint');
  if (!parent || !within) {
    return {
      parameters,
      text: `SELECT ${select} FROM ${from} WHERE ${conditions.join(' AND ')} ORDER BY ${order} LIMIT ${limit}`,
    };
  }
  const inner = `SELECT ${select}, row_number() OVER (ORDER BY ${order}) AS "~row" FROM ${from} WHERE ${parent} = p.id AND ${conditions.join(' AND ')} ORDER BY ${order} LIMIT ${limit}`;
  const ids = parameters.add(within.parents, 'uuid[]');
  const text = `SELECT p.id AS ${quote(parentColumn)}, page.* FROM unnest(${ids}) AS p(id) CROSS JOIN LATERAL (${inner}) page ORDER BY page."~row" LIMIT ${parameters.add(within.room, 'integer')}`;
  return { parameters, text, room: within.room };
}

/** How many there are, for many parents at once (or for all). */
export function countStatement(
  many: Many,
  tables: Tables,
  question: Question,
  parents: readonly string[] | undefined,
): Statement {
  const { from, parent, condition } = sourceOf(many, tables, question);
  const { parameters } = question;
  if (!parent || !parents) return { parameters, text: `SELECT count(*) AS "count" FROM ${from} WHERE ${condition}` };
  const ids = parameters.add(parents, 'uuid[]');
  const text = `SELECT ${parent} AS ${quote(parentColumn)}, count(*) AS "count" FROM ${from} WHERE ${parent} = ANY(${ids}) AND ${condition} GROUP BY ${parent}`;
  return { parameters, text };
}

const casts: Record<KeyKind, string> = {
  integer: 'integer',
  instant: 'timestamptz',
  'instant?': 'timestamptz',
  'decimal?': 'double precision',
  id: 'uuid',
};

function marksBetween({ keys, positionOf }: Source, { after, before }: Page, parameters: Parameters): string[] {
  const row = `(${keys.map(({ expression }) => expression).join(', ')})`;
  const place = (mark: Mark, otherwise: number): string => {
    const values = [...mark];
    const id = parameters.add(mark.at(-1), 'uuid');
    const parts = keys.map(({ kind, lookedUp }) => {
      if (lookedUp) return positionOf(id, String(otherwise));
      return parameters.add(values.shift() ?? 'infinity', casts[kind]);
    });
    return `(${parts.join(', ')})`;
  };
  // From an entry that has left an ordered list meanwhile, the page begins anew at that end.
  return [
    ...(after ? [`${row} > ${place(after, -1)}`] : []),
    ...(before ? [`${row} < ${place(before, 2 ** 31 - 1)}`] : []),
  ];
}
