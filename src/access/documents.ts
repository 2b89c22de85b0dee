import { FALSE, name, sql, value, type Alias, type Sql } from '../database/sql';
import { codeOf, type NodeName } from '../model/ids';
import { snakeCase } from '../model/names';
import { compilerFor, insideOf, table, type Compiler } from './compiler';
import { partsOf } from './parts';
import { policy } from './policy';
import type { Rules } from './rule-set';
import type { Rule } from './rules';
import type { Viewer } from './viewer';

/*
 * Documents of search: one for each object that is searched, which holds nothing but what everybody reads who sees the object. So
 * who sees the object sees its document, and nothing else is asked. What makes this quick is kept beside the documents by
 * triggers of the database: by which object each is seen (its root), and whether that is public. Only those that are public are in
 * the index that is searched: how long it takes tells nothing of the others.
 */

/** By which object one is seen: what it belongs to, or itself; and its column that names that. */
export interface Root {
  type: NodeName;
  column: string;
}

export function rootOf(type: NodeName): Root {
  const rule = policy[type];
  return rule.kind === 'of' ? { type: rule.type, column: snakeCase(rule.column) } : { type, column: 'id' };
}

/** What says in the row of a root whether everybody sees it, as triggers ask it. Throws where nothing does. */
export function openToAll(root: NodeName): { column: string; isCount: boolean } {
  const found = alternativesOf(policy[root]).flatMap((rule) => {
    if (rule.kind === 'flag') return [{ column: snakeCase(rule.column), isCount: false }];
    return rule.kind === 'anyLinked' && rule.kept !== undefined
      ? [{ column: snakeCase(rule.kept), isCount: true }]
      : [];
  });
  if (found.length !== 1) throw new Error(`Nothing says in a row of ${root} whether everybody sees it.`);
  return found[0]!;
}

function alternativesOf(rule: Rule): readonly Rule[] {
  return rule.kind === 'anyOf' ? rule.rules.flatMap(alternativesOf) : [rule];
}

/** The documents that a viewer sees, as some sources that have none in common. */
export interface SeenDocuments {
  sources: Sql[];
  /** Whether it still has to be asked of each whether the viewer sees its object. */
  areToBeJudged: boolean;
}

/**
 * How much of what is found is taken: where it stands in very many, as is seen by the newest documents, what is found among these; else as many
 * as that, by the index, and where there are even more again those among the newest. Or simply as many as that.
 */
export interface Taken {
  most: number;
  newest?: { among: number; most: number; areMany: number };
}

/**
 * The documents of some types that a viewer sees and in which something is found: those that are public, by the index of these, and
 * those that they see by a role, looked up one by one. Under other rules than those that the documents were kept for, as in
 * tests, nothing is known of them.
 *
 * @param query what is looked for, as a tsquery
 */
export function seenDocuments(
  rules: Rules,
  viewer: Viewer,
  types: readonly NodeName[],
  query: Sql,
  taken: Taken,
): SeenDocuments {
  const asked = (d: Alias): Sql => sql`${name(d, 'document')} @@ ${query}`;
  if (rules.policy !== policy) return { sources: [everyDocument(types, asked)], areToBeJudged: true };
  const own = ownRoots(rules, viewer);
  const roots = [...new Set(types.map((type) => rootOf(type).type))];
  const ofRoot = (root: NodeName): NodeName[] => types.filter((type) => rootOf(type).type === root);
  return {
    sources: [
      publicDocuments(types, query, taken),
      ...(own ? roots.map((root) => ownDocuments(root, ofRoot(root), own, asked)) : []),
    ],
    areToBeJudged: viewer.kind === 'anonymous' && viewer.asIf !== undefined,
  };
}

type IsOwn = (root: NodeName, alias: Alias) => Sql;

/** What a viewer sees beside what is public: what they have a role on, or suppose to be public. */
function ownRoots(rules: Rules, viewer: Viewer): IsOwn | undefined {
  if (viewer.kind === 'anonymous') {
    if (!viewer.asIf) return undefined;
    const inside = insideOf(rules, viewer.asIf.public);
    return (root, alias) => inside.rows(root, alias);
  }
  const compiler: Compiler = compilerFor(rules, viewer);
  return (root, alias) => {
    const { open, own } = partsOf(compiler, root, 'MEMBER');
    // What is there for some kind of viewer, as terms for administrators, is found in no other way than by asking.
    if (!own || open(alias) !== FALSE) return compiler.rows(root, alias, 'MEMBER');
    return sql`${name(alias, 'id')} = ANY(${own.ids})`;
  };
}

const selected = (d: Alias): Sql => sql`${name(d, 'id')}, ${name(d, 'type')}, ${name(d, 'document')}`;

const ofTypes = (types: readonly NodeName[], d: Alias): Sql => sql`${name(d, 'type')} = ANY(${codesOf(types)})`;

/** The types as documents have them: by the codes that ids carry. */
export const codesOf = (types: readonly NodeName[]): Sql => value(types.map(documentCode), 'smallint[]');

/** The number by which documents know their type. */
export const documentCode = (type: NodeName): number => Number.parseInt(codeOf(type), 16);

function publicDocuments(types: readonly NodeName[], query: Sql, { most, newest }: Taken): Sql {
  const [d, each, few, near] = [Symbol('document'), Symbol('each'), Symbol('few'), Symbol('newest')];
  if (!newest)
    return sql`SELECT ${selected(d)} FROM "search_document" ${name(d)} WHERE ${ofTypes(types, d)} AND ${name(d, 'is_public')} AND ${name(d, 'document')} @@ ${query}`;
  const number = (of: Alias): Sql => sql`(SELECT count(*) FROM ${name(of)})`;
  const [areMany, limit] = [value(newest.areMany, 'integer'), value(most, 'integer')];
  const [codes, among, mostOfThem] = [codesOf(types), value(newest.among, 'integer'), value(newest.most, 'integer')];
  return sql`WITH ${name(near)} AS MATERIALIZED (SELECT ${selected(d)} FROM (SELECT ${selected(each)} FROM "search_document" ${name(each)}
        WHERE ${ofTypes(types, each)} AND ${name(each, 'is_public')} ORDER BY ${name(each, 'id')} DESC LIMIT ${among}) ${name(d)} WHERE ${name(d, 'document')} @@ ${query} LIMIT ${mostOfThem}),
    ${name(few)} AS MATERIALIZED (SELECT ${selected(d)} FROM "search_few"(${codes}, ${query}, ${limit} + 1) ${name(d)} WHERE ${number(near)} < ${areMany})
    SELECT * FROM ${name(few)} WHERE ${number(near)} < ${areMany} AND ${number(few)} <= ${limit}
    UNION ALL SELECT * FROM ${name(near)} WHERE ${number(near)} >= ${areMany} OR ${number(few)} > ${limit}`;
}

/** Those that are open to all are public documents already. Nothing is asked of one before its root was found among the viewer's own: hence the offset. */
function ownDocuments(root: NodeName, types: readonly NodeName[], isOwn: IsOwn, asked: (d: Alias) => Sql): Sql {
  const [d, r, own, each] = [Symbol('document'), Symbol('root'), Symbol('own'), Symbol('each')];
  return sql`SELECT ${selected(d)} FROM (SELECT ${name(r, 'id')} FROM ${table(root, r)} WHERE NOT (${isOpen(root, r)}) AND ${isOwn(root, r)} OFFSET 0) ${name(own)}
    CROSS JOIN LATERAL (SELECT ${selected(each)} FROM "search_document" ${name(each)}
      WHERE ${name(each, 'root_id')} = ${name(own, 'id')} AND ${ofTypes(types, each)} AND NOT ${name(each, 'is_public')} OFFSET 0) ${name(d)}
    WHERE ${asked(d)}`;
}

/** Holds for a root (under an alias) that everybody sees. */
export function isOpen(root: NodeName, r: Alias): Sql {
  const { column, isCount } = openToAll(root);
  return isCount ? sql`${name(r, column)} > 0` : name(r, column);
}

/** The names of what everybody sees that are somewhat like a word: of shared terms, and of projects. */
export function publicNamesLike(word: Sql, most: Sql): Sql {
  const d = Symbol('document');
  const names = name(d, 'names');
  return sql`SELECT ${names} FROM "search_document_other" ${name(d)} WHERE ${name(d, 'is_public')} AND ${names} %> ${word}
    ORDER BY word_similarity(${word}, ${names}) DESC, ${name(d, 'id')} LIMIT ${most}`;
}

function everyDocument(types: readonly NodeName[], asked: (d: Alias) => Sql): Sql {
  const d = Symbol('document');
  return sql`SELECT ${selected(d)} FROM "search_document" ${name(d)} WHERE ${ofTypes(types, d)} AND ${asked(d)}`;
}
