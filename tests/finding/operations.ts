import type { Operation } from '../visibility/operations';
import type { TypeName } from '../world/world';
import type { Where } from './evaluate';

/** Several filters of one list in one request. */
export function findIn(list: string, type: TypeName, asked: readonly Where[]): Operation {
  const declared = asked.map((_, index) => `$w${index}: ${type}Where`).join(', ');
  const fields = asked.map(
    (_, index) => `a${index}: ${list}(where: $w${index}, first: 100) { totalCount nodes { id } }`,
  );
  return {
    name: `${list} ${JSON.stringify(asked)}`,
    query: `query (${declared}) { ${fields.join(' ')} }`,
    variables: Object.fromEntries(asked.map((where, index) => [`w${index}`, where])),
  };
}
