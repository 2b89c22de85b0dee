import type { EntityManager } from 'typeorm';
import { lockAll } from '../database/locks';
import { name, run, sql, value, type Alias, type Runner, type Sql } from '../database/sql';
import { nodeNames, type NodeName } from '../model/ids';
import { idColumn, snakeCase } from '../model/names';
import { isFlagUp } from './flags';
import { policy } from './policy';

/*
 * What is kept beside objects so that rules need not ask it anew each time: in how many public projects they are. Triggers of the
 * database keep it; here it is held against what it stands for.
 */

/** Something of which is kept another number than there is. */
export interface Difference {
  type: NodeName;
  id: string;
  kept: number;
  counted: number;
}

interface Kept {
  type: NodeName;
  column: string;
  /** What is kept of an object (under an alias), counted anew. */
  count: (alias: Alias) => Sql;
}

/** Read off the rules that use it. */
const everythingKept = nodeNames.flatMap((type): Kept[] => {
  const rule = policy[type];
  if (rule.kind !== 'anyLinked' || rule.kept === undefined) return [];
  const [link, far] = [Symbol('link'), Symbol(rule.type)];
  const from = sql`${name(rule.table)} ${name(link)} JOIN ${name(snakeCase(rule.type))} ${name(far)} ON ${name(far, 'id')} = ${name(link, idColumn(rule.type))}`;
  return [
    {
      type,
      column: snakeCase(rule.kept),
      count: (alias) =>
        sql`(SELECT count(*)::integer FROM ${from} WHERE ${name(link, idColumn(type))} = ${name(alias, 'id')} AND ${isFlagUp(far)})`,
    },
  ];
});

/** Everything of which is kept another number than there is, in the order in which it is locked. */
export async function keptDifferences(runner: Runner): Promise<Difference[]> {
  const found: Difference[] = [];
  for (const { type, column, count } of everythingKept) {
    const t = Symbol(type);
    const rows = await run<Omit<Difference, 'type'>>(
      runner,
      sql`SELECT ${name(t, 'id')}, ${name(t, column)} AS "kept", ${count(t)} AS "counted" FROM ${name(snakeCase(type))} ${name(t)}
        WHERE ${name(t, column)} <> ${count(t)} ORDER BY ${name(t, 'id')}`,
    );
    found.push(...rows.map((row) => ({ type, ...row })));
  }
  return found;
}

/**
 * Writes what there is in place of what was kept. Whoever changes links or projects meanwhile has counted already, or waits with it
 * until this is done: what is locked is counted only then.
 */
export async function repairKept(manager: EntityManager, differences: readonly Difference[]): Promise<void> {
  for (const { type, column, count } of everythingKept) {
    const ids = value(
      differences.flatMap((one) => (one.type === type ? one.id : [])),
      'uuid[]',
    );
    await lockAll(manager, type, 'changed', sql`"id" = ANY(${ids})`);
    const t = Symbol(type);
    await run(
      manager,
      sql`UPDATE ${name(snakeCase(type))} ${name(t)} SET ${name(column)} = ${count(t)} WHERE ${name(t, 'id')} = ANY(${ids})`,
    );
  }
}
