import type { DataSource } from 'typeorm';
import { nodeNames } from '../../src/model/ids';
import { snakeCase } from '../../src/model/names';
import { linkNames, type LinkRow, type Row, type World } from '../world/world';

/** Everything that is stored by now, as plain data: what an oracle judges by, whoever has written it. */
export async function storedWorld(dataSource: DataSource): Promise<World> {
  const read = async (name: string): Promise<Record<string, unknown>[]> => {
    const rows = await dataSource.query<{ row: object }[]>(`SELECT to_jsonb(t) AS "row" FROM "${name}" t ORDER BY 1`);
    return rows.map(({ row }) =>
      Object.fromEntries(Object.entries(row).map(([column, value]) => [camelCase(column), value as unknown])),
    );
  };
  const rows = await inTurn(nodeNames, async (name) => (await read(snakeCase(name))) as Row[]);
  const links = await inTurn(linkNames, async (name) => (await read(name)) as LinkRow[]);
  return { rows, links, events: [], canaries: new Map() };
}

async function inTurn<Name extends string, T>(
  names: readonly Name[],
  read: (name: Name) => Promise<T>,
): Promise<Record<Name, T>> {
  const found: [Name, T][] = [];
  for (const name of names) found.push([name, await read(name)]);
  return Object.fromEntries(found) as Record<Name, T>;
}

const camelCase = (column: string): string => column.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
