import { reachOf } from './evaluate';
import type { Row, Value } from '../world/world';

export interface OrderKey {
  field: string;
  direction?: 'ASC' | 'DESC';
  nulls?: 'FIRST' | 'LAST';
}

/** Objects in the order that was asked for, those that are alike in it by their ids, as the last key runs; as they are where none was. */
export function ordered<R extends Row>(rows: readonly R[], orderBy: unknown): R[] {
  const keys = (orderBy ?? []) as readonly OrderKey[];
  if (keys.length === 0) return [...rows];
  return [...rows].sort((one, other) => {
    for (const { field, direction = 'ASC', nulls = 'LAST' } of keys) {
      const [left, right] = [one, other].map((row) => comparable(field, row[camelCase(field)] ?? null)) as [
        Value,
        Value,
      ];
      if (left === right) continue;
      if (left === null) return nulls === 'FIRST' ? -1 : 1;
      if (right === null) return nulls === 'FIRST' ? 1 : -1;
      return left < right === (direction === 'ASC') ? -1 : 1;
    }
    return one.id < other.id === (keys.at(-1)!.direction !== 'DESC') ? -1 : 1;
  });
}

function comparable(field: string, value: Value): Value {
  if (typeof value !== 'string') return value;
  return field === 'AGE' ? (reachOf(value)?.[0] ?? null) : value.toLowerCase();
}

const camelCase = (name: string): string =>
  name.toLowerCase().replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
