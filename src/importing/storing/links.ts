import { table } from '../../access/compiler';
import { join, name, quote, run, sql, value, type Sql } from '../../database/sql';
import { nameOf } from '../../model/node';
import type { LinkTable } from '../../model/links';
import { isSeenByAll } from '../../writing/marks';
import type { LinkedList } from '../../writing/shape';
import { seenBy, type Importer } from './matching';
import { marksOfChange } from './rows';
import { nextChunk, tableOf, type Stage } from './stage';
import { listsOf, type ImportedType } from './types';

/** A list as the tree wants it: whose, and the ids in their order. */
interface WantedList {
  line: number;
  id: string;
  isKnown: boolean;
  ids: string[];
}

/**
 * Makes the lists of references of one type be as the tree says. A list that is there is replaced as far as the importer
 * sees it: what is hidden from them stays in its place. Calls `onChange` with the objects of which a list has changed.
 */
export async function storeLists(
  importer: Importer,
  stage: Stage,
  type: ImportedType,
  projectId: string,
  onChange: (ids: string[], field: string) => void,
): Promise<void> {
  for (const list of listsOf(type)) {
    for await (const wanted of wantedLists(importer, type, list.field)) {
      const changed = await storeChunk(importer, list, wanted, projectId);
      const known = wanted.filter(({ isKnown, id }) => isKnown && changed.has(id)).map(({ id }) => id);
      if (known.length === 0) continue;
      const marks = marksOfChange(isSeenByAll(type, list.field)).slice(2);
      if (!importer.isDry)
        await importer.manager.query(`UPDATE ${tableOf(type)} t SET ${marks} WHERE t."id" = ANY($1)`, [known]);
      await stage.noteChanged(known);
      onChange(known, list.field);
    }
  }
}

async function* wantedLists({ manager }: Importer, type: ImportedType, field: string): AsyncGenerator<WantedList[]> {
  let after = -1;
  for (;;) {
    const rows = await manager.query<WantedList[]>(
      `SELECT e."line", e."id", e."is_known" AS "isKnown", ARRAY(
         SELECT t."id"::text FROM "import_reference" r JOIN "import_entry" t ON t."key" = r."key"
         WHERE r."line" = e."line" AND r."field" = $2 ORDER BY r."position") AS "ids"
       FROM ${nextChunk('e."type" = $1 AND e."is_given" AND $2 = ANY(e."lists") AND e."line" > $3')} ORDER BY e."line"`,
      [type, field, after],
    );
    if (rows.length === 0) return;
    yield rows.map((row) => ({ ...row, ids: [...new Set(row.ids)] }));
    after = rows.at(-1)!.line;
  }
}

/** Returns the owners of which the list has changed. */
async function storeChunk(
  importer: Importer,
  list: LinkedList,
  wanted: readonly WantedList[],
  projectId: string,
): Promise<Set<string>> {
  const { link } = list.by;
  const [near] = link.ends;
  const before = await currentLists(
    importer,
    list,
    wanted.filter(({ isKnown }) => isKnown).map(({ id }) => id),
  );
  const changed: { id: string; ids: string[] }[] = [];
  for (const { id, ids } of wanted) {
    const current = before.get(id) ?? [];
    const next = merged(current, ids);
    const same = (one: string[]): string => (link.ordered ? one : [...one].sort()).join();
    if (same(current.map((entry) => entry.id)) !== same(next)) changed.push({ id, ids: next });
  }
  if (importer.isDry) return new Set(changed.map(({ id }) => id));
  if (before.size > 0)
    await importer.manager.query(`DELETE FROM ${quote(link.table)} WHERE ${quote(near.column)} = ANY($1)`, [
      changed.map(({ id }) => id),
    ]);
  await insertLinks(importer, link, changed, projectId);
  return new Set(changed.map(({ id }) => id));
}

interface Entry {
  id: string;
  visible: boolean;
}

async function currentLists(
  importer: Importer,
  { by: { link }, target }: LinkedList,
  owners: readonly string[],
): Promise<Map<string, Entry[]>> {
  const found = new Map<string, Entry[]>();
  if (owners.length === 0) return found;
  const type = nameOf(target()) as ImportedType;
  const [near, far] = link.ends;
  const [t, l] = [Symbol(type), Symbol('link')];
  const rows = await run<Entry & { owner: string }>(
    importer.manager,
    sql`SELECT ${name(l, near.column)} AS "owner", ${name(t, 'id')}, ${seenBy(importer).rows(type, t)} AS "visible"
     FROM ${name(link.table)} ${name(l)} JOIN ${table(type, t)} ON ${name(t, 'id')} = ${name(l, far.column)}
     WHERE ${name(l, near.column)} = ANY(${value(owners, 'uuid[]')})
     ORDER BY ${link.ordered ? sql`${name(l, 'position')}, ` : sql``}${name(t, 'id')}`,
  );
  for (const { owner, ...entry } of rows) found.set(owner, [...(found.get(owner) ?? []), entry]);
  return found;
}

/** The list as it will be: hidden entries where they were, the wanted ones in the other places. */
export function merged(current: readonly Entry[], wanted: readonly string[]): string[] {
  const hidden = new Set(current.filter(({ visible }) => !visible).map(({ id }) => id));
  const rest = wanted.filter((id) => !hidden.has(id));
  const list: string[] = [];
  for (const { id, visible } of current) {
    if (!visible) list.push(id);
    else if (rest.length > 0) list.push(rest.shift()!);
  }
  return [...list, ...rest];
}

async function insertLinks(
  importer: Importer,
  link: LinkTable,
  lists: readonly { id: string; ids: readonly string[] }[],
  projectId: string,
): Promise<void> {
  const rows = lists.flatMap(({ id, ids }) => ids.map((far, position) => ({ id, far, position })));
  if (rows.length === 0) return;
  const [near, far] = link.ends;
  const columns: [column: string, from: Sql][] = [
    [near.column, sql`n."id"`],
    [far.column, sql`n."far"`],
    ...(link.ordered ? [['position', sql`n."position"`] as [string, Sql]] : []),
    // The members of collections and cohorts name the project as well.
    ...(isWithinProject(importer, link) ? [['project_id', value(projectId, 'uuid')] as [string, Sql]] : []),
  ];
  const ids = rows.map(({ id }) => id);
  const fars = rows.map((row) => row.far);
  const positions = rows.map(({ position }) => position);
  await run(
    importer.manager,
    sql`INSERT INTO ${name(link.table)} (${join(
      columns.map(([column]) => name(column)),
      ', ',
    )})
     SELECT ${join(
       columns.map(([, from]) => from),
       ', ',
     )} FROM unnest(${value(ids, 'uuid[]')}, ${value(fars, 'uuid[]')}, ${value(positions, 'integer[]')}) AS n ("id", "far", "position")`,
  );
}

function isWithinProject({ manager }: Importer, link: LinkTable): boolean {
  const names = link.ends.map(({ property }) => property);
  return (
    !names.includes('projectId') &&
    manager.connection.getMetadata(link.entity).findColumnWithPropertyName('projectId') !== undefined
  );
}
