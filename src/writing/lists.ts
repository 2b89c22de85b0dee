import type { EntityManager } from 'typeorm';
import type { Acting } from '../access/act';
import { idsWith } from '../access/authorize';
import { quote } from '../database/sql';
import { endsFor, type LinkTable } from '../model/links';
import { nameOf } from '../model/node';
import type { LinkedList } from './shape';

interface Entry {
  id: string;
  position: number;
}

/**
 * Makes a list be as the writer sees it in their input. Entries that they cannot see stay where they are: in an ordered
 * list the places of the visible ones are filled anew, and what is more is added at the end. The one place where lists
 * are written; every id was found visible before.
 *
 * @returns whether anything was changed
 */
export async function replaceVisible(
  { manager, access, viewer }: Acting,
  list: LinkedList,
  ownerId: string,
  wanted: readonly string[],
): Promise<boolean> {
  const { link } = list.by;
  const { near, far } = endsFor(link, list.owner);
  const order = link.ordered ? '"position", ' : '';
  const stored = await manager.query<Entry[]>(
    `SELECT ${quote(far.column)} AS "id", ${link.ordered ? '"position"' : '0 AS "position"'} FROM ${quote(link.table)}
     WHERE ${quote(near.column)} = $1 ORDER BY ${order}${quote(far.column)}`,
    [ownerId],
  );
  const seen = await idsWith(
    manager,
    access,
    viewer,
    nameOf(list.target()),
    stored.map(({ id }) => id),
  );
  const after = link.ordered ? refilled(spaced(stored), seen, wanted) : kept(stored, seen, wanted);
  const positions = new Map(after.map(({ id, position }) => [id, position]));
  const gone = stored.filter(({ id }) => !positions.has(id));
  const known = new Map(stored.map(({ id, position }) => [id, position]));
  const added = after.filter(({ id }) => !known.has(id));
  const moved = after.filter(({ id, position }) => known.has(id) && known.get(id) !== position);
  await remove(manager, link, near.column, far.column, ownerId, gone);
  await move(manager, link, near.column, far.column, ownerId, moved);
  await add(manager, list, ownerId, added);
  return gone.length + added.length + moved.length > 0;
}

/** Positions that stand twice would leave the order to chance: then every entry gets its index. */
function spaced(stored: readonly Entry[]): readonly Entry[] {
  const distinct = new Set(stored.map(({ position }) => position)).size === stored.length;
  return distinct ? stored : stored.map(({ id }, position) => ({ id, position }));
}

function refilled(stored: readonly Entry[], seen: ReadonlySet<string>, wanted: readonly string[]): Entry[] {
  const hidden = stored.filter(({ id }) => !seen.has(id));
  const slots = stored.filter(({ id }) => seen.has(id)).map(({ position }) => position);
  const end = Math.max(-1, ...stored.map(({ position }) => position)) + 1;
  const filled = wanted.map((id, index) => ({ id, position: slots[index] ?? end + index - slots.length }));
  return [...hidden, ...filled];
}

function kept(stored: readonly Entry[], seen: ReadonlySet<string>, wanted: readonly string[]): Entry[] {
  return [...stored.filter(({ id }) => !seen.has(id)), ...wanted.map((id) => ({ id, position: 0 }))];
}

async function remove(
  manager: EntityManager,
  link: LinkTable,
  near: string,
  far: string,
  ownerId: string,
  gone: readonly Entry[],
): Promise<void> {
  if (gone.length === 0) return;
  await manager.query(`DELETE FROM ${quote(link.table)} WHERE ${quote(near)} = $1 AND ${quote(far)} = ANY($2)`, [
    ownerId,
    gone.map(({ id }) => id),
  ]);
}

async function move(
  manager: EntityManager,
  link: LinkTable,
  near: string,
  far: string,
  ownerId: string,
  moved: readonly Entry[],
): Promise<void> {
  if (moved.length === 0) return;
  await manager.query(
    `UPDATE ${quote(link.table)} l SET "position" = new."position" FROM unnest($2::uuid[], $3::int[]) AS new("id", "position")
     WHERE l.${quote(near)} = $1 AND l.${quote(far)} = new."id"`,
    [ownerId, moved.map(({ id }) => id), moved.map(({ position }) => position)],
  );
}

async function add(manager: EntityManager, list: LinkedList, ownerId: string, added: readonly Entry[]): Promise<void> {
  if (added.length === 0) return;
  const { link } = list.by;
  const { near, far } = endsFor(link, list.owner);
  const owner = quote(near.column.replace(/_id$/, ''));
  const columns = [
    near.column,
    far.column,
    ...(link.ordered ? ['position'] : []),
    ...(link.within ? ['project_id'] : []),
  ];
  const values = [
    '$1::uuid',
    'new."id"',
    ...(link.ordered ? ['new."position"'] : []),
    ...(link.within ? [`(SELECT "project_id" FROM ${owner} WHERE "id" = $1)`] : []),
  ];
  await manager.query(
    `INSERT INTO ${quote(link.table)} (${columns.map(quote).join(', ')}) SELECT ${values.join(', ')}
     FROM unnest($2::uuid[], $3::int[]) AS new("id", "position")`,
    [ownerId, added.map(({ id }) => id), added.map(({ position }) => position)],
  );
}
