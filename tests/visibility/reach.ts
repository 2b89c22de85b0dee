import { linkColumns, type Row, type TypeName, type Value, type World } from '../world/world';
import { Oracle } from '../policy/oracle';
import type { Edge } from './graph';

/** Everything at the far end of an edge, in its order, whoever asks. */
export function reach({ rows, links, ...others }: World, type: TypeName, row: Row, edge: Edge): Row[] {
  switch (edge.leads) {
    case 'to':
      return rows[edge.type].filter(({ id }) => id === row[edge.column]);
    case 'back':
      return rows[edge.type]
        .filter((other) => other[edge.column] === row.id)
        .sort(by((other) => [...edge.order.map((column) => other[column] ?? null), other.id]));
    case 'held': {
      const holder = holderIn({ rows, links, ...others }, row.id);
      return rows[edge.type].filter((one) => holder.role(edge.type, one) !== null).sort(by(({ id }) => [id]));
    }
    case 'across': {
      const near = columnOf(edge.link, type);
      const far = columnOf(edge.link, edge.type);
      const positions = new Map(
        links[edge.link]
          .filter((link) => link[near] === row.id)
          .map((link) => [link[far] as string, link['position'] ?? 0]),
      );
      return rows[edge.type].filter(({ id }) => positions.has(id)).sort(by(({ id }) => [positions.get(id)!, id]));
    }
  }
}

const holders = new WeakMap<World['rows'], Map<string, Oracle>>();

/** A user as an oracle knows them: asked so often that they are kept. */
function holderIn(world: World, userId: string): Oracle {
  const known = holders.get(world.rows) ?? new Map<string, Oracle>();
  holders.set(world.rows, known);
  const holder = known.get(userId) ?? new Oracle(world, { kind: 'user', userId, isAdministrator: false });
  known.set(userId, holder);
  return holder;
}

function columnOf(link: keyof typeof linkColumns, type: TypeName): string {
  return linkColumns[link].find((column) => column.toLowerCase() === `${type.toLowerCase()}id`)!;
}

/** Orders by several values, the first that differ decide; what is not there comes last. */
function by(keys: (row: Row) => Value[]): (one: Row, other: Row) => number {
  return (one, other) => {
    const [left, right] = [keys(one), keys(other)];
    for (let place = 0; place < left.length; place += 1) {
      const [mine, theirs] = [left[place]!, right[place]!];
      if (mine === theirs) continue;
      if (mine === null) return 1;
      if (theirs === null) return -1;
      return mine < theirs ? -1 : 1;
    }
    return 0;
  };
}
