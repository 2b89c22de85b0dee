import type { EntityManager } from 'typeorm';
import { documentCode, isOpen, rootOf } from './documents';
import { lock } from '../database/locks';
import { join, name, run, sql, text, value, type Runner, type Sql } from '../database/sql';
import { snakeCase } from '../model/names';
import type { NodeName } from '../model/types';

/** A document of search that is not kept as it has to be. */
export interface DocumentDrift {
  type: NodeName;
  id: string;
  rootId: string;
  /** It is found by everybody and should not be, or the other way round; it stands for nothing; or there is none. */
  fault: 'OPEN' | 'CLOSED' | 'OF_NOTHING' | 'MISSING';
}

/** Compares the documents of some types with what they stand for, all of them: what is found believes them. */
export async function driftOfDocuments(runner: Runner, types: readonly NodeName[]): Promise<DocumentDrift[]> {
  return run<DocumentDrift>(runner, sql`SELECT * FROM (${join(types.map(drift), ' UNION ALL ')}) "each" ORDER BY 1, 2`);
}

/**
 * Sets right which documents everybody finds, and returns what was not right. A document that is missing comes with the next change
 * of its object.
 */
export async function repairDocuments(manager: EntityManager, types: readonly NodeName[]): Promise<DocumentDrift[]> {
  const found = await driftOfDocuments(manager, types);
  // Whoever publishes what they are seen by is waited for, and waits.
  await lock(
    manager,
    found.map(({ type, rootId }) => ({ type: rootOf(type).type, id: rootId, hold: 'used' })),
  );
  for (const root of new Set(found.map(({ type }) => rootOf(type).type))) {
    const ids = value(
      found.flatMap(({ type, rootId }) => (rootOf(type).type === root ? rootId : [])),
      'uuid[]',
    );
    const [d, r] = [Symbol('document'), Symbol('root')];
    await run(
      manager,
      sql`UPDATE "search_document" ${name(d)} SET "is_public" = COALESCE((SELECT ${isOpen(root, r)} FROM ${name(snakeCase(root))} ${name(r)}
          WHERE ${name(r, 'id')} = ${name(d, 'root_id')}), false) WHERE ${name(d, 'root_id')} = ANY(${ids})`,
    );
  }
  return found;
}

function drift(type: NodeName): Sql {
  const root = rootOf(type);
  const [d, t, r] = [Symbol('document'), Symbol(type), Symbol('root')];
  const open = sql`COALESCE(${isOpen(root.type, r)}, false)`;
  const isPublic = name(d, 'is_public');
  const fault = sql`CASE WHEN ${name(t, 'id')} IS NULL THEN 'OF_NOTHING' WHEN ${name(d, 'id')} IS NULL THEN 'MISSING' WHEN ${isPublic} THEN 'OPEN' ELSE 'CLOSED' END`;
  const ofType = sql`${name(d, 'type')} = ${text(String(documentCode(type)))}::smallint`;
  return sql`SELECT ${text(type)} AS "type", COALESCE(${name(d, 'id')}, ${name(t, 'id')}) AS "id", COALESCE(${name(d, 'root_id')}, ${name(t, root.column)}) AS "rootId", ${fault} AS "fault"
    FROM (SELECT * FROM "search_document" ${name(d)} WHERE ${ofType}) ${name(d)} FULL JOIN ${name(snakeCase(type))} ${name(t)} ON ${name(t, 'id')} = ${name(d, 'id')} AND ${name(t, root.column)} = ${name(d, 'root_id')}
    LEFT JOIN ${name(snakeCase(root.type))} ${name(r)} ON ${name(r, 'id')} = ${name(t, root.column)}
    WHERE ${name(t, 'id')} IS NULL OR ${name(d, 'id')} IS NULL OR ${isPublic} <> ${open}`;
}
