import type { Soon } from '../../model/soon';
import type { Context } from '../../context';
import { badInput } from '../../errors';
import { readFind, type FindArgs } from '../../finding/find';
import type { PageOf } from '../../loading/resolve';
import { typeOfId, type NodeName } from '../../model/ids';
import { classOf, nameOf, type Node } from '../../model/node';
import type { Loaders } from '../../loading/loaders';
import type { Count, Precision } from '../count';
import { count } from './counting';
import { readFacets, type Facet as FacetAsked } from './facets';
import { labelOf } from './labels';
import { eachByItself, type TallyRow } from './tally-sql';
import { mostGroups, mostKeys, mostValues } from './types';

/** What a client asks to be counted by. */
export interface CountArgs {
  by: readonly string[];
  first: number;
}

/** `facets` of a connection: its objects, not those of its page alone, by each of these. */
export async function resolveFacets({ of }: PageOf, { by, first }: CountArgs, { loaders }: Context): Promise<object[]> {
  const facets = readFacets(nameOf(of.many.target), by, 'by');
  refuseSize(first, mostValues);
  const rows = await count(loaders, of, facets.map(eachByItself), first);
  return rows.map((row, index) => answerOf(facets[index]!, row, loaders));
}

/** A facet as it is answered. */
export function answerOf(facet: FacetAsked, row: TallyRow, loaders: Loaders): object {
  const counted = countOf(row);
  return {
    by: facet.name,
    values: (row.groups ?? []).map(([many, ...keys]) => ({ ...keyOf(facet, keys, 0, loaders), ...counted(many) })),
    others: counted(row.others),
    missing: counted(row.missing),
  };
}

/** `sessionCounts`: all objects of a type that are found, in groups. */
export async function resolveGroups(
  type: NodeName,
  field: string,
  { by, first, where }: CountArgs & Pick<FindArgs, 'where'>,
  { access, loaders }: Context,
): Promise<object> {
  const facets = readFacets(type, by, 'by');
  if (facets.length > mostKeys)
    throw badInput(`\`by\` names ${facets.length} facets, but at most ${mostKeys} make groups at once.`);
  refuseSize(first, mostGroups);
  const find = readFind(type, { where });
  const many = {
    edge: undefined,
    target: classOf(type),
    filtered: access.isFiltered('Query', field),
    ...(find && { find }),
  };
  const [row] = await count(loaders, { many, parent: undefined }, [{ facets, setsMissingApart: false }], first);
  const counted = countOf(row!);
  return {
    groups: (row!.groups ?? []).map(([many, ...keys]) => ({
      keys: facets.map((facet, place) => keyOf(facet, keys, place, loaders)),
      ...counted(many),
    })),
    total: counted(row!.counted),
    others: counted(row!.others),
    isComplete: row!.others === 0 && !row!.more,
  };
}

export function refuseSize(first: number, most: number): void {
  if (first < 0) throw badInput(`\`first\` is ${first}, but it cannot be negative.`);
  if (first > most) throw badInput(`\`first\` is ${first}, but at most ${most} can be asked for.`);
}

function countOf({ more }: TallyRow): (many: number) => Count {
  const precision: Precision = more ? 'AT_LEAST' : 'EXACT';
  return (many) => ({ count: many, precision });
}

interface Key {
  by: string;
  value: string | null;
  label: string | null;
  node: () => Soon<Node | null>;
}

/** The key of a group by the facet at that place: of each facet there is the key, then the label. */
function keyOf(facet: FacetAsked, keys: readonly (string | null)[], place: number, loaders: Loaders): Key {
  const [key, stored] = [keys[2 * place] ?? null, keys[2 * place + 1] ?? null];
  if (key === null) return { by: facet.name, value: null, label: null, node: () => null };
  // Texts of several spellings are one value, which `where` finds by any of them.
  const value = facet.kind === 'text' || facet.kind === 'words' ? stored! : key;
  const node = (): Soon<Node | null> => (facet.kind === 'object' ? loaders.visible(typeOfId(key)!).load(key) : null);
  return { by: facet.name, value, label: labelOf(facet, key, stored ?? key), node };
}
