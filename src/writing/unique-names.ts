import { quote } from '../database/sql';
import { snakeCase } from '../model/names';
import { classOf } from '../model/node';
import type { Rule, Told, Writing } from './rule';
import type { Change } from './changes';
import type { Fault } from './faults';
import type { Given } from './others';

/** Columns that are unique together, the name last: among all, or among those for which the condition holds. */
interface UniqueSet {
  properties: readonly string[];
  where: string | undefined;
}

/**
 * Names that are unique in a project, or among the approved terms: what the model's unique indexes say. Both are only
 * about what the writer can see.
 */
export const uniqueNames: Rule = async (writing) => {
  const { type, changes, others } = writing;
  const told: Told[] = [];
  for (const set of uniqueSets(writing)) {
    const { properties } = set;
    const field = properties.at(-1)!;
    const asked = changes.filter(
      ({ row, written }) =>
        properties.some((property) => written.includes(property)) && properties.every((one) => row[one] != null),
    );
    if (asked.length === 0) continue;
    const takenFor = await takenIn(writing, set, asked);
    const texts = asked.map(({ row }) => String(row[field]));
    // What is written beside is not among the approved yet.
    const besides = set.where === undefined ? await others.beside.naming(type, field, texts) : [];
    for (const change of asked)
      if (takenFor.has(change.id) || besides.some((one) => isAnotherOf(one, change, properties)))
        told.push({ change, fault: taken(field) });
  }
  return told;
};

function uniqueSets({ acting: { manager }, type }: Writing): UniqueSet[] {
  const { indices, uniques } = manager.connection.getMetadata(classOf(type));
  const names = (columns: readonly { propertyName: string }[]): string[] =>
    columns.map(({ propertyName }) => propertyName);
  return [
    ...indices.filter(({ isUnique }) => isUnique).map(({ columns, where }) => ({ properties: names(columns), where })),
    ...uniques.map(({ columns }) => ({ properties: names(columns), where: undefined })),
  ].filter(({ properties }) => !properties.includes('id'));
}

/** Those of some changes of which the names are stored of another object, also where that gets another name at the same time. */
async function takenIn(
  { acting: { manager }, type }: Writing,
  { properties, where }: UniqueSet,
  asked: readonly Change[],
): Promise<Set<string>> {
  const columns = properties.map((property) => quote(snakeCase(property)));
  const wanted = properties.map((property, at) => `$${at + 2}::${property.endsWith('Id') ? 'uuid' : 'text'}[]`);
  const rows = await manager.query<{ id: string }[]>(
    `SELECT n."id" FROM (SELECT * FROM ${quote(snakeCase(type))} WHERE ${where ?? 'TRUE'}) t
     JOIN unnest($1::uuid[], ${wanted.join(', ')}) AS n ("id", ${columns.join(', ')})
       ON ${columns.map((column) => `t.${column} = n.${column}`).join(' AND ')} WHERE t."id" <> n."id"`,
    [asked.map(({ id }) => id), ...properties.map((property) => asked.map(({ row }) => row[property]))],
  );
  return new Set(rows.map(({ id }) => id));
}

const isAnotherOf = ({ id, columns }: Given, change: Change, properties: readonly string[]): boolean =>
  id !== change.id && properties.every((property) => columns[property] === change.row[property]);

const taken = (field: string): Fault => ({
  path: [field],
  code: 'DUPLICATE',
  message: `\`${field}\` is taken: choose another one, or use what is there.`,
});
