import type { Compiler } from '../access/compiler';
import { all, either } from '../database/conditions';
import { later, name, sql, text, TRUE, type Alias, type Sql } from '../database/sql';
import type { NodeName } from '../model/ids';
import { snakeCase } from '../model/names';
import type { Asked } from './asked';
import { parentColumn } from './many';

/** As many as are told of where several have one name. */
export const mostNamesakes = 20;

const askedKeys = later<Asked>(({ ids }) => ids, 'text[]');
const oneMore = sql`${text(String(mostNamesakes + 1))}::integer`;

/** Whether a column of an object (under an alias) says what is asked for, a JSON text: as its index has it. */
type Says = { field: string; says: (column: Sql, key: Sql) => Sql };

const part = (key: Sql, of: string): Sql => sql`(${key}::jsonb->>${text(of)})`;
const list = (key: Sql, of: string): Sql => sql`(${key}::jsonb->${text(of)})`;
const lowered = (column: Sql): Sql => sql`lower(${column}::text)::jsonb`;

const ofTerms: readonly Says[] = [
  {
    field: 'rrid',
    says: (column, key) => sql`lower(regexp_replace(${column}, '^rrid:\\s*', '', 'i')) = ${part(key, 'rrid')}`,
  },
  ...['bare', 'prefixed'].map((form) => ({
    field: 'externalIdentifiers',
    says: (column: Sql, key: Sql) => sql`${lowered(column)} @> ${list(key, form)}`,
  })),
];

const namesOf: Partial<Record<NodeName, readonly Says[]>> = {
  Project: [{ field: 'identifiers', says: (column, key) => sql`${column} @> jsonb_build_array(${key}::jsonb)` }],
  ...{ Species: ofTerms, Strain: ofTerms, Supplier: ofTerms, HardwareDevice: ofTerms, Consumable: ofTerms },
  User: [{ field: 'orcid', says: (column, key) => sql`${column} = ${part(key, 'orcid')}` }],
  Publication: [
    {
      field: 'doi',
      says: (column, key) =>
        sql`lower(regexp_replace(${column}, '^(doi:\\s*)?(https?://)?((dx\\.|www\\.)?doi\\.org/)?', '', 'i')) = ${part(key, 'doi')}`,
    },
  ],
};

/**
 * The ids of the objects that go by each of many names: those that the viewer sees, and is answered the name of.
 *
 * @param filtered false where a rule has been taken out: then of all
 */
export function namedStatement(type: NodeName, filtered: boolean, compiler: Compiler): Sql {
  const [t, k, found] = [Symbol(type), Symbol('asked'), Symbol('found')];
  const key = name(k, 'key');
  const says = either((namesOf[type] ?? []).map((one) => saysSo(type, one, t, key, filtered && compiler)));
  const seen = filtered ? compiler.rows(type, t) : TRUE;
  // Their own come first: others may claim a name as often as they like, and would push them out of what is told.
  const own = compiler.rows(type, t, 'MEMBER');
  // What is looked for is found by its index before anything is put in order: hence the offset.
  return sql`SELECT ${key} AS ${name(parentColumn)}, ${name(found, 'id')} FROM unnest(${askedKeys}) AS ${name(k)}("key")
    CROSS JOIN LATERAL (SELECT "id" FROM (SELECT ${name(t, 'id')}, ${own} AS "own" FROM ${name(snakeCase(type))} ${name(t)}
      WHERE ${all([says, seen])} OFFSET 0) each ORDER BY "own" DESC, "id" LIMIT ${oneMore}) ${name(found)}`;
}

function saysSo(type: NodeName, { field, says }: Says, t: Alias, key: Sql, compiler: Compiler | false): Sql {
  const said = says(name(t, snakeCase(field)), key);
  return compiler ? all([compiler.answers(type, field, t), said]) : said;
}
