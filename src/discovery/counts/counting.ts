import type { Loaders } from '../../loading/loaders';
import { everythingOf, fieldOf, type Many } from '../../loading/many';
import type { Row } from '../../loading/snapshot';
import type { Loader } from '../../loading/ready';
import { nameOf } from '../../model/node';
import { talliesStatement, type Tally, type TallyRow } from './tally-sql';

/** What is counted: all of a type, or what is at the far end of an edge of one object. */
export interface Counted {
  many: Many;
  /** The id of the near end, where there is one. */
  parent: string | undefined;
}

const nobody: Omit<TallyRow, 'tally'> = { groups: null, others: 0, missing: 0, counted: 0, more: false };

/** Counts objects by several tallies, of all parents that ask for the same in one statement. */
export async function count(loaders: Loaders, { many, parent }: Counted, tallies: readonly Tally[], groups: number) {
  const shape = `${shapeOf(tallies)} of ${many.edge ? fieldOf(many.edge) : everythingOf(many)}`;
  const ask = (ids: readonly string[]): ReturnType<Loaders['questions']['once']> =>
    loaders.questions.once((compiler) => talliesStatement(many, loaders.shared.tables, compiler, tallies), {
      ids,
      groups,
    });
  const inOrder = (rows: readonly Row[]): TallyRow[] => asAsked(tallies, rows);
  if (parent === undefined) return inOrder(await loaders.batches.run(ask([]), nameOf(many.target)));
  const loader = loaders.once(`count by ${shape} ${groups} ${many.find?.key}`, (): Loader<TallyRow[]> =>
    loaders.batches.byParent(fieldOf(many.edge!), ask, (row) => row, inOrder),
  );
  return loader.load(parent);
}

/** What a statement says of each tally, in the order of these; of those of which it says nothing, that nothing was counted. */
export function asAsked(tallies: readonly Tally[], rows: readonly Row[]): TallyRow[] {
  return tallies.map(
    (_, tally) => (rows as unknown as TallyRow[]).find((row) => row.tally === tally) ?? { ...nobody, tally },
  );
}

function shapeOf(tallies: readonly Tally[]): string {
  return tallies
    .map(({ facets, setsMissingApart }) => `${facets.map(({ name }) => name).join('+')}${setsMissingApart ? '' : '?'}`)
    .join(' ');
}
