import type { NodeName } from '../model/ids';
import { readOrder, type GivenKey, type OrderKey } from './order';
import { readWhere, type Where } from './where';

/** The arguments of a connection that say what is found, as graphql-js has coerced them. */
export interface FindArgs {
  where?: unknown;
  orderBy?: unknown;
}

/** What is asked of a list beyond a page of it. */
export interface Find {
  where: Where | undefined;
  order: readonly OrderKey[] | undefined;
  /** What tells the list from others of the same connection: cursors are of one alone. */
  key: string;
}

/**
 * Reads what is asked of a list; undefined where it is wanted as it is. Throws BAD_USER_INPUT that names the place.
 *
 * @param otherwise how it is ordered where nobody has asked for an order
 */
export function readFind(
  type: NodeName,
  { where: asked, orderBy }: FindArgs,
  otherwise?: readonly GivenKey[],
): Find | undefined {
  const [where, order] = [readWhere(type, asked), readOrder(type, orderBy) ?? readOrder(type, otherwise)];
  return where || order ? { where, order, key: `${where?.key ?? ''} ${JSON.stringify(order ?? [])}` } : undefined;
}
