import type { Acting } from '../access/act';
import { compilerFor, insideOf, table, type Compiler } from '../access/compiler';
import type { ForViewer } from '../access/composed';
import { all } from '../database/conditions';
import { later, name, quote, run, runComposed, sql, value, type Sql } from '../database/sql';
import { endsFor } from '../model/links';
import { snakeCase } from '../model/names';
import { nameOf } from '../model/node';
import type { LinkedList } from './shape';

/** A list as it is wanted: whose, and the ids in their order, all of which the writer sees or is making. */
export interface WantedList {
  ownerId: string;
  ids: readonly string[];
  /** Whether its owner has just been made: then there is nothing to compare with. */
  isNew: boolean;
}

interface Entry {
  id: string;
  position: number;
  visible: boolean;
}

type Place = Pick<Entry, 'id' | 'position'>;

/** A row of the join table. */
type Row = Place & { ownerId: string };

/**
 * Makes lists of one kind be as the writer sees them in their input. Entries that they cannot see stay where they are: in an
 * ordered list the places of the visible ones are filled anew, and what is more is added at the end. The one place where
 * lists are written.
 *
 * @param onlyCompare writes nothing
 * @param within a project: entries outside of it stay, too, since a tree of it cannot name them
 * @returns the owners of which the list changes
 */
export async function replaceVisible(
  acting: Acting,
  list: LinkedList,
  wanted: readonly WantedList[],
  { onlyCompare = false, within }: { onlyCompare?: boolean; within?: string | undefined } = {},
): Promise<Set<string>> {
  const stored = await storedLists(
    acting,
    list,
    wanted.flatMap(({ ownerId, isNew }) => (isNew ? [] : ownerId)),
    within,
  );
  const gone: Row[] = [];
  const moved: Row[] = [];
  const added: Row[] = [];
  for (const { ownerId, ids } of wanted) {
    const before = stored.get(ownerId) ?? [];
    const after = list.by.link.ordered ? refilled(spaced(before), ids) : kept(before, ids);
    const [known, next] = [positionsOf(before), positionsOf(after)];
    const own = (places: readonly Place[]): Row[] => places.map(({ id, position }) => ({ id, position, ownerId }));
    gone.push(...own(before.filter(({ id }) => !next.has(id))));
    added.push(...own(after.filter(({ id }) => !known.has(id))));
    moved.push(...own(after.filter(({ id, position }) => known.has(id) && known.get(id) !== position)));
  }
  if (!onlyCompare) {
    await remove(acting, list, gone);
    await move(acting, list, moved);
    await add(acting, list, added);
  }
  return new Set([...gone, ...moved, ...added].map(({ ownerId }) => ownerId));
}

const positionsOf = (places: readonly Place[]): Map<string, number> =>
  new Map(places.map(({ id, position }) => [id, position]));

/** Positions that stand twice would leave the order to chance: then every entry gets its index. */
function spaced(stored: readonly Entry[]): readonly Entry[] {
  const distinct = new Set(stored.map(({ position }) => position)).size === stored.length;
  return distinct ? stored : stored.map((entry, position) => ({ ...entry, position }));
}

function refilled(stored: readonly Entry[], wanted: readonly string[]): Place[] {
  const slots = stored.flatMap(({ visible, position }) => (visible ? position : []));
  const end = Math.max(-1, ...stored.map(({ position }) => position)) + 1;
  const filled = beside(stored, wanted).map((id, index) => ({
    id,
    position: slots[index] ?? end + index - slots.length,
  }));
  return [...stored.filter(({ visible }) => !visible), ...filled];
}

function kept(stored: readonly Entry[], wanted: readonly string[]): Place[] {
  return [...stored.filter(({ visible }) => !visible), ...beside(stored, wanted).map((id) => ({ id, position: 0 }))];
}

/** What is wanted and does not stand there hidden already. */
function beside(stored: readonly Entry[], wanted: readonly string[]): string[] {
  const hidden = new Set(stored.flatMap(({ id, visible }) => (visible ? [] : id)));
  return wanted.filter((id) => !hidden.has(id));
}

interface Asked extends ForViewer {
  owners: readonly string[];
}

const askedOwners = later<Asked>(({ owners }) => owners, 'uuid[]');

async function storedLists(
  { manager, access, viewer }: Acting,
  list: LinkedList,
  owners: readonly string[],
  within: string | undefined,
): Promise<Map<string, Entry[]>> {
  const found = new Map<string, Entry[]>();
  if (owners.length === 0) return found;
  const read = (): Promise<OwnedEntry[]> => {
    if (within !== undefined) {
      const compilers = [compilerFor(access, viewer), insideOf(access, [within])];
      return run(manager, entriesStatement(compilers, list, value(owners, 'uuid[]')));
    }
    const statement = access.statement<Asked>(viewer, `entries of ${nameOf(list.owner)}.${list.field}`, (compiler) =>
      entriesStatement([compiler], list, askedOwners),
    );
    return runComposed(manager, statement, { viewer, owners });
  };
  const rows = await read();
  for (const { ownerId, ...entry } of rows) {
    const entries = found.get(ownerId);
    if (entries) entries.push(entry);
    else found.set(ownerId, [entry]);
  }
  return found;
}

type OwnedEntry = Entry & { ownerId: string };

/** @param compilers for each of them an entry has to be visible to be so */
function entriesStatement(
  compilers: readonly Compiler[],
  { by: { link }, owner, target }: LinkedList,
  owners: Sql,
): Sql {
  const type = nameOf(target());
  const { near, far } = endsFor(link, owner);
  const [t, l] = [Symbol(type), Symbol('link')];
  const visible = all(compilers.map((compiler) => compiler.rows(type, t)));
  const position = link.ordered ? name(l, 'position') : sql`0`;
  return sql`SELECT ${name(l, near.column)} AS "ownerId", ${name(t, 'id')}, ${position} AS "position", ${visible} AS "visible"
    FROM ${name(link.table)} ${name(l)} JOIN ${table(type, t)} ON ${name(t, 'id')} = ${name(l, far.column)}
    WHERE ${name(l, near.column)} = ANY(${owners}) ORDER BY "position", ${name(t, 'id')}`;
}

async function remove({ manager }: Acting, { by: { link }, owner }: LinkedList, gone: readonly Row[]): Promise<void> {
  if (gone.length === 0) return;
  const { near, far } = endsFor(link, owner);
  await manager.query(
    `DELETE FROM ${quote(link.table)} l USING unnest($1::uuid[], $2::uuid[]) AS gone ("owner", "id")
     WHERE l.${quote(near.column)} = gone."owner" AND l.${quote(far.column)} = gone."id"`,
    columnsOf(gone).slice(0, 2),
  );
}

async function move({ manager }: Acting, { by: { link }, owner }: LinkedList, moved: readonly Row[]): Promise<void> {
  if (moved.length === 0) return;
  const { near, far } = endsFor(link, owner);
  await manager.query(
    `UPDATE ${quote(link.table)} l SET "position" = new."position" FROM unnest($1::uuid[], $2::uuid[], $3::int[]) AS new ("owner", "id", "position")
     WHERE l.${quote(near.column)} = new."owner" AND l.${quote(far.column)} = new."id"`,
    columnsOf(moved),
  );
}

async function add({ manager }: Acting, { by: { link }, owner }: LinkedList, added: readonly Row[]): Promise<void> {
  if (added.length === 0) return;
  const { near, far } = endsFor(link, owner);
  const values: [column: string, from: string][] = [
    [near.column, 'new."owner"'],
    [far.column, 'new."id"'],
    ...(link.ordered ? [['position', 'new."position"'] as [string, string]] : []),
    // The members of collections and cohorts name the project as well.
    ...(link.within ? [['project_id', 'o."project_id"'] as [string, string]] : []),
  ];
  const ownerRow = link.within ? ` JOIN ${quote(snakeCase(nameOf(owner)))} o ON o."id" = new."owner"` : '';
  await manager.query(
    `INSERT INTO ${quote(link.table)} (${values.map(([column]) => quote(column)).join(', ')})
     SELECT ${values.map(([, from]) => from).join(', ')} FROM unnest($1::uuid[], $2::uuid[], $3::int[]) AS new ("owner", "id", "position")${ownerRow}`,
    columnsOf(added),
  );
}

const columnsOf = (rows: readonly Row[]): [owners: string[], ids: string[], positions: number[]] => [
  rows.map(({ ownerId }) => ownerId),
  rows.map(({ id }) => id),
  rows.map(({ position }) => position),
];
